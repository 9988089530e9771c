import AccessAPI
import MeshCore
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `Adding members` {
  private func request(_ email: String = "rita@acme.example") -> CreateMemberRequest {
    CreateMemberRequest(
      member: Member(email: email, displayName: "Rita", role: "rep", dailyLeadCap: 5),
      password: AccessFixture.password,
      requestId: "key-1"
    )
  }

  @Test func `makes an active member and records the change`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let admin = try fixture.call(try await fixture.login())
    let member = try await fixture.rpc.createMember(request(), admin)
    #expect(member.email == "rita@acme.example")
    #expect(member.role == "rep")
    #expect(member.takesLeads == true)
    #expect(member.dailyLeadCap == 5)
    #expect(member.active)
    #expect(!member.owner)
    #expect(member.etag == Etag(version: 1))
    #expect(member.createTime == fixture.clock.now)
    #expect(member.createdBy == admin.caller.actor)
    let entry = try #require(try await fixture.files.changes().last)
    #expect(entry.object == "member")
    #expect(entry.action == "create")
    #expect(entry.actor == admin.caller.actor)
    #expect(try entry.after.map { try Member(wire: $0) } == member)
  }

  @Test func `needs a member and proper values`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let missing = await refusal {
      _ = try await fixture.rpc.createMember(CreateMemberRequest(), fixture.call(as: "operator"))
    }
    #expect(missing?.violations.map(\.field) == ["member"])
    var bad = request()
    bad.member?.role = "boss"
    bad.password = "short"
    let invalid = await refusal { [bad] in
      _ = try await fixture.rpc.createMember(bad, fixture.call(as: "operator"))
    }
    #expect(invalid?.code == .invalidArgument)
    #expect(invalid?.violations.map(\.field) == ["role", "password"])
  }

  @Test func `takes an address once, in any case, in each tenant`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    _ = try await fixture.addMember("rita@acme.example")
    let error = await refusal { _ = try await fixture.addMember("RITA@acme.example") }
    #expect(error?.code == .alreadyExists)
    #expect(error?.violations.map(\.field) == ["email"])
    let globex: TenantID = IDGenerator.system.next()
    try await fixture.makeOwner("rita@acme.example", in: globex)
  }

  @Test func `needs a tenant that has an owner`() async throws {
    let fixture = try await AccessFixture()
    let error = await refusal { _ = try await fixture.addMember("rita@acme.example") }
    #expect(error?.code == .failedPrecondition)
  }

  @Test func `with the same key adds one member, and another request is refused`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    let first = try await fixture.rpc.createMember(request(), call)
    #expect(try await fixture.rpc.createMember(request(), call) == first)
    let others = [
      request("else@acme.example"),
      CreateMemberRequest(
        member: request().member,
        password: "another password",
        requestId: "key-1"
      ),
    ]
    for other in others {
      let error = await refusal { _ = try await fixture.rpc.createMember(other, call) }
      #expect(error?.reason == .idempotencyConflict)
    }
    let members = try await fixture.rpc.listMembers(ListMembersRequest(), call).message().members
    #expect(members.count == 2)
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `leaves no password in the store or the change log`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    _ = try await fixture.rpc.createMember(request(), fixture.call(as: "operator"))
    _ = try await fixture.login("rita@acme.example")
    let bytes = try fixture.files.contents()
    #expect(bytes.contains(Array("rita@acme.example".utf8)))
    #expect(!bytes.contains(Array(AccessFixture.password.utf8)))
    for entry in try await fixture.files.changes() {
      #expect(entry.after?.contains(Array("$argon2id$".utf8)) != true)
    }
  }
}

@Suite struct `A tenant's owner` {
  @Test func `is an admin, once a tenant`() async throws {
    let fixture = try await AccessFixture()
    let owner = try await fixture.makeOwner()
    #expect(owner.owner)
    #expect(owner.role == "admin")
    #expect(owner.takesLeads == false)
    let error = await refusal { try await fixture.makeOwner("second@acme.example") }
    #expect(error?.code == .alreadyExists)
  }

  @Test func `is the same for the same key`() async throws {
    let fixture = try await AccessFixture()
    let request = CreateOwnerRequest(
      member: Member(email: "owner@acme.example", displayName: "Olive"),
      password: AccessFixture.password,
      requestId: "tenant-1"
    )
    let call = fixture.call(as: "tenants")
    let owner = try await fixture.rpc.createOwner(request, call)
    #expect(try await fixture.rpc.createOwner(request, call) == owner)
  }

  @Test func `is refused with a weak password or no address`() async throws {
    let fixture = try await AccessFixture()
    let error = await refusal { try await fixture.makeOwner("", password: "weak") }
    #expect(error?.violations.map(\.field) == ["email", "password"])
    let changes = try await fixture.files.changes()
    #expect(changes.isEmpty)
  }

  @Test func `cannot be deactivated and stays an admin`() async throws {
    let fixture = try await AccessFixture()
    let owner = try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    let removal = await refusal {
      _ = try await fixture.rpc.deactivateMember(DeactivateMemberRequest(id: owner.idText), call)
    }
    #expect(removal?.code == .failedPrecondition)
    #expect(removal?.violations.map(\.field) == ["id"])
    let demotion = await refusal {
      _ = try await fixture.rpc.updateMember(
        UpdateMemberRequest(
          member: Member(id: owner.id, role: "rep"),
          updateMask: WellKnown.FieldMask(paths: ["role"])
        ),
        call
      )
    }
    #expect(demotion?.code == .failedPrecondition)
    #expect(demotion?.violations.map(\.field) == ["role"])
  }
}

@Suite struct `Finding members` {
  @Test func `gives one by id, in its own tenant only`() async throws {
    let fixture = try await AccessFixture()
    let owner = try await fixture.makeOwner()
    let call = fixture.call(as: "operator")
    #expect(
      try await fixture.rpc.getMember(GetMemberRequest(id: owner.idText), call).message() == owner
    )
    let globex: TenantID = IDGenerator.system.next()
    let elsewhere = fixture.call(as: "operator", in: globex)
    for (id, call) in [(owner.idText, elsewhere), ("\(globex)", call), ("", call)] {
      let error = await refusal {
        _ = try await fixture.rpc.getMember(GetMemberRequest(id: id), call).message()
      }
      #expect(error?.code == .notFound)
    }
    #expect(
      try await fixture.rpc.listMembers(ListMembersRequest(), elsewhere).message().members.isEmpty
    )
  }

  @Test func `pages through all of them by name`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    for letter in ["c", "B", "a", "D"] { _ = try await fixture.addMember("\(letter)@acme.example") }
    let call = fixture.call(as: "operator")
    var names: [String] = []
    var token = ""
    repeat {
      let page = try await fixture.rpc.listMembers(
        ListMembersRequest(pageSize: 2, pageToken: token),
        call
      ).message()
      #expect(page.members.count <= 2)
      names += page.members.map(\.displayName)
      token = page.nextPageToken
    } while !token.isEmpty
    #expect(
      names == [
        "Member a@acme.example", "Member B@acme.example", "Member c@acme.example",
        "Member D@acme.example", "Olive Owner",
      ]
    )
  }

  @Test func `refuses page tokens that are not its own`() async throws {
    let fixture = try await AccessFixture()
    let error = await refusal {
      _ = try await fixture.rpc.listMembers(
        ListMembersRequest(pageToken: "x"),
        fixture.call(as: "operator")
      ).message()
    }
    #expect(error?.reason == .invalidPageToken)
  }
}
