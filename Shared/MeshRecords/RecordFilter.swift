import CEL
import MeshAccess
import MeshCore
import MeshProto
import MeshStore

// Conditions are evaluated only on records in the caller's scope: on others, they would take time that reveals
// something of these. If a caller has few records, they are looked up and then checked against the condition; if many,
// each record on the way is checked against the scope first, and then against the condition.

/// The condition that a request has for records.
struct RecordFilter {
  var condition: SQL = "TRUE"
  /// Pieces of words that the search index has for every record that meets the condition.
  var pieces: [String] = []

  /// Whether it holds for all records.
  var isEmpty: Bool { condition == "TRUE" }
}

/// The condition of a list.
struct ListFilter {
  /// For few records.
  var few: SQL = "TRUE"
  /// The same for going through many records in the order of a field.
  var many: SQL = "TRUE"
  /// Its part that bounds that order.
  var range: SQL = "TRUE"
  /// As `RecordFilter.pieces`.
  var pieces: [String] = []
  /// Ids that every record that meets it has, and in which fields.
  var ids: [(field: RecordField, id: TypeID)] = []

  /// Asks for more.
  mutating func add(_ condition: SQL) {
    if condition == "TRUE" { return }
    few = [few, condition].allHold
    many = [many, condition].allHold
  }
}

extension RecordSchema {
  /// Of the 10,000 characters that a condition may have.
  static var mostFilterBytes: Int { 40_000 }

  /// The filter of a text; one that holds for all when there is none.
  ///
  /// - Throws: INVALID_ARGUMENT (INVALID_FILTER) naming `filter`.
  func filter(_ text: String, visible: FieldSet) throws(MeshError) -> RecordFilter {
    guard let (conditions, expression) = try compiled(text, visible: visible) else {
      return RecordFilter()
    }
    return RecordFilter(
      condition: try conditions.sql(expression),
      pieces: conditions.pieces(of: expression)
    )
  }

  /// As `filter`, and the same for going through records in the order of a field.
  func filter(
    _ text: String,
    along field: String,
    visible: FieldSet
  ) throws(MeshError) -> ListFilter {
    guard let (conditions, expression) = try compiled(text, visible: visible) else {
      return ListFilter()
    }
    return ListFilter(
      few: try conditions.sql(expression),
      many: try conditions.sql(expression, along: field),
      range: try conditions.range(of: expression, along: field),
      pieces: conditions.pieces(of: expression),
      ids: conditions.ids(of: expression)
    )
  }

  /// The fields that a filter names which can be read; none of one that is no filter.
  func fields(of filter: String, visible: FieldSet) -> [RecordField] {
    guard let found = try? compiled(filter, visible: visible) else { return [] }
    let bits = found.0.fields(of: found.1)
    return fields.filter { $0.customKey == nil && bits.contains($0.index) }
  }

  /// A filter with what gives its SQL; nil when there is none.
  private func compiled(
    _ filter: String,
    visible: FieldSet
  ) throws(MeshError) -> (RecordConditions, CheckedExpression)? {
    try filter.check("filter", mostBytes: Self.mostFilterBytes, reason: .invalidFilter)
    if filter.allSatisfy(\.isWhitespace) { return nil }
    let conditions = RecordConditions.of(self, visible: visible)
    return (conditions, try conditions.compile(filter))
  }
}

extension Scope {
  /// A condition that is asked of its records alone.
  func asking(_ condition: SQL) -> SQL {
    isWhole ? condition : condition.asked(where: predicate(walks: true))
  }
}

/// Where a statement finds records.
struct RecordSource {
  /// As after FROM.
  let tables: SQL
  /// As after WHERE.
  private(set) var condition: SQL

  /// - Parameters:
  ///   - ids: a query for the ids of the candidates, each once; nil for all of the kind.
  ///   - table: of the kind.
  init(_ ids: SQL?, _ table: SQL) {
    // In this order also where an index gives the records in the order or the groups of the statement.
    tables = ids.map { "(\($0)) AS narrowed CROSS JOIN \(table)" } ?? table
    condition = ids == nil ? "TRUE" : "\(table).id = narrowed.id"
  }

  /// - Parameters:
  ///   - few: the ids of the records.
  ///   - table: of the kind.
  init(few: [IDWords], _ table: SQL) {
    tables = "\(SQL.few(few)) CROSS JOIN \(table)"
    condition = "\(table).id = few.id"
  }

  func adding(_ more: SQL) -> RecordSource {
    var source = self
    source.condition = [condition, more].allHold
    return source
  }
}

extension ReadTransaction {
  /// The ids of the records in a scope that meet a condition, where the scope has few enough to look up each.
  ///
  /// - Parameters:
  ///   - scope: the records that the caller may read.
  ///   - condition: of the caller, evaluated only on these records.
  /// - Returns: each once; nil where the scope has too many, and for the scope of all records.
  /// - Throws: `StoreError`.
  func own<Record: StoredRecord>(
    in scope: Scope<Record>,
    asking condition: SQL = "TRUE"
  ) throws -> [IDWords]? {
    if scope.isWhole { return nil }
    // A record may be reached in several ways; a caller whose records often are counts as having many.
    let (few, limit) = (OwnRecords.most, 2 * OwnRecords.most)
    if condition != "TRUE", joinsInOrder {
      let count = try first(
        "SELECT count(*), count(DISTINCT id) FROM (\(scope.idsByWays()) LIMIT \(limit)) AS few"
      ) { row in (ways: try row.next(Int.self), records: try row.next(Int.self)) }
      guard let count, count.ways < limit, count.records <= few else { return nil }
      // An index on who holds them may have all that the condition names: then no record is read.
      return try distinct(scope.idsByWays(asking: condition), upTo: few).ids.sorted()
    }
    let own = try distinct("\(scope.idsByWays()) LIMIT \(limit)", upTo: few)
    guard own.ids.count <= few, own.read < limit else { return nil }
    if condition == "TRUE" { return own.ids.sorted() }
    // PostgreSQL might go through all of a tenant's records, asking each for its holder: it looks up ids.
    let table = SQL(name: Record.schema.table)
    let all = RecordSource(few: own.ids.sorted(), table)
    let asked = all.adding(condition.asked(where: all.condition))
    return try ids(table, from: asked.tables, where: asked.condition, upTo: few)
  }

  /// The distinct ids of a query, until there are more than `most`, and how many rows were read.
  private func distinct(_ query: SQL, upTo most: Int) throws -> (ids: Set<IDWords>, read: Int) {
    var (ids, read): (Set<IDWords>, Int) = ([], 0)
    try forEach(query) { row in
      ids.insert(try row.next(IDWords.self))
      read += 1
      return ids.count <= most
    }
    return (ids, read)
  }

  /// Where the records are that a filter finds in a scope, in the form that finds them soonest: by those that
  /// the scope has, or that are found, while they are few, by the index of words, along the order's index.
  ///
  /// - Parameters:
  ///   - filter: of the caller.
  ///   - scope: the records that the caller may read.
  ///   - place: another condition, not the caller's, which may be evaluated on any record.
  /// - Returns: what comes after FROM and WHERE.
  /// - Throws: `StoreError`.
  func source<Record: StoredRecord>(
    of filter: RecordFilter,
    in scope: Scope<Record>,
    where place: SQL = "TRUE"
  ) throws -> RecordSource {
    let schema = Record.schema
    let table = SQL(name: schema.table)
    if !filter.isEmpty, let own = try own(in: scope, asking: filter.condition) {
      return RecordSource(few: own, table).adding(place)
    }
    let ids = try SearchIndex(object: schema.object).mayContain(filter.pieces, in: self)
    let all = RecordSource(ids, table).adding(place).adding(scope.asking(filter.condition))
    let few = all.adding(scope.predicate(walks: false))
    if scope.isWhole { return few }
    let many = all.adding(scope.predicate(walks: true))
    if filter.isEmpty {
      guard case .moreThan = try count(from: few.tables, where: few.condition) else { return few }
      return many
    }
    let found = try self.ids(table, from: few.tables, where: few.condition)
    return found.count > CappedCount.most ? many : RecordSource(few: found, table)
  }

  /// The ids of the rows of a table that meet a condition, at most `most + 1`.
  ///
  /// If these are all, it need not be evaluated again, which may take a look at every row.
  func ids(
    _ table: SQL,
    from source: SQL,
    where condition: SQL,
    upTo most: Int = CappedCount.most
  ) throws -> [IDWords] {
    try rows(
      "SELECT \(table).id FROM \(source) WHERE \(condition) LIMIT \(most + 1)"
    ) { row in try row.next(IDWords.self) }
  }
}

/// The records of one caller.
enum OwnRecords {
  /// Up to this many are looked up one by one.
  ///
  /// A caller with more has some in any few hundred rows of an order.
  static let most = 5_000
}
