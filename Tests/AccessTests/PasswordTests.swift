import AccessAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshProto
import MeshRPC
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

  @Test func `of a member without access works once they have it again`() async throws {
    let made = try await make()
    let id = member.idText
    _ = try await fixture.rpc.deactivateMember(
      DeactivateMemberRequest(id: id),
      fixture.call(as: "operator")
    )
    #expect(await refused(made.token) == .invalidCredentials)
    #expect(await refusal { _ = try await make() }?.code == .failedPrecondition)
    _ = try await fixture.rpc.reactivateMember(
      ReactivateMemberRequest(id: id),
      fixture.call(as: "operator")
    )
    try await reset(made.token)
    _ = try await fixture.login(rita, password: fresh)
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

  @Test func `for the owner is made by the owner alone`() async throws {
    _ = try await fixture.addMember("ada@acme.example", role: "admin")
    let admin = try fixture.call(try await fixture.login("ada@acme.example"))
    let ownerLogin = try await fixture.login()
    let owner = try #require(ownerLogin.member)
    #expect(await refusal { _ = try await make(for: owner, admin) }?.code == .permissionDenied)
    _ = try await make(for: owner, try fixture.call(ownerLogin))
    _ = try await make(for: owner)
    _ = try await make(admin)
    let rep = try fixture.call(try await fixture.login(rita))
    #expect(await refusal { _ = try await make(rep) }?.code == .permissionDenied)
  }

  @Test func `is in the member's history, and its token nowhere`() async throws {
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
