import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `A store from before members were records` {
  private let owner: MemberID = IDGenerator.system.next()
  private let rep: MemberID = IDGenerator.system.next()
  private let time = Timestamp(microseconds: 1_700_000_000_000_000)

  private func upgraded(with session: SessionID? = nil) async throws -> AccessFixture {
    let hash = try PasswordHash(of: AccessFixture.password).phc
    return try await AccessFixture(upgrading: { [owner, rep, time] store, tenant in
      try await store.write(tenant, as: Author(actor: "test")) { transaction in
        _ = try transaction.execute(
          """
          INSERT INTO members (
            id, version, email, email_key, display_name, name_key, role, is_owner, takes_leads,
            daily_lead_cap, is_active, password_hash, create_time, update_time
          ) VALUES
            (\(owner), 3, \("Owner@acme.example"), \("owner@acme.example"), \("Zoe"), \("zoe"),
              \("admin"), TRUE, FALSE, NULL, TRUE, \(hash), \(time), \(time + .seconds(1))),
            (\(rep), 1, \("rita@acme.example"), \("rita@acme.example"), \("Rita"), \("rita"),
              \("rep"), FALSE, TRUE, 7, FALSE, \(hash), \(time), \(time))
          """
        )
        guard let session else { return }
        _ = try transaction.execute(
          """
          INSERT INTO sessions (id, member_id, create_time, expire_time)
          VALUES (\(session), \(owner), \(time), \(Timestamp.latest))
          """
        )
      }
    })
  }

  @Test func `has each member as they were`() async throws {
    let fixture = try await upgraded()
    await RecordKeyUpgrade(
      [fixture.rpc.members],
      fixture.files.store,
      Log(service: "access", level: .error)
    ).run()
    let list = try await fixture.rpc.listMembers(ListMembersRequest(), fixture.call(as: "operator"))
      .message()
    var first = Member(email: "rita@acme.example", displayName: "Rita", role: "rep")
    first.id = rep
    first.etag = Etag(version: 1)
    first.takesLeads = true
    first.dailyLeadCap = 7
    first.createTime = time
    first.updateTime = time
    first.timeZone = "UTC"
    var second = Member(email: "Owner@acme.example", displayName: "Zoe", role: "admin")
    second.id = owner
    second.etag = Etag(version: 3)
    second.owner = true
    second.takesLeads = false
    second.active = true
    second.createTime = time
    second.updateTime = time + .seconds(1)
    second.timeZone = "UTC"
    #expect(list.members == [first, second])
  }

  @Test func `keeps two members whose addresses look the same, and lets the first one in`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let first = try await fixture.addMember("jürgen@acme.example")
    let second = try await fixture.addMember("other@acme.example")
    _ = try await fixture.files.store.write(fixture.tenant, as: Author(actor: "test")) {
      try $0.execute(
        """
        UPDATE members SET email = \("ju\u{308}rgen@acme.example"), email_folded = 'as it was'
        WHERE id = \(second.id)
        """
      )
    }
    await RecordKeyUpgrade(
      [fixture.rpc.members],
      fixture.files.store,
      Log(service: "access", level: .error),
      form: { _ in [77] }
    ).run()
    #expect(try await fixture.login("ju\u{308}rgen@acme.example").member?.id == first.id)
    let progress = try await fixture.files.store.keyProgress(of: "members")
    #expect(progress?.isDone == true)
  }

  @Test func `has sessions that last as long as their tokens and are not renewed`() async throws {
    let session: SessionID = IDGenerator.system.next()
    let fixture = try await upgraded(with: session)
    let call = Call(
      caller: Caller(
        tenant: fixture.tenant,
        identity: .member(owner),
        roles: ["owner"],
        session: session
      ),
      path: "/test"
    )
    let found = try await fixture.rpc.getSession(GetSessionRequest(), call)
    #expect(found.idleExpireTime == found.expireTime)
    let request = RenewTokenRequest(refreshToken: RefreshToken(newFor: session).text)
    let error = await refusal {
      _ = try await fixture.rpc.renewToken(request, fixture.call(as: "gateway"))
    }
    #expect(error?.code == .unauthenticated)
    _ = try await fixture.rpc.logout(LogoutRequest(), call)
  }

  @Test func `has a column for every field and no other`() async throws {
    let fixture = try await upgraded()
    let store = fixture.files.store
    let columns = Member.schema.columnNames.union(MemberRules.privateColumns)
    #expect(try await store.columns(of: "members") == columns)
  }

  @Test func `lets members log in, and be changed and added`() async throws {
    let fixture = try await upgraded()
    let admin = try fixture.call(try await fixture.login())
    #expect(admin.caller.roles == ["owner"])
    let changed = try await fixture.rpc.updateMember(
      UpdateMemberRequest(
        member: Member(id: owner, etag: Etag(version: 3), displayName: "Ada"),
        updateMask: WellKnown.FieldMask(paths: ["display_name"])
      ),
      admin
    )
    #expect(changed.etag == Etag(version: 4))
    #expect(changed.updatedBy == admin.caller.actor && changed.createdBy.isEmpty)
    let taken = await refusal { _ = try await fixture.addMember("RITA@acme.example") }
    #expect(taken?.code == .alreadyExists)
    _ = try await fixture.addMember("new@acme.example")
    let list = try await fixture.rpc.listMembers(ListMembersRequest(), admin).message()
    #expect(list.members.map(\.displayName) == ["Ada", "Member new@acme.example", "Rita"])
  }
}
