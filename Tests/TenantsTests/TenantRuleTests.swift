import MeshCore
import MeshProto
import MeshRecords
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `A subdomain` {
  @Test(arguments: ["acme", "a1b", "acme-2", "123", String(repeating: "x", count: 63)])
  func `is a label of lower-case letters, digits and hyphens`(_ text: String) {
    #expect(Subdomain.violation(of: text) == nil)
  }

  @Test(arguments: [
    ("", "characters"), ("ab", "characters"), (String(repeating: "x", count: 64), "characters"),
    ("Acme", "lower-case"), ("acme.eu", "lower-case"), ("ac me", "lower-case"),
    ("acmé", "lower-case"), ("acme\n", "lower-case"), ("a_b", "lower-case"),
    ("-acme", "begin or end"), ("acme-", "begin or end"), ("xn--acme", "third and fourth"),
    ("ab--cd", "third and fourth"), ("www", "reserved"), ("api", "reserved"),
    ("admin", "reserved"), ("app", "reserved"), ("mail", "reserved"), ("static", "reserved"),
    ("status", "reserved"), ("support", "reserved"), ("gateway", "reserved"),
    ("localhost", "reserved"),
  ])
  func `is refused with the rule it breaks`(_ text: String, _ rule: String) {
    #expect(Subdomain.violation(of: text)?.contains(rule) == true)
  }

  @Test func `may have hyphens elsewhere`() {
    #expect(Subdomain.violation(of: "a--b") == nil)
    #expect(Subdomain.violation(of: "acme--eu") == nil)
  }
}

@Suite struct `The rules of tenants` {
  private func tenant(_ settings: TenantSettings) -> Tenant {
    Tenant(subdomain: "acme", displayName: "Acme", settings: settings)
  }

  private func violations(_ draft: Tenant) -> [String] {
    do throws(MeshError) {
      _ = try Tenant(checking: draft)
      return []
    } catch {
      return error.violations.map(\.field)
    }
  }

  @Test func `settings have defaults`() throws {
    let tenant = try Tenant(checking: Tenant(subdomain: "acme", displayName: " Acme  Inc "))
    #expect(tenant.displayName == "Acme Inc")
    #expect(tenant.state == .active)
    #expect(
      tenant.settings
        == TenantSettings(
          defaultRegion: "US",
          timeZone: "UTC",
          currency: "USD",
          sessionIdleMinutes: 60,
          locale: "en",
          fiscalYearStartMonth: 1,
          bantMinimum: 60,
          riskMediumFrom: 31,
          riskHighFrom: 61,
          conversionScore: 71,
          overdueEscalationHours: 24
        )
    )
  }

  @Test(arguments: [(4, false), (5, true), (1_440, true), (1_441, false), (0, false), (-5, false)])
  func `a session may be idle for 5 minutes to a day`(_ minutes: Int32, _ isRight: Bool) {
    let found = violations(tenant(TenantSettings(sessionIdleMinutes: minutes)))
    #expect(found == (isRight ? [] : ["settings.session_idle_minutes"]))
  }

  @Test func `what the server sets is not taken from a draft`() throws {
    var draft = tenant(TenantSettings())
    draft.state = .suspended
    draft.createdBy = "me"
    let checked = try Tenant(checking: draft)
    #expect(checked.state == .active)
    #expect(checked.createdBy.isEmpty)
  }

  @Test func `every broken rule is named at once, by its field`() {
    let draft = Tenant(
      subdomain: "www",
      displayName: "",
      settings: TenantSettings(defaultRegion: "XX", timeZone: "Mars/Base", currency: "dollar")
    )
    #expect(
      violations(draft) == [
        "display_name", "settings.time_zone", "subdomain", "settings.default_region",
        "settings.currency",
      ]
    )
  }

  @Test(arguments: ["us", "USA", "", "1!"])
  func `a region is two upper-case letters`(_ region: String) {
    let isRight = violations(tenant(TenantSettings(defaultRegion: region))).isEmpty
    #expect(isRight == region.isEmpty)
  }

  @Test(arguments: ["../../etc/passwd", "/etc/localtime", "Europe", "europe/berlin"])
  func `a time zone is one of the system's`(_ zone: String) {
    #expect(violations(tenant(TenantSettings(timeZone: zone))) == ["settings.time_zone"])
  }

  @Test func `a name that is reserved later stays its tenant's`() {
    var held = Tenant(subdomain: "www", displayName: "Held")
    var check = FieldCheck()
    TenantRules().prepare(&held, before: held, &check)
    #expect(check.violations.isEmpty)
  }
}
