import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore
package import RecordsAPI

extension Records {
  /// Counts and sums of the records that the caller may read.
  ///
  /// - Throws: INVALID_ARGUMENT naming `filter`, `group_by` or `sum`.
  @LoopActor
  package func aggregate(
    _ request: AggregateRequest,
    _ call: Call
  ) async throws -> AggregateResponse {
    let (gate, schema) = (gate, schema(call.tenant))
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      let query = try AggregateQuery(
        schema,
        groupBy: request.groupBy,
        sum: request.sum,
        visible: scope.visible
      )
      let filter = try schema.filter(request.filter, visible: scope.visible)
      var aggregate = Aggregate(
        query,
        schema,
        of: try transaction.source(of: filter, in: scope),
        transaction
      )
      return try aggregate.response()
    }
  }
}

/// The groups of a query as the store yields them.
private struct Aggregate {
  static let mostGroups = 1_000
  /// Sums of amounts over all groups and currencies.
  static let mostAmounts = 10_000

  private let query: AggregateQuery
  private let schema: RecordSchema
  private let source: RecordSource
  private let transaction: ReadTransaction
  private var groups: [AggregateGroup] = []
  private var places: [[SQLValue]: Int] = [:]
  private var amounts = 0

  init(
    _ query: AggregateQuery,
    _ schema: RecordSchema,
    of source: RecordSource,
    _ transaction: ReadTransaction
  ) {
    self.query = query
    self.schema = schema
    self.source = source
    self.transaction = transaction
  }

  mutating func response() throws -> AggregateResponse {
    let isMore = try count()
    for field in query.sums {
      switch field.type {
      case .money: try addAmounts(of: field)
      default: try addNumbers(of: field)
      }
    }
    return AggregateResponse(groups: groups, moreGroups: isMore)
  }

  /// Makes the groups with their counts.
  ///
  /// - Returns: whether there are more groups than were made.
  private mutating func count() throws -> Bool {
    var isMore = false
    try transaction.forEach(
      """
      SELECT \(query.keyColumns) count(*) AS group_size FROM \(source.tables) WHERE \(source.condition)
      \(query.grouping()) ORDER BY group_size DESC\(query.order) LIMIT \(Self.mostGroups + 1)
      """
    ) { row in
      guard groups.count < Self.mostGroups else {
        isMore = true
        return false
      }
      let key = try query.keys.map { _ in try row.next(SQLValue.self) }
      places[key] = groups.count
      groups.append(AggregateGroup(keys: query.text(of: key), count: try row.next()))
      return true
    }
    return isMore
  }

  /// Adds the sums of a field with numbers, if any.
  private mutating func addNumbers(of field: RecordField) throws {
    let column = field.column(schema)
    // A tenant's own numbers are stored as JSON, even whole ones.
    let isWhole = field.type == .integer && field.customKey == nil
    let sums: SQL = isWhole ? Self.halves(of: column) : "sum(\(column))"
    try transaction.forEach(
      """
      SELECT \(query.keyColumns) \(sums) FROM \(source.tables)
      WHERE \(source.condition) AND \(column) IS NOT NULL \(query.grouping())
      """
    ) { row in
      let place = places[try query.keys.map { _ in try row.next(SQLValue.self) }]
      var sum = AggregateSum(field: field.name)
      if isWhole {
        switch try Self.whole(&row) {
        case .fits(let whole): sum.integer = whole
        case .tooLarge: sum.tooLarge = true
        case nil: break
        }
      } else {
        sum.decimal = try row.next(Double?.self)
      }
      // Without groups there is a row even if no record has a number.
      if let place, sum.tooLarge || sum.integer != nil || sum.decimal != nil {
        groups[place].sums.append(sum)
      }
      return true
    }
  }

  /// Adds the sums of a field with amounts, by currency.
  private mutating func addAmounts(of field: RecordField) throws {
    let currency = field.column(schema, "_currency")
    try transaction.forEach(
      """
      SELECT \(query.keyColumns) \(currency), \(Self.halves(of: field.column(schema, "_minor")))
      FROM \(source.tables) WHERE \(source.condition) AND \(currency) IS NOT NULL
      \(query.grouping(and: 1)) ORDER BY \(currency)
      """
    ) { row in
      let place = places[try query.keys.map { _ in try row.next(SQLValue.self) }]
      let currency = CurrencyCode(try row.next(String.self))
      guard let place, let currency, let whole = try Self.whole(&row) else { return true }
      amounts += 1
      guard amounts <= Self.mostAmounts else {
        throw MeshError.invalid(
          "group_by",
          "must give at most \(Self.mostAmounts) sums of amounts; filter, or group by fewer fields"
        )
      }
      var sum = AggregateSum(field: field.name)
      switch whole {
      case .fits(let minor): sum.money = Money(amountMinor: minor, currency: currency)
      case .tooLarge:
        sum.money = Money(amountMinor: 0, currency: currency)
        sum.tooLarge = true
      }
      groups[place].sums.append(sum)
      return true
    }
  }

  /// A column's sum in two parts, neither of which can overflow.
  private static func halves(of column: SQL) -> SQL {
    "sum(\(column) >> 32), sum(\(column) & 4294967295)"
  }

  private enum Whole {
    case fits(Int64)
    case tooLarge
  }

  /// The sum that `halves` gave; nil for a sum of nothing.
  private static func whole(_ row: inout Row) throws -> Whole? {
    let (high, low) = (try row.next(Int64?.self), try row.next(Int64?.self))
    guard let high, let low else { return nil }
    return Int64(exactly: Int128(high) << 32 + Int128(low)).map(Whole.fits) ?? .tooLarge
  }
}
