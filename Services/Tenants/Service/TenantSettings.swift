import MeshCore
import MeshPhone

/// What the services take for granted in a tenant.
struct TenantSettings: Sendable, Equatable {
  /// Region of phone numbers without a country code, ISO 3166-1 alpha-2 in upper case.
  let defaultRegion: String
  /// IANA time zone in which days begin.
  let timeZone: String
  /// Currency of amounts without one.
  let currency: CurrencyCode
}

/// Settings as somebody wants them, unchecked; an empty text asks for the default.
struct SettingsDraft: Sendable, Equatable {
  var defaultRegion = ""
  var timeZone = ""
  var currency = ""
}

extension SettingsDraft {
  init(_ settings: TenantSettings) {
    self.init(
      defaultRegion: settings.defaultRegion,
      timeZone: settings.timeZone,
      currency: settings.currency.text
    )
  }
}

extension TenantSettings {
  static let standard = TenantSettings(defaultRegion: "US", timeZone: "UTC", currency: .usd)

  /// Checks a draft.
  ///
  /// - Returns: the settings; nil when rules are broken, which are added to `violations`, fields named
  ///   as in a request's `tenant`.
  static func checked(
    _ draft: SettingsDraft,
    _ violations: inout [FieldViolation]
  ) -> TenantSettings? {
    func refuse(_ field: String, _ rule: String) {
      violations.append(FieldViolation(field: "tenant.settings." + field, description: rule))
    }
    let region = draft.defaultRegion.isEmpty ? standard.defaultRegion : draft.defaultRegion
    let isRegion = PhoneRegions.isKnown(region)
    if !isRegion {
      refuse("default_region", "must be a region of ISO 3166-1 such as DE, with phone numbers")
    }
    let zone = draft.timeZone.isEmpty ? TimeZone.utc : TimeZone(draft.timeZone)
    if zone == nil { refuse("time_zone", "must be an IANA time zone such as Europe/Berlin") }
    let currency = draft.currency.isEmpty ? standard.currency : CurrencyCode(draft.currency)
    if currency == nil { refuse("currency", "must be a currency of ISO 4217 such as EUR") }
    guard isRegion, let zone, let currency else { return nil }
    return TenantSettings(defaultRegion: region, timeZone: zone.name, currency: currency)
  }
}
