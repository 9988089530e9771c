import MeshCore
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `A tenant's calendar` {
  private func checked(_ settings: TenantSettings) throws(MeshError) -> TenantSettings {
    let draft = Tenant(subdomain: "acme", displayName: "Acme", settings: settings)
    return try Tenant(checking: draft).settingsParts
  }

  private func violations(_ settings: TenantSettings) -> [String] {
    do throws(MeshError) {
      _ = try checked(settings)
      return []
    } catch {
      return error.violations.map(\.field)
    }
  }

  private func hours(_ weekday: String, _ start: String, _ end: String) -> BusinessHours {
    BusinessHours(weekday: weekday, startTime: start, endTime: end)
  }

  private func holiday(_ date: String, _ name: String) -> Holiday {
    Holiday(date: CalendarDate(date), name: name)
  }

  @Test(arguments: [
    ("en", true), ("de-CH", true), ("zh-Hant-TW", true), ("es-419", true), ("fil", true),
    ("EN", false), ("de_CH", false), ("german", false), ("de-ch", false), ("e", false),
    ("de-", false), ("de-CH-x", false), ("zh-hant", false), ("dé", false),
  ])
  func `is written in the way of a language and a region`(_ locale: String, _ isRight: Bool) {
    let found = violations(TenantSettings(locale: locale))
    #expect(found == (isRight ? [] : ["settings.locale"]))
  }

  @Test(arguments: [(0, false), (1, true), (12, true), (13, false), (-1, false)])
  func `has a fiscal year that begins with a month`(_ month: Int32, _ isRight: Bool) {
    let found = violations(TenantSettings(fiscalYearStartMonth: month))
    #expect(found == (isRight ? [] : ["settings.fiscal_year_start_month"]))
  }

  @Test func `keeps business hours from Monday on, and holidays by date`() throws {
    let settings = TenantSettings(
      businessHours: [
        hours("sunday", "10:00", "24:00"), hours("monday", "13:30", "18:00"),
        hours("monday", "00:00", "12:00"), hours("monday", "12:00", "13:30"),
      ],
      holidays: [holiday("2027-01-01", " New  Year "), holiday("2026-12-25", "Christmas Day")]
    )
    let kept = try checked(settings)
    #expect(kept.businessHours.map(\.startTime) == ["00:00", "12:00", "13:30", "10:00"])
    #expect(kept.businessHours.map(\.weekday) == ["monday", "monday", "monday", "sunday"])
    #expect(kept.holidays.map(\.name) == ["Christmas Day", "New Year"])
    #expect(kept.holidays.map { $0.date?.description } == ["2026-12-25", "2027-01-01"])
  }

  @Test(arguments: [
    ("Monday", "09:00", "17:00"), ("", "09:00", "17:00"), ("monday", "9:00", "17:00"),
    ("monday", "09:00", "24:01"), ("monday", "09:60", "17:00"), ("monday", "17:00", "09:00"),
    ("monday", "09:00", "09:00"), ("monday", "", "17:00"), ("monday", "09-00", "17:00"),
    ("monday", "０9:00", "17:00"),
  ])
  func `has no hours but those of a weekday, from a time to a later one`(
    _ weekday: String,
    _ start: String,
    _ end: String
  ) {
    let settings = TenantSettings(businessHours: [hours(weekday, start, end)])
    #expect(violations(settings) == ["settings.business_hours"])
  }

  @Test func `has at most four entries of a weekday, which do not overlap`() {
    let four = ["00", "02", "04", "06"].map { hours("friday", "\($0):00", "\($0):30") }
    #expect(violations(TenantSettings(businessHours: four)) == [])
    let five = four + [hours("friday", "08:00", "09:00")]
    #expect(violations(TenantSettings(businessHours: five)) == ["settings.business_hours"])
    let twice = [hours("friday", "09:00", "12:00"), hours("friday", "11:59", "13:00")]
    #expect(violations(TenantSettings(businessHours: twice)) == ["settings.business_hours"])
  }

  @Test func `has at most 500 holidays, each a date with a name and no date twice`() {
    let days = (0..<500).map { number in
      Holiday(
        date: CalendarDate(year: 2000 + number / 28, month: 2, day: number % 28 + 1),
        name: "Day \(number)"
      )
    }
    #expect(violations(TenantSettings(holidays: days)) == [])
    for wrong in [
      days + [holiday("2026-12-25", "One more")],
      [holiday("2026-12-25", "Once"), holiday("2026-12-25", "Twice")],
      [holiday("2026-12-25", " ")], [holiday("2026-02-30", "Never")],
      [holiday("2026-12-25", String(repeating: "n", count: 101))],
    ] {
      #expect(violations(TenantSettings(holidays: wrong)) == ["settings.holidays"])
    }
  }

  @Test func `is changed part by part, and read again as it was set`() async throws {
    let fixture = try TenantsFixture()
    let acme = try await fixture.create()
    let call = fixture.memberCall(acme)
    func update(_ settings: TenantSettings, _ paths: [String]) async throws -> Tenant {
      try await fixture.rpc.updateOwnTenant(
        UpdateOwnTenantRequest(tenant: Tenant(settings: settings), updateMask: .init(paths: paths)),
        call
      )
    }
    let week = [hours("monday", "09:00", "17:00"), hours("tuesday", "09:00", "17:00")]
    let day = [holiday("2026-12-25", "Christmas Day")]
    _ = try await update(TenantSettings(businessHours: week), ["settings.business_hours"])
    _ = try await update(TenantSettings(holidays: day), ["settings.holidays"])
    let changed = try await update(
      TenantSettings(locale: "de-CH", fiscalYearStartMonth: 4),
      ["settings.locale", "settings.fiscal_year_start_month"]
    )
    #expect(
      changed.settings
        == TenantSettings(
          defaultRegion: "US",
          timeZone: "UTC",
          currency: "USD",
          sessionIdleMinutes: 60,
          locale: "de-CH",
          fiscalYearStartMonth: 4,
          businessHours: week,
          holidays: day,
          bantMinimum: 60,
          riskMediumFrom: 31,
          riskHighFrom: 61,
          conversionScore: 71,
          overdueEscalationHours: 24
        )
    )
    #expect(try await fixture.rpc.getOwnTenant(GetOwnTenantRequest(), call) == changed)
    #expect(try await fixture.tenant() == changed)
    let emptied = try await update(TenantSettings(), ["settings.business_hours"])
    #expect(emptied.settingsParts.businessHours.isEmpty && emptied.settingsParts.holidays == day)
    let reader = fixture.memberCall(acme, roles: ["rep"])
    let refused = await refusal {
      _ = try await fixture.rpc.updateOwnTenant(
        UpdateOwnTenantRequest(
          tenant: Tenant(settings: TenantSettings(locale: "fr")),
          updateMask: .init(paths: ["settings.locale"])
        ),
        reader
      )
    }
    #expect(refused?.code == .permissionDenied)
  }
}
