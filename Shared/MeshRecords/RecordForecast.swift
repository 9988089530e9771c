import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore
package import RecordsAPI

/// How a kind is forecast: by kept totals, whose keys have the month of the day by which a
/// record counts.
package struct ForecastShape: Sendable {
  /// Where the totals are kept as they were on earlier days.
  package let snapshots: TotalsSnapshots
  /// The column of the category.
  let category: String
  /// The categories that count, in the order of the response.
  let categories: [String]

  package init(_ snapshots: TotalsSnapshots, by category: String, _ categories: [String]) {
    (self.snapshots, self.category, self.categories) = (snapshots, category, categories)
  }
}

extension Records {
  /// What the records that the caller may read are expected to bring, and what has changed.
  ///
  /// Added up from kept totals: no record is read except those that the caller has only by a share.
  ///
  /// - Parameters:
  ///   - request: as it came.
  ///   - shape: how the kind is forecast.
  ///   - tenant: the caller's.
  ///   - call: who asks.
  /// - Returns: the forecast, of one state of the store.
  /// - Throws: INVALID_ARGUMENT naming `period`, `group_by` or `since`; PERMISSION_DENIED for a caller who
  ///   does not see the fields that it is made of.
  @LoopActor
  package func forecast(
    _ request: ForecastRequest,
    _ shape: ForecastShape,
    _ tenant: ReportSettings,
    _ call: Call
  ) async throws -> ForecastResponse {
    let period = try tenant.forecastPeriod(request.period, at: store.clock.now)
    let query = try ForecastQuery(shape, Record.schema, by: request.groupBy, period)
    let (gate, since) = (gate, request.since)
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      var forecast = Forecast(query, tenant, try transaction.totals(query.totals, in: scope))
      var day: CalendarDate?
      if let since {
        guard let found = try transaction.snapshotDay(upTo: since, shape.snapshots) else {
          throw MeshError.invalid("since", "must not be before the first day with a snapshot")
        }
        day = found
        let snapshot = (tables: shape.snapshots, day: found)
        let present = try transaction.keptTotals(query.totals, in: scope)
        forecast.compare(
          present,
          with: try transaction.keptTotals(query.totals, of: snapshot, in: scope)
        )
      }
      return forecast.response(period, day)
    }
  }
}

extension ReportSettings {
  fileprivate func forecastPeriod(
    _ text: String,
    at now: Timestamp
  ) throws(MeshError) -> FiscalPeriod {
    if text.isEmpty { return calendar.period(.quarter, of: today(at: now)) }
    guard let period = calendar.period(text), period.unit != .week else {
      throw .invalid(
        "period",
        "must be a fiscal quarter, year or month, such as 2026-Q4, 2026 or 2026-10"
      )
    }
    return period
  }
}

/// What a request asks of a forecast.
private struct ForecastQuery: Sendable {
  private static let mostKeys = 2

  let shape: ForecastShape
  let totals: TotalsQuery
  /// What records are grouped by: fields, nil for the month, and their places among the keys of the totals.
  let asked: [(field: RecordField?, place: Int)]

  init(
    _ shape: ForecastShape,
    _ schema: RecordSchema,
    by text: String,
    _ period: FiscalPeriod
  ) throws(MeshError) {
    let table = shape.snapshots.totals
    guard let kept = schema.totals.first(where: { $0.table == table }),
      let month = kept.keys.first(where: \.isMonth)
    else { preconditionFailure("\(schema.object) has no totals \(table) by a month") }
    let names = ["month": month.column, "category": shape.category, "member": "owner_id"]
    var terms: [(field: RecordField?, column: String)] = []
    for term in text.split(separator: ",") {
      let name = term.filter { $0 != " " }
      let column = names[name] ?? name + "_id"
      guard let key = kept.keys.first(where: { $0.column == column }),
        !terms.contains(where: { $0.column == column }), terms.count < Self.mostKeys
      else {
        throw .invalid(
          "group_by",
          "must name up to \(Self.mostKeys) of owner, team, pipeline, month and category, each once"
        )
      }
      terms.append((field: key.isMonth ? nil : schema[key.field], column: column))
    }
    // The category is the last key of the totals, requested or not.
    let columns = terms.map { $0.column }.filter { $0 != shape.category } + [shape.category]
    self.shape = shape
    asked = terms.map { (field: $0.field, place: columns.firstIndex(of: $0.column) ?? 0) }
    totals = TotalsQuery(
      table,
      of: schema,
      by: columns,
      where: [
        month.column: period.months.map { SQLValue.text($0) },
        shape.category: shape.categories.map { SQLValue.text($0) },
      ]
    )
  }

  func keys(of group: [SQLValue]) -> [String] {
    asked.map { field, place in field?.text(of: group[place]) ?? group[place].plainText }
  }
}

/// A forecast while it is being made.
private struct Forecast {
  private static let mostGroups = 1_000

  /// Sums by category.
  private struct Group {
    var present: [String: TotalSums] = [:]
    var change: [String: TotalSums] = [:]
  }

  private let query: ForecastQuery
  private let tenant: ReportSettings
  private var groups: [[String]: Group] = [:]
  private var total = Group()
  private var isCompared = false

  /// - Parameters:
  ///   - query: what is requested.
  ///   - tenant: the caller's.
  ///   - sums: the present ones.
  init(_ query: ForecastQuery, _ tenant: ReportSettings, _ sums: [[SQLValue]: TotalSums]) {
    (self.query, self.tenant) = (query, tenant)
    for (key, sums) in sums { add(sums, of: key, to: \.present) }
  }

  /// Adds what has changed.
  ///
  /// - Parameters:
  ///   - present: the present totals.
  ///   - past: the totals of the earlier day.
  mutating func compare(_ present: [[SQLValue]: TotalSums], with past: [[SQLValue]: TotalSums]) {
    isCompared = true
    for (key, sums) in present { add(sums, of: key, to: \.change) }
    for (key, sums) in past { add(TotalSums() - sums, of: key, to: \.change) }
  }

  private mutating func add(
    _ sums: TotalSums,
    of key: [SQLValue],
    to part: WritableKeyPath<Group, [String: TotalSums]>
  ) {
    let category = key.last?.plainText ?? ""
    total[keyPath: part][category, default: TotalSums()] += sums
    groups[query.keys(of: key), default: Group()][keyPath: part][category, default: TotalSums()] +=
      sums
  }

  func response(_ period: FiscalPeriod, _ day: CalendarDate?) -> ForecastResponse {
    let keys = query.asked.isEmpty ? [] : groups.keys.sorted { $0.lexicographicallyPrecedes($1) }
    var shown: [ForecastGroup] = []
    var room = PageRequest.mostBytes
    for key in keys.prefix(Self.mostGroups) {
      let group = message(of: groups[key] ?? Group(), key)
      room -= group.wireBytes().count
      if room < 0 { break }
      shown.append(group)
    }
    return ForecastResponse(
      period: period.name,
      startDate: period.start,
      endDate: period.last,
      total: message(of: total, []),
      groups: shown,
      moreGroups: keys.count > shown.count,
      snapshotDate: day
    )
  }

  private func message(of group: Group, _ keys: [String]) -> ForecastGroup {
    func all(_ sums: [String: TotalSums]) -> RecordSums {
      var all = TotalSums()
      for sum in sums.values { all += sum }
      return all.message(tenant)
    }
    return ForecastGroup(
      keys: keys,
      categories: query.shape.categories.map { category in
        let change = group.change[category] ?? TotalSums()
        return ForecastCategory(
          category: category,
          sums: (group.present[category] ?? TotalSums()).message(tenant),
          change: isCompared ? change.message(tenant) : nil
        )
      },
      all: all(group.present),
      allChange: isCompared ? all(group.change) : nil
    )
  }
}
