import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore
package import RecordsAPI

/// How trends of a kind are made: from totals that are kept by day.
package struct TrendsShape: Sendable {
  /// The table of sums by the day on which records begin, and its column.
  let begun: (table: String, day: String)
  /// The table of sums by the day on which records end, and its columns for the day and the outcome; its number is the
  /// days in between.
  let ended: (table: String, day: String, outcome: String)
  /// The outcomes.
  let won: String
  let lost: String

  package init(
    begun: (table: String, day: String),
    ended: (table: String, day: String, outcome: String),
    won: String,
    lost: String
  ) {
    (self.begun, self.ended, self.won, self.lost) = (begun, ended, won, lost)
  }
}

extension Records {
  /// What was created and closed in consecutive periods, of the records that the caller may read.
  ///
  /// - Parameters:
  ///   - request: as it came.
  ///   - shape: how trends of the kind are made.
  ///   - tenant: the caller's.
  ///   - call: who asks.
  /// - Returns: the trends, of one state of the store.
  /// - Throws: INVALID_ARGUMENT naming `unit`, `until` or `periods`; PERMISSION_DENIED for a caller who
  ///   does not see the fields that they are made of.
  @LoopActor
  package func trends(
    _ request: TrendsRequest,
    _ shape: TrendsShape,
    _ tenant: ReportSettings,
    _ call: Call
  ) async throws -> TrendsResponse {
    let periods = try tenant.trendPeriods(request, at: store.clock.now)
    let gate = gate
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      var trends = Trends(periods, tenant)
      let begun = TotalsQuery(
        shape.begun.table,
        of: Record.schema,
        by: [shape.begun.day],
        within: [shape.begun.day: trends.days]
      )
      for (key, sums) in try transaction.totals(begun, in: scope) {
        trends.add(sums, on: key[0], to: \.created)
      }
      let ended = TotalsQuery(
        shape.ended.table,
        of: Record.schema,
        by: [shape.ended.day, shape.ended.outcome],
        where: [shape.ended.outcome: [.text(shape.won), .text(shape.lost)]],
        within: [shape.ended.day: trends.days]
      )
      for (key, sums) in try transaction.totals(ended, in: scope) {
        trends.add(sums, on: key[0], to: key[1] == .text(shape.won) ? \.won : \.lost)
      }
      return trends.response
    }
  }
}

extension ReportSettings {
  private static let mostPeriods: Int32 = 60

  /// The requested periods and the one before them, oldest first.
  fileprivate func trendPeriods(
    _ request: TrendsRequest,
    at now: Timestamp
  ) throws(MeshError) -> [FiscalPeriod] {
    guard let unit = FiscalPeriod.Unit(rawValue: request.unit.isEmpty ? "month" : request.unit),
      unit != .year
    else { throw .invalid("unit", "must be week, month or quarter") }
    guard (0...Self.mostPeriods).contains(request.periods) else {
      throw .invalid("periods", "must be 0 to \(Self.mostPeriods)")
    }
    let given = request.until.isEmpty ? nil : calendar.period(request.until)
    if !request.until.isEmpty, given?.unit != unit {
      throw .invalid("until", "must be a \(unit.rawValue), as 2026-W40, 2026-10 or 2026-Q4")
    }
    var periods = [given ?? calendar.period(unit, of: today(at: now))]
    for _ in 0..<(request.periods == 0 ? 12 : request.periods) {
      periods.append(calendar.period(before: periods[periods.count - 1]))
    }
    return periods.reversed()
  }
}

/// Trends while they are being made.
private struct Trends {
  /// What was created and closed in a period.
  struct Part {
    var created = TotalSums()
    var won = TotalSums()
    var lost = TotalSums()
  }

  /// All days that are counted.
  let days: ClosedRange<CalendarDate>
  private let periods: [FiscalPeriod]
  private let tenant: ReportSettings
  private var parts: [FiscalPeriod: Part] = [:]

  /// - Parameters:
  ///   - periods: of one kind and without a gap, oldest first; the first one serves only as comparison.
  ///   - tenant: the caller's.
  init(_ periods: [FiscalPeriod], _ tenant: ReportSettings) {
    (self.periods, self.tenant) = (periods, tenant)
    days = periods[0].start...periods[periods.count - 1].last
  }

  mutating func add(
    _ sums: TotalSums,
    on day: SQLValue,
    to part: WritableKeyPath<Part, TotalSums>
  ) {
    guard let day = CalendarDate(day.plainText) else { return }
    let period = tenant.calendar.period(periods[0].unit, of: day)
    parts[period, default: Part()][keyPath: part] += sums
  }

  var response: TrendsResponse {
    let pairs = zip(periods, periods.dropFirst())
    return TrendsResponse(
      unit: periods[0].unit.rawValue,
      periods: pairs.map { before, period in
        message(of: period, parts[period] ?? Part(), since: parts[before] ?? Part())
      }
    )
  }

  private func message(of period: FiscalPeriod, _ part: Part, since before: Part) -> TrendPeriod {
    TrendPeriod(
      period: period.name,
      startDate: period.start,
      endDate: period.last,
      created: part.created.message(tenant),
      won: part.won.message(tenant),
      lost: part.lost.message(tenant),
      winRate: part.tenthsWon.map(Self.decimal),
      meanSize: meanSize(of: part),
      cycleDays: part.tenthsOfDays.map(Self.decimal),
      change: TrendChange(
        created: (part.created - before.created).message(tenant),
        won: (part.won - before.won).message(tenant),
        lost: (part.lost - before.lost).message(tenant),
        winRate: Self.difference(part.tenthsWon, before.tenthsWon),
        meanSize: meanChange(meanSize(of: part), meanSize(of: before)),
        cycleDays: Self.difference(part.tenthsOfDays, before.tenthsOfDays)
      )
    )
  }

  private func meanSize(of part: Part) -> Money? {
    guard part.won.count > 0 else { return nil }
    return part.won.converted(to: tenant.currency, tenant.rates).amount.map {
      Money(
        amountMinor: $0.amountMinor.dividedAndRounded(by: part.won.count),
        currency: tenant.currency
      )
    }
  }

  private func meanChange(_ present: Money?, _ before: Money?) -> Money? {
    guard let present, let before else { return nil }
    // Amounts are not negative, so their difference fits.
    let minor = present.amountMinor - before.amountMinor
    return Money(amountMinor: minor, currency: tenant.currency)
  }

  private static func decimal(_ tenths: Int64) -> Double { Double(tenths) / 10 }

  private static func difference(_ tenths: Int64?, _ before: Int64?) -> Double? {
    tenths.flatMap { tenths in before.map { decimal(tenths - $0) } }
  }
}

extension Trends.Part {
  /// The win rate in tenths of a percent.
  fileprivate var tenthsWon: Int64? {
    let closed = won.count + lost.count
    return closed > 0 ? (1_000 * won.count).dividedAndRounded(by: closed) : nil
  }

  fileprivate var tenthsOfDays: Int64? {
    guard let days = won.number, won.count > 0 else { return nil }
    return (10 * days).dividedAndRounded(by: won.count)
  }
}
