import MeshCore
import MeshProto
import TenantsAPI
import Testing

@testable import TenantsService

@Suite struct `A tenant's exchange rates` {
  private func checked(_ rates: [(String, String)]) throws(MeshError) -> [String] {
    let entries = rates.map { TenantsAPI.ExchangeRate(currency: $0, rate: $1) }
    let settings = TenantSettings(exchangeRates: entries)
    let draft = Tenant(subdomain: "acme", displayName: "Acme", settings: settings)
    let kept = try Tenant(checking: draft).settingsParts.exchangeRates
    return kept.map { "\($0.currency) \($0.rate)" }
  }

  private func violations(_ rates: [(String, String)]) -> [FieldViolation] {
    do throws(MeshError) {
      _ = try checked(rates)
      return []
    } catch {
      return error.violations
    }
  }

  @Test func `are kept in the order of their codes`() throws {
    #expect(try checked([("USD", "0.9"), ("chf", "1.05")]) == ["CHF 1.05", "USD 0.9"])
    #expect(try checked([]) == [])
  }

  @Test func `name each currency once, with a decimal above 0`() {
    for wrong in [[("EURO", "1")], [("EUR", "0")], [("EUR", "")], [("EUR", "1"), ("eur", "2")]] {
      #expect(violations(wrong).map(\.field) == ["settings.exchange_rates"], "\(wrong)")
    }
    let many = (0..<201).map { _ in ("EUR", "1") }
    #expect(violations(many).map(\.description) == ["must be at most 200"])
  }
}
