import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import AccessService

private let rita = "rita@acme.example"
private let fresh = "another long one"

@Suite struct `Changing one's own password` {
  private let fixture: AccessFixture

  init() async throws {
    fixture = try await AccessFixture()
    try await fixture.makeOwner()
    _ = try await fixture.addMember(rita)
  }

  private func change(
    _ login: LoginResponse,
    from current: String = AccessFixture.password,
    to new: String = fresh
  ) async throws {
    _ = try await fixture.rpc.changePassword(
      ChangePasswordRequest(currentPassword: current, newPassword: new),
      try fixture.call(login)
    )
  }

  @Test func `ends the member's other sessions and no other's`() async throws {
    let (here, there) = (try await fixture.login(rita), try await fixture.login(rita))
    let owner = try await fixture.login()
    try await change(here)
    _ = try await fixture.renew(here)
    _ = try await fixture.renew(owner)
    #expect(await refusal { _ = try await fixture.renew(there) }?.code == .unauthenticated)
    #expect(await refusal { _ = try await fixture.login(rita) }?.reason == .invalidCredentials)
    _ = try await fixture.login(rita, password: fresh)
  }

  @Test func `needs the present one, and counts a wrong one like a failed login`() async throws {
    let login = try await fixture.login(rita)
    for _ in 0..<5 {
      let wrong = await refusal { try await change(login, from: "not the password") }
      #expect(wrong?.violations.map(\.field) == ["current_password"])
    }
    #expect(await refusal { try await change(login) }?.reason == .rateLimited)
    #expect(await refusal { _ = try await fixture.login(rita) }?.reason == .rateLimited)
    fixture.clock.advance(by: .seconds(1))
    try await change(login)
    _ = try await fixture.login(rita, password: fresh)
  }

  @Test func `reads no text that is longer than any password`() async throws {
    let login = try await fixture.login(rita)
    let marks = "a" + String(repeating: "e\u{301}", count: 1_000_000)
    #expect(await refusal { try await change(login, from: marks) }?.code == .invalidArgument)
    let refused = await refusal { try await change(login, to: marks) }
    #expect(refused?.violations.map(\.description) == ["must have at most 1000 bytes"])
    #expect(await refusal { _ = try await fixture.login(rita, password: marks) } != nil)
    #expect(await refusal { _ = try await fixture.login(marks) }?.reason == .invalidCredentials)
  }

  @Test(arguments: ["short", rita, "           ", String(repeating: "x", count: 1_001)])
  func `takes no new one that breaks a rule`(new: String) async throws {
    let login = try await fixture.login(rita)
    let refused = await refusal { try await change(login, to: new) }
    #expect(refused?.violations.map(\.field) == ["new_password"])
    _ = try await fixture.login(rita)
  }

  @Test func `is in the member's history, without the password`() async throws {
    let login = try await fixture.login(rita)
    try await change(login)
    let id = try #require(login.member?.idText)
    let history = try await fixture.rpc.listMemberHistory(
      ListHistoryRequest(id: id),
      fixture.call(as: "operator")
    )
    #expect(history.entries.map(\.action) == ["change_password", "create"])
    #expect(history.entries.first?.changes == [])
    #expect(history.entries.first?.actor == (try fixture.call(login)).caller.actor)
  }
}

@Suite struct `A password reset` {
  private let fixture: AccessFixture
  private let member: Member

  init() async throws {
    fixture = try await AccessFixture()
    try await fixture.makeOwner()
    member = try await fixture.addMember(rita)
  }

  private func make(for member: Member? = nil, _ call: Call? = nil) async throws -> PasswordReset {
    try await fixture.rpc.issuePasswordReset(
      IssuePasswordResetRequest(id: (member ?? self.member).idText),
      call ?? fixture.call(as: "operator")
    )
  }

  private func reset(_ token: String, to password: String = fresh) async throws {
    _ = try await fixture.rpc.resetPassword(
      ResetPasswordRequest(token: token, newPassword: password),
      fixture.call(as: "gateway")
    )
  }

  /// The reason for which a token is refused; nil when it is good.
  private func refused(_ token: String) async -> ErrorReason? {
    await refusal { try await reset(token) }?.reason
  }

  @Test func `sets a new password once and ends all sessions`() async throws {
    let login = try await fixture.login(rita)
    let made = try await make()
    #expect(made.expireTime == fixture.clock.now + .seconds(24 * 3600))
    #expect(Base64.decodeURL(made.token)?.count == 32)
    _ = try await fixture.renew(login)
    try await reset(made.token)
    #expect(await refusal { _ = try await fixture.renew(login) }?.code == .unauthenticated)
    #expect(await refusal { _ = try await fixture.login(rita) }?.reason == .invalidCredentials)
    _ = try await fixture.login(rita, password: fresh)
    #expect(await refused(made.token) == .invalidCredentials)
  }

  @Test func `is refused alike when it is unknown, replaced, expired or of another tenant`()
    async throws
  {
    let first = try await make()
    let second = try await make()
    for token in ["", "x", String(repeating: "A", count: 43), first.token] {
      #expect(await refused(token) == .invalidCredentials)
    }
    let elsewhere = fixture.call(as: "gateway", in: IDGenerator.system.next())
    let other = await refusal {
      _ = try await fixture.rpc.resetPassword(
        ResetPasswordRequest(token: second.token, newPassword: fresh),
        elsewhere
      )
    }
    #expect(other?.reason == .invalidCredentials)
    fixture.clock.advance(by: .seconds(24 * 3600))
    #expect(await refused(second.token) == .invalidCredentials)
    _ = try await fixture.login(rita)
  }

  @Test func `stays good after a password that breaks a rule, and ends with a change`() async throws
  {
    let made = try await make()
    for password in ["short", rita] {
      let refused = await refusal { try await reset(made.token, to: password) }
      #expect(refused?.violations.map(\.field) == ["new_password"])
    }
    _ = try await fixture.rpc.changePassword(
      ChangePasswordRequest(currentPassword: AccessFixture.password, newPassword: fresh),
      try fixture.call(try await fixture.login(rita))
    )
    #expect(await refused(made.token) == .invalidCredentials)
  }

  @Test func `ends the delay of logins that failed`() async throws {
    await fixture.failLogins(6, rita)
    try await reset(try await make().token)
    _ = try await fixture.login(rita, password: fresh)
  }

  private func setRole(_ role: String, of member: Member) async throws {
    _ = try await fixture.rpc.updateMember(
      UpdateMemberRequest(
        member: Member(id: member.id, role: role),
        updateMask: WellKnown.FieldMask(paths: ["role"])
      ),
      fixture.call(as: "operator")
    )
  }

  /// Takes a member's access away and gives it back.
  private func turnOffAndOn(_ member: Member) async throws {
    let call = fixture.call(as: "operator")
    _ = try await fixture.rpc.deactivateMember(DeactivateMemberRequest(id: member.idText), call)
    _ = try await fixture.rpc.reactivateMember(ReactivateMemberRequest(id: member.idText), call)
  }

  @Test func `ends with the member's access and role, also when they have them again`()
    async throws
  {
    var made = try await make()
    try await turnOffAndOn(member)
    #expect(await refused(made.token) == .invalidCredentials)
    made = try await make()
    try await setRole("manager", of: member)
    try await setRole("rep", of: member)
    #expect(await refused(made.token) == .invalidCredentials)
    let id = member.idText
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: id),
      fixture.call(as: "operator")
    )
    #expect(await refusal { _ = try await make() }?.code == .failedPrecondition)
  }

  @Test func `ends with the access and the role of whoever made it`() async throws {
    let admin = try await fixture.addMember("ada@acme.example", role: "admin")
    func madeByAdmin() async throws -> String {
      let login = try await fixture.login("ada@acme.example")
      return try await make(try fixture.call(login)).token
    }
    let good = try await madeByAdmin()
    try await reset(good)
    let first = try await madeByAdmin()
    try await turnOffAndOn(admin)
    #expect(await refused(first) == .invalidCredentials)
    let second = try await madeByAdmin()
    try await setRole("rep", of: admin)
    try await setRole("admin", of: admin)
    #expect(await refused(second) == .invalidCredentials)
  }

  @Test func `is no longer good when whoever made it is not known`() async throws {
    let made = try await make()
    try await fixture.files.store.write(fixture.tenant, as: Author(actor: "test")) { transaction in
      try transaction.execute("UPDATE password_resets SET issuer = ''")
    }
    #expect(await refused(made.token) == .invalidCredentials)
  }

  @Test func `is made for who logs in with an address, whichever case it is written in`()
    async throws
  {
    func make(_ request: IssuePasswordResetRequest) async throws -> PasswordReset {
      try await fixture.rpc.issuePasswordReset(request, fixture.call(as: "operator"))
    }
    let made = try await make(IssuePasswordResetRequest(email: rita.uppercased()))
    try await reset(made.token)
    _ = try await fixture.login(rita, password: fresh)
    let unknown = await refusal {
      _ = try await make(IssuePasswordResetRequest(email: "nobody@acme.example"))
    }
    #expect(unknown?.code == .notFound)
    let both = await refusal {
      _ = try await make(IssuePasswordResetRequest(id: member.idText, email: rita))
    }
    #expect(both?.violations.map(\.field) == ["email"])
  }

  @Test func `is for another member, and for the owner by the operator alone`() async throws {
    _ = try await fixture.addMember("ada@acme.example", role: "admin")
    let adminLogin = try await fixture.login("ada@acme.example")
    let admin = try fixture.call(adminLogin)
    let ownerLogin = try await fixture.login()
    let owner = try #require(ownerLogin.member)
    #expect(await refusal { _ = try await make(for: owner, admin) }?.code == .permissionDenied)
    for login in [ownerLogin, adminLogin] {
      let call = try fixture.call(login)
      let own = await refusal { _ = try await make(for: login.member, call) }
      #expect(own?.code == .invalidArgument && own?.violations.map(\.field) == ["id"])
    }
    _ = try await make(for: owner)
    _ = try await make(admin)
    let rep = try fixture.call(try await fixture.login(rita))
    #expect(await refusal { _ = try await make(rep) }?.code == .permissionDenied)
  }

  @Test func `is known to those who may make one, and to nobody else`() async throws {
    let place = try await fixture.files.store.changes(after: 0, max: 1_000).position
    try await reset(try await make().token)
    _ = try await fixture.addMember("ada@acme.example", role: "admin")
    let calls = [
      try fixture.call(try await fixture.login("ada@acme.example")),
      try fixture.call(try await fixture.login(rita, password: fresh)),
    ]
    var histories: [[String]] = []
    for call in calls {
      let request = ListHistoryRequest(id: member.idText)
      let history = try await fixture.rpc.listMemberHistory(request, call)
      histories.append(history.entries.map(\.action))
    }
    #expect(histories == [["reset_password", "issue_password_reset", "create"], ["create"]])
    let entries = try await fixture.files.store.changes(
      after: place,
      max: 1_000,
      objects: ["member"]
    ).entries.filter { $0.id == member.idText }
    let watchers = calls.enumerated().map { Watcher(place: UInt32($0), call: $1) }
    let members = fixture.rpc.members
    let seen = try await fixture.files.store.read(fixture.tenant) { transaction in
      try members.seen(entries, by: watchers, in: transaction)
    }
    #expect(seen.changes.map(\.action) == ["issue_password_reset", "reset_password"])
    #expect(seen.changes.allSatisfy { $0.watchers == [0] })
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `is in the member's history, and its token nowhere`() async throws {
    let made = try await make()
    try await reset(made.token)
    let changes = try await fixture.files.changes()
    #expect(
      changes.filter { $0.object == "member" && $0.id == member.idText }.map(\.action) == [
        "create", "issue_password_reset", "reset_password",
      ]
    )
    // Others keep what a change carries: it is the member, as before.
    #expect(try changes.last?.after.map { try Member(wire: $0) } == member)
    let token = try #require(Base64.decodeURL(made.token))
    let second = try await make()
    let bytes = try fixture.files.contents()
    for secret in [Array(made.token.utf8), token, Array(second.token.utf8)] {
      #expect(!bytes.contains(secret))
    }
  }
}
