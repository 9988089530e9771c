import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
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

  @Test(arguments: [
    "ju\u{308}rgen@müller.example", "JÜRGEN@xn--mller-kva.example", " jürgen@MÜLLER.example\n",
    "\u{A0}jürgen@müller.example",
  ])
  func `takes an address in any form that looks the same`(address: String) async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let member = try await fixture.addMember(" jürgen@Müller.example ")
    #expect(member.email == "jürgen@müller.example")
    #expect(try await fixture.login(address).member == member)
    let taken = await refusal { _ = try await fixture.addMember(address) }
    #expect(taken?.code == .alreadyExists)
    let other = await refusal { _ = try await fixture.login("jurgen@müller.example") }
    #expect(other?.reason == .invalidCredentials)
  }

  @Test func `takes a password in either form of Unicode, also one that was hashed as it came`()
    async throws
  {
    let (composed, decomposed) = ("Gr\u{F6}ssenwahn-\u{E9}", "Gro\u{308}ssenwahn-e\u{301}")
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let rep = try await fixture.addMember("rita@acme.example")
    let hash = { @Sendable (text: String) in try PasswordHash(of: text) }
    for kept in [try hash(composed), try hash(decomposed)] {
      _ = try await fixture.files.store.write(fixture.tenant, as: Author(actor: "test")) {
        try $0.save(kept, of: rep)
      }
      for typed in [decomposed, composed, decomposed] {
        #expect(try await fixture.login("rita@acme.example", password: typed).member == rep)
      }
      let present = try await fixture.files.store.read(fixture.tenant) {
        try $0.credential(of: "rita@acme.example")
      }
      #expect(try present?.password.matches(composed) == true)
    }
    let wrong = await refusal {
      _ = try await fixture.login("rita@acme.example", password: "Grossenwahn-e")
    }
    #expect(wrong?.reason == .invalidCredentials)
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

  /// How long the next login with an address has to wait; nil when it is tried.
  private func wait(
    _ fixture: AccessFixture,
    _ email: String = "owner@acme.example",
    device: String = ""
  ) async -> String? {
    await refusal {
      _ = try await fixture.login(email, password: "wrong", device: device)
    }?.metadata["retry_after_seconds"]
  }

  @Test func `is delayed by failures, right password or not, twice as long by each`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    await fixture.failLogins(5)
    for seconds in [1, 2, 4, 8] {
      let error = await refusal { _ = try await fixture.login() }
      #expect(error?.code == .resourceExhausted && error?.reason == .rateLimited)
      #expect(error?.metadata["retry_after_seconds"] == "\(seconds)")
      fixture.clock.advance(by: .seconds(seconds))
      await fixture.failLogins(1)
    }
    fixture.clock.advance(by: .seconds(16))
    _ = try await fixture.login()
    #expect(LoginFailures(count: 100, lastTime: fixture.clock.now).delay == .seconds(900))
  }

  @Test func `delays addresses that are nobody's alike, and each by itself`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    await fixture.failLogins(5, "nobody@acme.example")
    #expect(await wait(fixture, "nobody@acme.example") == "1")
    _ = try await fixture.login()
  }

  @Test func `forgets failures once it succeeds, or after a day`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    for _ in 0..<3 {
      await fixture.failLogins(4)
      _ = try await fixture.login()
    }
    await fixture.failLogins(5)
    fixture.clock.advance(by: .seconds(24 * 3600))
    await fixture.failLogins(4)
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
    #expect(reasons.count { $0 == .invalidCredentials } == 5)
    #expect(reasons.count { $0 == .rateLimited } == 11)
  }

  @Test func `is not delayed on a device that is known by what others guess`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let device = try await fixture.login().deviceToken
    await fixture.failLogins(5)
    #expect(await wait(fixture) == "1")
    #expect(try await fixture.login(device: device).deviceToken == device)
    #expect(await wait(fixture) == "1", "others still wait")
    // The device has guesses of its own, and is known for its own account alone.
    for _ in 0..<5 { _ = await wait(fixture, device: device) }
    #expect(await wait(fixture, device: device) == "1")
    _ = try await fixture.addMember("rita@acme.example")
    await fixture.failLogins(5, "rita@acme.example")
    #expect(await wait(fixture, "rita@acme.example", device: device) == "1")
    let forged = (device.first == "A" ? "B" : "A") + device.dropFirst()
    #expect(await wait(fixture, device: forged) == "1")
  }

  @Test func `is free again once the operator unlocks the address`() async throws {
    let fixture = try await AccessFixture()
    let owner = try await fixture.makeOwner()
    let device = try await fixture.login().deviceToken
    await fixture.failLogins(5)
    for _ in 0..<5 { _ = await wait(fixture, device: device) }
    let unlocked = try await fixture.rpc.unlockMember(
      UnlockMemberRequest(email: "Owner@ACME.example"),
      fixture.call(as: "operator")
    )
    #expect(unlocked == owner)
    let entry = try #require(try await fixture.files.changes().last)
    #expect(entry.change == Change(action: "unlock", object: "login", id: owner.idText))
    #expect(entry.actor == "system:operator")
    _ = try await fixture.login()
    _ = try await fixture.login(device: device)
    let error = await refusal {
      _ = try await fixture.rpc.unlockMember(
        UnlockMemberRequest(email: "nobody@acme.example"),
        fixture.call(as: "operator")
      )
    }
    #expect(error?.code == .notFound)
  }

  @Test func `is not made free by failures with many other addresses`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    await fixture.failLogins(5)
    try await fixture.files.store.write(fixture.tenant, as: Author(actor: "test")) { transaction in
      for index in 0..<9_999 {
        try transaction.execute(
          """
          INSERT INTO failed_logins (address_hash, device, failure_count, last_time)
          VALUES (\(LoginAttempt.hash("\(index)")), \([UInt8]()), 1, \(transaction.now))
          """
        )
      }
    }
    await fixture.failLogins(1, "one@more.example")
    #expect(await wait(fixture) == "1")
    let count = try await fixture.files.store.read(fixture.tenant) { transaction in
      try transaction.value("SELECT count(*) FROM failed_logins", as: Int.self)
    }
    #expect(count == 9_001)
  }

  @Test func `is refused at once while too many passwords are being compared`() async throws {
    let passwords = try await PasswordKeeper(slots: WorkSlots(running: 1, places: 0))
    let fixture = try await AccessFixture(passwords: passwords)
    try await fixture.makeOwner()
    let errors = await withTaskGroup(of: MeshError?.self) { group in
      for _ in 0..<4 {
        group.addTask { await refusal { _ = try await fixture.login() } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.contains { $0 == nil })
    let busy = errors.compactMap(\.self)
    #expect(!busy.isEmpty && busy.allSatisfy { $0.code == .unavailable })
    #expect(busy.first?.metadata["retry_after_seconds"] == "2")
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
