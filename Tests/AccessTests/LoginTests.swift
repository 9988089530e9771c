import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `Logging in` {
  @Test func `gives a token for 15 minutes with the member's role`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let login = try await fixture.login("Rita@ACME.example")
    #expect(login.member == rep)
    #expect(login.tokenType == "Bearer")
    let claims = try fixture.verifier.claims(of: login.accessToken)
    #expect(claims.member == rep.id)
    #expect(claims.tenant == fixture.tenant)
    #expect(claims.roles == ["rep"])
    #expect(claims.expireTime == fixture.clock.now + .seconds(900))
    #expect(login.expireTime == claims.expireTime)
    let owner = try await fixture.login()
    #expect(try fixture.verifier.claims(of: owner.accessToken).roles == ["owner"])
  }

  @Test func `refuses wrong addresses, wrong passwords and members without access alike`()
    async throws
  {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: rep.idText),
      fixture.call(as: "operator")
    )
    let attempts = [
      ("nobody@acme.example", AccessFixture.password), ("owner@acme.example", "wrong"),
      ("rita@acme.example", AccessFixture.password), ("", ""),
    ]
    var errors: [MeshError?] = []
    for (email, password) in attempts {
      errors.append(await refusal { _ = try await fixture.login(email, password: password) })
    }
    let expected = MeshError.unauthenticated(
      "the e-mail address or the password is wrong",
      reason: .invalidCredentials
    )
    #expect(errors == Array(repeating: expected, count: attempts.count))
  }

  @Test func `knows the members of its own tenant only`() async throws {
    let fixture = try await AccessFixture()
    let globex: TenantID = IDGenerator.system.next()
    try await fixture.makeOwner("ada@example.com", password: "password of acme")
    try await fixture.makeOwner("ada@example.com", in: globex, password: "password of globex")
    let login = try await fixture.login(
      "ada@example.com",
      in: globex,
      password: "password of globex"
    )
    #expect(try fixture.verifier.claims(of: login.accessToken).tenant == globex)
    let error = await refusal {
      _ = try await fixture.login("ada@example.com", in: globex, password: "password of acme")
    }
    #expect(error?.reason == .invalidCredentials)
  }

  @Test func `is refused after ten failures, right password or not, for 15 minutes`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    await fixture.failLogins(10)
    let error = await refusal { _ = try await fixture.login() }
    #expect(error?.code == .resourceExhausted)
    #expect(error?.reason == .rateLimited)
    #expect(error?.metadata["retry_after_seconds"] == "900")
    fixture.clock.advance(by: .seconds(899))
    #expect(await refusal { _ = try await fixture.login() }?.reason == .rateLimited)
    fixture.clock.advance(by: .seconds(1))
    _ = try await fixture.login()
  }

  @Test func `throttles addresses that are nobody's alike, and each by itself`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    await fixture.failLogins(10, "nobody@acme.example")
    let error = await refusal { _ = try await fixture.login("nobody@acme.example") }
    #expect(error?.reason == .rateLimited)
    _ = try await fixture.login()
  }

  @Test func `forgets failures once it succeeds`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    await fixture.failLogins(9)
    _ = try await fixture.login()
    await fixture.failLogins(9)
    _ = try await fixture.login()
  }

  @Test func `counts guesses made at once as guesses made in turn`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let reasons = await withTaskGroup(of: ErrorReason?.self) { group in
      for _ in 0..<16 {
        group.addTask {
          await refusal { _ = try await fixture.login(password: "wrong") }?.reason
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(reasons.count { $0 == .invalidCredentials } == 10)
    #expect(reasons.count { $0 == .rateLimited } == 6)
  }

  @Test func `hashes a password again that was hashed by other parameters`() async throws {
    let fixture = try await AccessFixture()
    let old = try #require(
      PasswordHash(
        phc: "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
          + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
      )
    )
    try await fixture.files.store.write(fixture.tenant, as: Author(actor: "test")) { transaction in
      _ = try transaction.create(
        Member(email: "ada@acme.example", displayName: "Ada", role: "admin"),
        by: MemberRules(
          transaction: transaction,
          new: NewMember(isOwner: true, password: .hashed(old))
        )
      )
    }
    // At once: the first to finish replaces what the others were compared with.
    try await withThrowingTaskGroup(of: LoginResponse.self) { group in
      for _ in 0..<3 {
        group.addTask {
          try await fixture.login("ada@acme.example", password: "password")
        }
      }
      for try await login in group { #expect(login.member?.email == "ada@acme.example") }
    }
    let stored = try await fixture.files.store.read(fixture.tenant) { transaction in
      try transaction.credential(of: "ada@acme.example")
    }
    #expect(stored?.password.needsRehash == false)
  }

  @Test func `is in the change log without anything personal`() async throws {
    let fixture = try await AccessFixture()
    let owner = try await fixture.makeOwner()
    let login = try await fixture.login()
    let entry = try #require(try await fixture.files.changes().last)
    let session = try fixture.verifier.claims(of: login.accessToken).session
    #expect(entry.change == Change(action: "create", object: "session", id: "\(session)"))
    #expect(entry.tenant == fixture.tenant)
    #expect(entry.actor == "system:gateway")
    #expect(entry.onBehalfOf == owner.idText)
    #expect(entry.address == "192.0.2.1")
  }
}
