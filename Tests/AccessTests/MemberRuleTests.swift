import AccessAPI
import MeshCore
import MeshProto
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `The rules of members` {
  private func refusal(
    _ password: String = "long enough password",
    of member: Member = Member(email: "ada@acme.example", displayName: "Ada", role: "rep")
  ) async throws -> [FieldViolation] {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let error = await MeshTesting.refusal {
      _ = try await fixture.rpc.createMember(
        CreateMemberRequest(member: member, password: password),
        fixture.call(as: "operator")
      )
    }
    return error?.violations ?? []
  }

  @Test func `every broken rule is named at once, by its field`() async throws {
    let wrong = Member(email: "ada", displayName: " ", role: "owner", dailyLeadCap: -1)
    #expect(
      try await refusal("short", of: wrong).map(\.field) == [
        "email", "display_name", "role", "daily_lead_cap", "password",
      ]
    )
  }

  @Test func `new leads go to reps unless said otherwise`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    for role in ["admin", "manager", "rep"] {
      var member = try await fixture.addMember("\(role)@acme.example", role: role)
      #expect(member.takesLeads == (role == "rep"))
      member.takesLeads = role != "rep"
      let changed = try await fixture.rpc.updateMember(
        UpdateMemberRequest(member: member, updateMask: .init(paths: ["takes_leads"])),
        fixture.call(as: "operator")
      )
      #expect(changed.takesLeads == (role != "rep"))
    }
  }

  @Test func `no new leads go to who may only read`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let asked = Member(
      email: "ro@acme.example",
      displayName: "Ro",
      role: "read_only",
      takesLeads: true
    )
    let refused = try await refusal(of: asked)
    #expect(refused.map(\.field) == ["takes_leads"])
    var rep = try await fixture.addMember("rep@acme.example", role: "rep")
    rep.role = "read_only"
    let changed = try await fixture.rpc.updateMember(
      UpdateMemberRequest(member: rep, updateMask: .init(paths: ["role"])),
      fixture.call(as: "operator")
    )
    #expect(changed.takesLeads == false)
  }

  @Test func `a member works in UTC unless said otherwise`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    var member = try await fixture.addMember("rep@acme.example")
    #expect(member.timeZone == "UTC")
    for (zone, kept) in [("Europe/Berlin", "Europe/Berlin"), ("", "UTC")] {
      member.timeZone = zone
      member.etag = nil
      member = try await fixture.rpc.updateMember(
        UpdateMemberRequest(member: member, updateMask: .init(paths: ["time_zone"])),
        fixture.call(as: "operator")
      )
      #expect(member.timeZone == kept)
    }
    let nowhere = Member(
      email: "ada@acme.example",
      displayName: "Ada",
      role: "rep",
      timeZone: "Mars/Base"
    )
    #expect(try await refusal(of: nowhere).map(\.field) == ["time_zone"])
  }

  @Test func `a cap of no leads a day is a cap`() async throws {
    let fixture = try await AccessFixture()
    try await fixture.makeOwner()
    let member = try await fixture.rpc.createMember(
      CreateMemberRequest(
        member: Member(
          email: "ada@acme.example",
          displayName: "Ada",
          role: "rep",
          dailyLeadCap: 0
        ),
        password: AccessFixture.password
      ),
      fixture.call(as: "operator")
    )
    #expect(member.dailyLeadCap == 0)
  }

  @Test(arguments: [
    ("123456789", false), ("äöüäöüäöü", false), ("1234567890", true),
    (String(repeating: "x", count: 1000), true), (String(repeating: "ä", count: 501), false),
  ])
  func `a password has at least 10 characters and at most 1000 bytes`(
    _ password: String,
    _ isRight: Bool
  ) {
    let rule = PasswordRules.violation(of: password, email: "ada@acme.example")
    #expect((rule == nil) == isRight)
  }

  @Test func `a password is not the e-mail address, in any case`() async throws {
    let violations = try await refusal("ADA@acme.example")
    #expect(violations.map(\.field) == ["password"])
    #expect(violations.first?.description.contains("e-mail address") == true)
  }
}

@Suite struct `Failed logins` {
  private let start = Timestamp(microseconds: 1_800_000_000_000_000)

  private func failures(_ count: Int) -> LoginFailures {
    (0..<count).reduce(LoginFailures(at: start)) { failures, _ in failures.failing(at: start) }
  }

  @Test func `delay the next attempt from the fifth on, at most for a quarter of an hour`() {
    #expect(failures(4).delay == .zero)
    #expect(!failures(4).areTooMany(at: start))
    #expect(failures(5).areTooMany(at: start))
    #expect(!failures(5).areTooMany(at: start + .seconds(1)))
    #expect(failures(14).delay == .seconds(512))
    #expect(failures(15).delay == .seconds(900))
    #expect(failures(10_000).delay == .seconds(900))
  }

  @Test func `count but delay nothing when the clock was set back behind them`() {
    let earlier = start - .seconds(24 * 3600)
    #expect(!failures(1).areTooMany(at: earlier))
    #expect(!failures(10).areTooMany(at: earlier))
    #expect(failures(10).failing(at: earlier).areTooMany(at: earlier))
  }

  @Test func `are counted anew once they are forgotten`() {
    let later = start + .seconds(24 * 3600)
    #expect(failures(10).failing(at: later) == LoginFailures(count: 1, lastTime: later))
  }

  @Test func `tell how long to wait`() {
    #expect(failures(15).secondsLeft(at: start + .milliseconds(60_500)) == 840)
  }
}
