import MeshCore
import Testing

@testable import TenantsService

@Suite struct `A subdomain` {
  @Test(arguments: ["acme", "a1b", "acme-2", "123", String(repeating: "x", count: 63)])
  func `is a label of lower-case letters, digits and hyphens`(_ text: String) {
    #expect(Subdomain(text)?.description == text)
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
    #expect(Subdomain(text) == nil)
    #expect(Subdomain.violation(of: text)?.contains(rule) == true)
  }

  @Test func `may have hyphens elsewhere`() {
    #expect(Subdomain("a--b") != nil)
    #expect(Subdomain("acme--eu") != nil)
  }
}

@Suite struct `The rules of tenants` {
  private func violations(_ draft: TenantDraft) -> [String] {
    do throws(TenantFault) {
      _ = try TenantProfile(draft)
      return []
    } catch {
      guard case .invalid(let violations) = error else { return [] }
      return violations.map(\.field)
    }
  }

  @Test func `settings have defaults`() throws {
    let profile = try TenantProfile(TenantDraft(subdomain: "acme", displayName: " Acme  Inc "))
    #expect(profile.displayName == "Acme Inc")
    #expect(
      profile.settings
        == TenantSettings(defaultRegion: "US", timeZone: "UTC", currency: .usd)
    )
  }

  @Test func `every broken rule is named at once, by its field in the request`() {
    let draft = TenantDraft(
      subdomain: "www",
      displayName: "",
      settings: SettingsDraft(defaultRegion: "XX", timeZone: "Mars/Base", currency: "dollar")
    )
    #expect(
      violations(draft) == [
        "tenant.subdomain", "tenant.display_name", "tenant.settings.default_region",
        "tenant.settings.time_zone", "tenant.settings.currency",
      ]
    )
  }

  @Test(arguments: ["us", "USA", "", "1!"])
  func `a region is two upper-case letters`(_ region: String) {
    let draft = TenantDraft(
      subdomain: "acme",
      displayName: "Acme",
      settings: SettingsDraft(defaultRegion: region)
    )
    #expect(violations(draft).isEmpty == region.isEmpty)
  }

  @Test(arguments: ["../../etc/passwd", "/etc/localtime", "Europe", "europe/berlin"])
  func `a time zone is one of the system's`(_ zone: String) {
    let draft = TenantDraft(
      subdomain: "acme",
      displayName: "Acme",
      settings: SettingsDraft(timeZone: zone)
    )
    #expect(violations(draft) == ["tenant.settings.time_zone"])
  }

  @Test func `a mask may name single settings, all of them, or everything`() throws {
    func fields(_ mask: [String]) throws -> Set<TenantField> {
      try TenantEdit(mask: mask, draft: TenantDraft(), etag: "").fields
    }
    #expect(try fields(["settings.currency"]) == [.currency])
    #expect(try fields(["settings"]) == [.defaultRegion, .timeZone, .currency])
    #expect(try fields(["*"]) == Set(TenantField.allCases))
    #expect(throws: TenantFault.self) { try fields([]) }
    #expect(throws: TenantFault.self) { try fields(["subdomain"]) }
    #expect(throws: TenantFault.self) { try fields(["settings.language"]) }
  }
}
