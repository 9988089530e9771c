import AccessAPI
import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import TenantsAPI
import Testing

@testable import AccessService

@Suite struct `A refresh token` {
  @Test func `gives the next one and is good once`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let first = try await fixture.login()
    let second = try await fixture.renew(first)
    let third = try await fixture.renew(second)
    #expect(Set([first, second, third].map(\.refreshToken)).count == 3)
    let reuse = await refusal { _ = try await fixture.renew(first) }
    #expect(reuse?.code == .unauthenticated)
    let after = await refusal { _ = try await fixture.renew(third) }
    #expect(after?.code == .unauthenticated, "whoever has a copy is out, and so is the member")
    let changes = try await fixture.files.changes().filter { $0.object == "session" }
    #expect(changes.map(\.action) == ["create", "end"])
    #expect(try await fixture.files.standings().last?.object == "session_end")
    _ = try await fixture.renew(try await fixture.login())
  }

  @Test func `that was just replaced gives the same successor for 30 seconds`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    let renewed = try await fixture.renew(login)
    fixture.clock.advance(by: .milliseconds(29_999))
    let again = try await fixture.renew(login)
    #expect(again.refreshToken == renewed.refreshToken)
    #expect(
      try fixture.verifier.claims(of: again.accessToken).expireTime > fixture.clock.now
    )
    let next = try await fixture.renew(again)
    fixture.clock.advance(by: .seconds(30))
    let late = await refusal { _ = try await fixture.renew(again) }
    #expect(late?.code == .unauthenticated)
    let ended = await refusal { _ = try await fixture.renew(next) }
    #expect(ended?.code == .unauthenticated)
  }

  @Test func `gives pages that ask at once the same successor`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    let tokens = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 { group.addTask { try await fixture.renew(login).refreshToken } }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(tokens.count == 1 && !tokens.contains(login.refreshToken))
  }

  @Test func `that is made up ends nothing, whoever knows the session's id`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    let session = try #require(try fixture.call(login).caller.session)
    var forged = login
    for text in ["", "x", RefreshToken(newFor: session).text, login.refreshToken + "A"] {
      forged.refreshToken = text
      let made = forged
      #expect(await refusal { _ = try await fixture.renew(made) }?.code == .unauthenticated)
    }
    let elsewhere: TenantID = IDGenerator.system.next()
    let other = await refusal { _ = try await fixture.renew(login, in: elsewhere) }
    #expect(other?.code == .unauthenticated)
    _ = try await fixture.renew(login)
  }

  @Test func `is not in the store, nor is what follows it`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    let renewed = try await fixture.renew(login)
    let kept = try await fixture.files.store.read(fixture.tenant) { transaction in
      try transaction.rows(
        "SELECT refresh_family, refresh_hash, replaced_hash, successor_seed FROM sessions"
      ) { row in
        [try row.next([UInt8].self), try row.next(), try row.next(), try row.next()]
      }
    }.flatMap { $0 }
    #expect(kept.count == 4)
    for text in [login.refreshToken, renewed.refreshToken] {
      let token = try #require(Base64.decodeURL(text))
      for value in kept { #expect(token.firstRange(of: value) == nil) }
      let hash = try #require(RefreshToken(text)).hash
      #expect(kept.contains(hash))
    }
  }

  @Test func `gives nothing to a member without access`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let login = try await fixture.login("rita@acme.example")
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: rep.idText),
      fixture.call(as: "operator")
    )
    #expect(await refusal { _ = try await fixture.renew(login) }?.code == .unauthenticated)
  }
}

@Suite struct `A session in which nobody does anything` {
  @Test func `ends after the idle time although it is renewed, and no token outlives it`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let start = fixture.clock.now
    var login = try await fixture.login()
    for minutes in [14, 28, 42, 56] {
      fixture.clock.advance(by: .seconds(14 * 60))
      login = try await fixture.renew(login, idle: Int32(minutes * 60))
      #expect(login.idleExpireTime == start + .seconds(3600))
    }
    let claims = try fixture.verifier.claims(of: login.accessToken)
    #expect(claims.expireTime == start + .seconds(3600))
    let last = login
    let call = try fixture.call(last)
    fixture.clock.advance(by: .seconds(4 * 60))
    let reading = await refusal { _ = try await fixture.rpc.getSession(GetSessionRequest(), call) }
    #expect(reading?.code == .unauthenticated)
    // What is said only now comes too late, and a longer time that is set afterwards as well.
    #expect(await refusal { _ = try await fixture.renew(last) }?.code == .unauthenticated)
    fixture.idleLimit.value = .longest
    #expect(await refusal { _ = try await fixture.renew(last) }?.code == .unauthenticated)
  }

  @Test func `goes on from the last thing that was done in any of its pages`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    fixture.clock.advance(by: .seconds(50 * 60))
    let used = try await fixture.renew(login, idle: 60)
    let end = fixture.clock.now + .seconds(59 * 60)
    #expect(used.idleExpireTime == end)
    let other = try await fixture.renew(used, idle: 50 * 60)
    #expect(other.idleExpireTime == end)
    let session = try await fixture.rpc.getSession(GetSessionRequest(), try fixture.call(other))
    #expect(session.idleExpireTime == end)
    #expect(session.idleLimitSeconds == 3600)
  }

  @Test func `has the tenant's idle time`() async throws {
    let fixture = try await AccessFixture()
    fixture.idleLimit.value = IdleLimit(minutes: 5)
    try await fixture.makeOwner()
    let login = try await fixture.login()
    #expect(login.expireTime == fixture.clock.now + .seconds(300))
    fixture.clock.advance(by: .seconds(299))
    _ = try await fixture.renew(login, idle: 299)
    fixture.clock.advance(by: .seconds(1))
    #expect(await refusal { _ = try await fixture.renew(login) }?.code == .unauthenticated)
  }

  @Test(arguments: [-1, Int32.min, 86_401, Int32.max])
  func `refuses a time that cannot be`(seconds: Int32) async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let login = try await fixture.login()
    let error = await refusal { _ = try await fixture.renew(login, idle: seconds) }
    #expect(error?.violations.map(\.field) == ["idle_seconds"])
    _ = try await fixture.renew(login, idle: 86_400)
  }

  @Test func `lasts an hour unless the tenant says otherwise`() {
    #expect(IdleLimit.usual.seconds == 3600)
    #expect(IdleLimit(Tenant()) == nil)
    #expect(IdleLimit(Tenant(settings: TenantSettings(sessionIdleMinutes: 60))) == nil)
    #expect(IdleLimit(Tenant(settings: TenantSettings(sessionIdleMinutes: 5)))?.seconds == 300)
  }
}
