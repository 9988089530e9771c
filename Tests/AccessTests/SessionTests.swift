import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `A session` {
  @Test func `tells who the caller is and what they may do`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let call = try fixture.call(try await fixture.login("rita@acme.example"))
    let session = try await fixture.rpc.getSession(GetSessionRequest(), call)
    #expect(session.member == rep)
    #expect(session.tenantID == fixture.tenant)
    #expect(session.permissions.contains("lead.create"))
    #expect(!session.permissions.contains("member.create"))
    #expect(
      session.expireTime == fixture.clock.now + .seconds(12 * 3600)
    )
  }

  @Test func `tells which records its permissions are for, and which teams it reaches`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let owner = try fixture.call(try await fixture.login())
    let rita = try #require(try await fixture.addMember("rita@acme.example").id)
    let ron = try #require(try await fixture.addMember("ron@acme.example").id)
    let mia = try await fixture.addMember("mia@acme.example", role: "manager").id
    func create(_ team: AccessAPI.Team) async throws -> AccessAPI.Team {
      try await fixture.teams.createTeam(CreateTeamRequest(team: team), owner)
    }
    func session(_ email: String) async throws -> AccessAPI.Session {
      let login = try await fixture.login(email)
      return try await fixture.rpc.getSession(GetSessionRequest(), try fixture.call(login))
    }
    func reach(_ permission: String, in session: AccessAPI.Session) -> RecordReach? {
      session.reaches.first { $0.permission == permission }?.records
    }
    let sales = try await create(AccessAPI.Team(name: "Sales", managerId: mia))
    var north = try await create(
      AccessAPI.Team(name: "North", parentTeamId: sales.id, memberIds: [rita])
    )
    _ = try await create(AccessAPI.Team(name: "Apart", memberIds: [ron]))
    var manager = try await session("mia@acme.example")
    #expect(reach("deal.edit", in: manager) == .team)
    #expect(manager.permissions.contains("lead.edit") && reach("lead.edit", in: manager) == nil)
    #expect(Set(manager.reachedTeamIds) == [sales.idText, north.idText])
    #expect(manager.reachedMemberIds == [rita.description], "managing is not being in a team")
    north.memberIds = [rita, ron]
    _ = try await fixture.teams.updateTeam(
      UpdateTeamRequest(team: north, updateMask: WellKnown.FieldMask(paths: ["member_ids"])),
      owner
    )
    manager = try await session("mia@acme.example")
    #expect(Set(manager.reachedMemberIds) == [rita.description, ron.description])
    let rep = try await session("rita@acme.example")
    #expect(reach("deal.edit", in: rep) == .own)
    #expect(rep.reachedTeamIds.isEmpty && rep.reachedMemberIds.isEmpty)
    let whole = try await session("owner@acme.example")
    #expect(whole.permissions.contains("deal.edit") && reach("deal.edit", in: whole) == nil)
    #expect(reach("saved_view.edit", in: whole) == .open)
  }

  @Test func `gives new tokens with the role that the member has by then`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let login = try await fixture.login("rita@acme.example")
    _ = try await fixture.rpc.updateMember(
      UpdateMemberRequest(
        member: Member(id: rep.id, role: "manager"),
        updateMask: WellKnown.FieldMask(paths: ["role"])
      ),
      fixture.call(as: "operator")
    )
    fixture.clock.advance(by: .seconds(600))
    let renewed = try await fixture.renew(login)
    let claims = try fixture.verifier.claims(of: renewed.accessToken)
    #expect(claims.roles == ["manager"])
    #expect(claims.session == (try fixture.call(login)).caller.session)
    #expect(claims.expireTime == fixture.clock.now + .seconds(900))
  }

  @Test func `ends 12 hours after the login, and no token outlives it`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    var login = try await fixture.login()
    let end = fixture.clock.now + .seconds(12 * 3600)
    for minutes in Array(repeating: 45, count: 15) + [44] {
      fixture.clock.advance(by: .seconds(minutes * 60))
      login = try await fixture.renew(login)
    }
    #expect(try fixture.verifier.claims(of: login.accessToken).expireTime == end)
    #expect(login.idleExpireTime == end)
    fixture.clock.advance(by: .seconds(60))
    let last = login
    let error = await refusal { _ = try await fixture.renew(last) }
    #expect(error?.code == .unauthenticated)
  }

  @Test func `gives nothing after a logout, which can be repeated`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    let call = try fixture.call(login)
    for _ in 0..<2 { _ = try await fixture.rpc.logout(LogoutRequest(), call) }
    let renewal = await refusal { _ = try await fixture.renew(login) }
    #expect(renewal?.code == .unauthenticated)
    let reading = await refusal { _ = try await fixture.rpc.getSession(GetSessionRequest(), call) }
    #expect(reading?.code == .unauthenticated)
    let changes = try await fixture.files.changes().filter { $0.object == "session" }
    #expect(changes.map(\.action) == ["create", "end"])
  }

  @Test func `ends by any of its refresh tokens, whatever became of the access token`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let gateway = fixture.call(as: "gateway")
    for isOld in [false, true] {
      let login = try await fixture.login()
      let session = try #require(try fixture.call(login).caller.session)
      var next = login
      for _ in 0..<2 {
        fixture.clock.advance(by: .seconds(1_000))
        next = try await fixture.renew(next)
      }
      let last = next
      let token = isOld ? login.refreshToken : next.refreshToken
      for text in ["", "x", RefreshToken(newFor: IDGenerator.system.next()).text] {
        _ = try await fixture.rpc.logout(LogoutRequest(refreshToken: text), gateway)
      }
      let forged = RefreshToken(newFor: session).text
      _ = try await fixture.rpc.logout(LogoutRequest(refreshToken: forged), gateway)
      let kept = try await fixture.files.store.read(fixture.tenant) { try $0.session(session) }
      #expect(kept?.endTime == nil)
      for _ in 0..<2 {
        _ = try await fixture.rpc.logout(LogoutRequest(refreshToken: token), gateway)
      }
      #expect(await refusal { _ = try await fixture.renew(last) }?.code == .unauthenticated)
    }
    let ends = try await fixture.files.changes().filter { $0.action == "end" }
    #expect(ends.map(\.actor) == ["system:gateway", "system:gateway"])
  }

  @Test func `of one login goes on when another is ended`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let first = try fixture.call(try await fixture.login())
    let second = try await fixture.login()
    _ = try await fixture.rpc.logout(LogoutRequest(), first)
    _ = try await fixture.renew(second)
  }

  @Test func `is gone from the store at the first login after its end`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let old = try fixture.call(try await fixture.login())
    fixture.clock.advance(by: .seconds(12 * 3600))
    _ = try await fixture.login()
    let id = try #require(old.caller.session)
    let kept = try await fixture.files.store.read(fixture.tenant) { try $0.session(id) }
    #expect(kept == nil)
  }
}

extension AccessAPI.Session {
  fileprivate var tenantID: TenantID? { TenantID(tenantId) }
}
