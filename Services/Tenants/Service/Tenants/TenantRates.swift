import MeshCore
import TenantsAPI

// The value of other currencies in a tenant's own.
extension TenantSettings {
  private static let mostRates = 200

  /// Normalizes, checks and sorts the exchange rates.
  ///
  /// - Returns: the rule that they break; nil when they break none.
  mutating func prepareRates() -> String? {
    guard exchangeRates.count <= Self.mostRates else { return "must be at most \(Self.mostRates)" }
    var rates: [String: TenantsAPI.ExchangeRate] = [:]
    for rate in exchangeRates {
      guard let code = CurrencyCode(rate.currency.uppercased())?.text else {
        return "must have currencies of ISO 4217 such as EUR"
      }
      guard MeshCore.ExchangeRate(rate.rate) != nil else {
        return "must have rates above 0 such as 1.0842, with at most 9 digits on either side"
      }
      var named = rate
      named.currency = code
      if rates.updateValue(named, forKey: code) != nil { return "must have each currency once" }
    }
    exchangeRates = rates.sorted { $0.key < $1.key }.map(\.value)
    return nil
  }

  /// The rule that rates break if they stay although the tenant's currency changes.
  ///
  /// - Returns: nil when they break none.
  func ruleOfRates(before: TenantSettings) -> String? {
    let isOther = currency != before.currency
    guard isOther, !exchangeRates.isEmpty, exchangeRates == before.exchangeRates else { return nil }
    return "must be given in \(currency), or emptied; they are in \(before.currency)"
  }
}
