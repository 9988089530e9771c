package import MeshCore

/// The periods and the currency in which a tenant reports.
package struct ReportSettings: Sendable, Equatable {
  package let calendar: FiscalCalendar
  /// The time zone of the tenant's days.
  package let timeZone: TimeZone
  /// The currency that sums are converted to, and the rates.
  package let currency: CurrencyCode
  package let rates: [CurrencyCode: ExchangeRate]

  /// - Parameters:
  ///   - firstMonth: of the fiscal year, 1...12; nil for January.
  ///   - timeZone: its name; UTC for one that the system does not know.
  ///   - currency: its code; USD for one that does not exist.
  ///   - rates: the value of a unit of each currency; unreadable ones are left out.
  package init(
    firstMonth: Int32?,
    timeZone: String,
    currency: String,
    rates: [(currency: String, rate: String)]
  ) {
    calendar = FiscalCalendar(firstMonth: Int(firstMonth ?? 1))
    self.timeZone = TimeZone(timeZone) ?? .utc
    self.currency = CurrencyCode(currency) ?? .usd
    var known: [CurrencyCode: ExchangeRate] = [:]
    for entry in rates {
      if let code = CurrencyCode(entry.currency), let rate = ExchangeRate(entry.rate) {
        known[code] = rate
      }
    }
    self.rates = known
  }

  /// The tenant's day.
  package func today(at now: Timestamp) -> CalendarDate { timeZone.date(at: now) }
}
