import MeshCore
import Testing

@testable import AccessService

@Suite struct `The rules of members` {
  private let draft = MemberDraft(email: "ada@acme.example", displayName: "Ada", role: "rep")

  private func violations(
    _ password: String = "long enough password",
    _ change: (inout MemberDraft) -> Void = { _ in }
  ) -> [FieldViolation] {
    var draft = draft
    change(&draft)
    do throws(MemberFault) {
      _ = try NewMember(draft, password: password)
      return []
    } catch {
      guard case .invalid(let violations) = error else { return [] }
      return violations
    }
  }

  @Test func `every broken rule is named at once, by its field in the request`() {
    let fields = violations("short") {
      $0 = MemberDraft(email: "ada", displayName: " ", role: "owner", dailyLeadCap: -1)
    }.map(\.field)
    #expect(
      fields == [
        "member.email", "member.display_name", "member.role", "member.daily_lead_cap", "password",
      ]
    )
  }

  @Test func `new leads go to reps unless said otherwise`() throws {
    for role in MemberRole.allCases {
      var draft = draft
      draft.role = role.rawValue
      #expect(try MemberProfile(draft).takesLeads == (role == .rep))
      draft.takesLeads = true
      #expect(try MemberProfile(draft).takesLeads)
    }
  }

  @Test func `a cap of no leads a day is a cap`() throws {
    var draft = draft
    draft.dailyLeadCap = 0
    #expect(try MemberProfile(draft).dailyLeadCap == 0)
  }

  @Test func `a password has at least 10 characters and at most 1000 bytes`() {
    #expect(violations("123456789").map(\.field) == ["password"])
    #expect(violations("äöüäöüäöü").map(\.field) == ["password"])
    #expect(violations("1234567890").isEmpty)
    #expect(violations(String(repeating: "x", count: 1000)).isEmpty)
    #expect(violations(String(repeating: "ä", count: 501)).map(\.field) == ["password"])
  }

  @Test func `a password is not the e-mail address, in any case`() {
    #expect(violations("ADA@acme.example").first?.description.contains("e-mail address") == true)
  }

  @Test func `an empty mask and unknown paths are refused`() {
    #expect(throws: MemberFault.self) { try MemberEdit(mask: [], draft: draft, etag: "") }
    let fault = #expect(throws: MemberFault.self) {
      try MemberEdit(mask: ["email", "role", "owner"], draft: draft, etag: "")
    }
    guard case .unknownFields(let violations) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(violations.count == 2)
    #expect(violations.allSatisfy { $0.field == "update_mask" })
  }
}

@Suite struct `Failed logins` {
  private let start = Timestamp(microseconds: 1_800_000_000_000_000)

  private func failures(_ count: Int) -> LoginFailures {
    (0..<count).reduce(LoginFailures(at: start)) { failures, _ in failures.failing(at: start) }
  }

  @Test func `are too many from the tenth on, for a quarter of an hour`() {
    #expect(!failures(9).areTooMany(at: start))
    #expect(failures(10).areTooMany(at: start))
    #expect(failures(10).areTooMany(at: start + .seconds(899)))
    #expect(!failures(10).areTooMany(at: start + .seconds(900)))
  }

  @Test func `are counted anew once they are forgotten`() {
    let later = start + .seconds(900)
    #expect(failures(10).failing(at: later) == LoginFailures(count: 1, firstTime: later))
  }

  @Test func `tell how long to wait`() {
    #expect(failures(10).secondsLeft(at: start + .seconds(60)) == 840)
  }
}
