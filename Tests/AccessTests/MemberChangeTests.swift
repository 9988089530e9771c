import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `Changing a member` {
  private func update(
    _ member: Member,
    _ paths: [String],
    idempotencyKey: String = ""
  ) -> UpdateMemberRequest {
    UpdateMemberRequest(
      member: member,
      updateMask: WellKnown.FieldMask(paths: paths),
      requestId: idempotencyKey
    )
  }

  @Test func `writes the fields of the mask and no others`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    let before = try await fixture.addMember("rita@acme.example")
    fixture.clock.advance(by: .seconds(1))
    let wanted = Member(
      id: before.id,
      etag: before.etag,
      displayName: "Rita Rep",
      role: "manager",
      takesLeads: false,
      dailyLeadCap: 3
    )
    let after = try await fixture.rpc.updateMember(
      update(wanted, ["display_name", "daily_lead_cap"]),
      call
    )
    #expect(after.displayName == "Rita Rep")
    #expect(after.dailyLeadCap == 3)
    #expect(after.role == "rep")
    #expect(after.takesLeads == true)
    #expect(after.etag != before.etag)
    #expect(after.updateTime == fixture.clock.now)
    let entry = try #require(try await fixture.files.changes().last)
    #expect(entry.action == "update")
    #expect(try entry.before.map { try Member(wire: $0) } == before)
    #expect(try entry.after.map { try Member(wire: $0) } == after)
  }

  @Test func `takes a cap away that the mask names and the request does not`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    let member = try await fixture.addMember("rita@acme.example")
    _ = try await fixture.rpc.updateMember(
      update(Member(id: member.id, dailyLeadCap: 3), ["daily_lead_cap"]),
      call
    )
    let after = try await fixture.rpc.updateMember(
      update(Member(id: member.id), ["daily_lead_cap"]),
      call
    )
    #expect(after.dailyLeadCap == nil)
  }

  @Test func `is refused when the member was changed since they were read`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    let read = try await fixture.addMember("rita@acme.example")
    let change = Member(id: read.id, etag: read.etag, displayName: "First")
    _ = try await fixture.rpc.updateMember(update(change, ["display_name"]), call)
    let error = await refusal {
      _ = try await fixture.rpc.updateMember(update(change, ["display_name"]), call)
    }
    #expect(error?.code == .aborted)
    #expect(error?.reason == .staleEtag)
  }

  @Test func `happens once for a key`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    let read = try await fixture.addMember("rita@acme.example")
    let change = Member(id: read.id, etag: read.etag, displayName: "First")
    let request = update(change, ["display_name"], idempotencyKey: "key-1")
    let first = try await fixture.rpc.updateMember(request, call)
    #expect(try await fixture.rpc.updateMember(request, call) == first)
  }

  @Test func `that changes nothing leaves no trace`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let read = try await fixture.addMember("rita@acme.example")
    let count = try await fixture.files.changes().count
    let same = try await fixture.rpc.updateMember(
      update(read, ["*"]),
      fixture.call(as: "operator")
    )
    #expect(same == read)
    #expect(try await fixture.files.changes().count == count)
  }

  @Test func `names what is wrong with it`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let member = try await fixture.addMember("rita@acme.example")
    let cases: [(Member, [String], ErrorReason, [String])] = [
      (Member(id: member.id), [], .invalidField, ["update_mask"]),
      (Member(id: member.id), ["owner"], .unknownField, ["update_mask"]),
      (Member(id: member.id, email: "new@acme.example"), ["email"], .invalidField, ["email"]),
      (Member(id: member.id), ["display_name"], .invalidField, ["display_name"]),
      (Member(id: member.id, role: "owner"), ["role"], .invalidField, ["role"]),
      (
        Member(id: member.id, dailyLeadCap: -1), ["daily_lead_cap"], .invalidField,
        ["daily_lead_cap"]
      ),
      (Member(), ["role"], .notFound, []),
    ]
    for (member, paths, reason, fields) in cases {
      let error = await refusal {
        _ = try await fixture.rpc.updateMember(
          update(member, paths),
          fixture.call(as: "operator")
        )
      }
      #expect(error?.reason == reason)
      #expect(error?.violations.map(\.field) == fields)
    }
  }

  @Test func `does not reach another tenant's member`() async throws {
    let fixture = try await AccessFixture()
    let owner = try await fixture.makeOwner()
    let elsewhere = fixture.call(as: "operator", in: IDGenerator.system.next())
    let edit = await refusal {
      _ = try await fixture.rpc.updateMember(
        update(Member(id: owner.id, displayName: "Mine"), ["display_name"]),
        elsewhere
      )
    }
    #expect(edit?.code == .notFound)
    let removal = await refusal {
      _ = try await fixture.rpc.deactivateMember(
        DeactivateMemberRequest(id: owner.idText),
        elsewhere
      )
    }
    #expect(removal?.code == .notFound)
  }
}

@Suite struct `Deactivating a member` {
  @Test func `ends their sessions, and can be repeated`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let logins = [
      try await fixture.login("rita@acme.example"), try await fixture.login("rita@acme.example"),
    ]
    let call = fixture.call(as: "operator")
    let request = DeactivateMemberRequest(id: rep.idText)
    let gone = try await fixture.rpc.deactivateMember(request, call)
    #expect(!gone.active)
    #expect(try await fixture.rpc.deactivateMember(request, call) == gone)
    for login in logins {
      let error = await refusal { _ = try await fixture.renew(login) }
      #expect(error?.code == .unauthenticated)
    }
    let changes = try await fixture.files.changes().suffix(3)
    #expect(
      changes.map { "\($0.object).\($0.action)" } == [
        "member.update", "session.end", "session.end",
      ]
    )
    let told = try await fixture.files.standings().suffix(3)
    #expect(
      told.map { "\($0.object)" } == ["member_standing", "session_end", "session_end"]
    )
    #expect(told.first?.id == rep.idText)
  }
}

@Suite struct `A deactivated member` {
  @Test func `logs in again once they are reactivated`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let call = fixture.call(as: "operator")
    _ = try await fixture.rpc.deactivateMember(DeactivateMemberRequest(id: rep.idText), call)
    let refused = await refusal { _ = try await fixture.login("rita@acme.example") }
    #expect(refused?.code == .unauthenticated)
    let back = try await fixture.rpc.reactivateMember(
      ReactivateMemberRequest(id: rep.idText),
      call
    )
    #expect(back.active)
    _ = try await fixture.login("rita@acme.example")
  }

  @Test func `is not the one who deactivates`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let admin = try await fixture.addMember("adam@acme.example", role: "admin")
    let call = try fixture.call(try await fixture.login("adam@acme.example"))
    let refused = await refusal {
      _ = try await fixture.rpc.deactivateMember(DeactivateMemberRequest(id: admin.idText), call)
    }
    #expect(refused?.code == .failedPrecondition)
    _ = try await fixture.login("adam@acme.example")
  }
}

@Suite struct `Who manages members` {
  private func attempts(
    _ fixture: AccessFixture,
    _ call: Call,
    on member: Member
  ) async -> [StatusCode?] {
    [
      await refusal {
        _ = try await fixture.rpc.createMember(
          CreateMemberRequest(
            member: Member(email: "new@acme.example", displayName: "New", role: "admin"),
            password: AccessFixture.password
          ),
          call
        )
      }?.code,
      await refusal {
        _ = try await fixture.rpc.updateMember(
          UpdateMemberRequest(
            member: Member(id: member.id, role: "admin"),
            updateMask: WellKnown.FieldMask(paths: ["role"])
          ),
          call
        )
      }?.code,
      await refusal {
        _ = try await fixture.rpc.deactivateMember(DeactivateMemberRequest(id: member.idText), call)
      }?.code,
    ]
  }

  @Test func `is no longer an admin whose token says so after their access was taken away`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let admin = try await fixture.addMember("adam@acme.example", role: "admin")
    let call = try fixture.call(try await fixture.login("adam@acme.example"))
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: admin.idText),
      fixture.call(as: "operator")
    )
    let codes = await attempts(fixture, call, on: rep)
    #expect(codes == Array(repeating: .unauthenticated, count: 3))
  }

  @Test func `is no longer an admin whose token says so after their role was changed`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let admin = try await fixture.addMember("adam@acme.example", role: "admin")
    let call = try fixture.call(try await fixture.login("adam@acme.example"))
    _ = try await fixture.rpc.updateMember(
      UpdateMemberRequest(
        member: Member(id: admin.id, role: "rep"),
        updateMask: WellKnown.FieldMask(paths: ["role"])
      ),
      fixture.call(as: "operator")
    )
    let codes = await attempts(fixture, call, on: rep)
    #expect(codes == Array(repeating: .permissionDenied, count: 3))
  }

  @Test func `every permission that a method asks of members is an admin's`() {
    let granted = Set(Policy(grants: AccessObjects.grants).permissions(of: ["admin"]))
    for method in AccessServiceMethods.all where method.needs.callers.contains(.member) {
      #expect(granted.contains(Permission(method.needs.object, method.needs.action)))
    }
  }

  @Test(arguments: ["manager", "rep", "read_only"])
  func `others read members and manage none`(role: String) {
    let granted = Policy(grants: AccessObjects.grants).permissions(of: [role]).filter {
      $0.object == "member"
    }
    #expect(granted.map(\.action) == ["read"])
  }
}
