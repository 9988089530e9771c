package import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

/// A list that someone asks for: which records, in what order.
package struct RecordQuery: Sendable {
  let condition: SQL
  /// The same for going through records in the list's order: of many, which soon fill a page.
  let walkedCondition: SQL
  /// Pieces of words that every record has which the condition holds for.
  let pieces: [String]
  let hasNoFilter: Bool
  let words: String
  let keyset: Keyset
  /// Whether it is the order in which records came in, backwards.
  let isNewestFirst: Bool
  /// What a page's token is bound to.
  let binding: [String]
  /// Fields that words may be found in; nil for the whole search index.
  let wordFields: [RecordField]?

  /// Bytes of the words that a list is searched for.
  private static let longestWords = 1_000

  /// Reads the texts of a list request.
  ///
  /// - Parameters:
  ///   - schema: of the records.
  ///   - filter: a condition in CEL, or nothing.
  ///   - words: that must all occur, or nothing.
  ///   - order: fields, each followed by " desc" for falling order, separated by commas; or nothing.
  ///   - visible: the fields that the caller sees; the others cannot be named.
  /// - Throws: INVALID_ARGUMENT naming `filter` or `order_by` and what is wrong there.
  package init(
    _ schema: RecordSchema,
    filter: String = "",
    words: String = "",
    order: String = "",
    visible: FieldSet = .all
  ) throws(MeshError) {
    guard words.utf8.count <= Self.longestWords else {
      throw .invalid("query", "must have at most \(Self.longestWords) bytes")
    }
    try order.check("order_by", mostBytes: 2_000, reason: .invalidOrder)
    self.words = words
    hasNoFilter = filter.allSatisfy(\.isWhitespace)
    let isDefault = order.allSatisfy(\.isWhitespace)
    let orderTerms = try OrderTerms(isDefault ? schema.defaultOrder : order, schema, visible)
    (condition, walkedCondition, pieces) = try schema.conditions(
      filter,
      along: orderTerms.first,
      visible: visible
    )
    keyset = Keyset(orderTerms.terms, unique: "\(SQL(name: schema.table)).id")
    isNewestFirst = (isDefault ? schema.defaultOrder : order) == "create_time desc"
    binding = [schema.object, filter, words, order]
    let found = schema.searchable.filter { visible.contains($0) }
    wordFields = found.count == schema.searchable.count ? nil : found
  }
}

/// The fields of an order.
private struct OrderTerms {
  static let most = 8

  var terms: [OrderTerm] = []
  /// The field that records are ordered by first.
  var first = ""

  init(_ order: String, _ schema: RecordSchema, _ visible: FieldSet) throws(MeshError) {
    let sortable = schema.fields.filter { field in
      field.traits.contains(.sortable) && visible.contains(field)
        && field.rule.sortElse.allSatisfy { schema[$0].map(visible.contains) ?? true }
    }
    let parts = order.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= Self.most else {
      throw Self.invalid("must name at most \(Self.most) fields")
    }
    var (isListed, isDescending) = (false, false)
    for part in parts {
      let words = part.split(whereSeparator: \.isWhitespace).map(String.init)
      guard let name = words.first, let field = sortable.first(where: { $0.name == name }) else {
        let names = sortable.map(\.name).sorted().joined(separator: ", ")
        throw Self.invalid(
          "must name sortable fields; \(String(part).quoted) is not one of \(names)"
        )
      }
      if first.isEmpty { first = name }
      isListed = !field.rule.picklistTable.isEmpty && field.customKey == nil
      switch words.dropFirst().map({ $0.lowercased() }) {
      case [], ["asc"]: isDescending = false
      case ["desc"]: isDescending = true
      default:
        let part = String(part).quoted
        throw Self.invalid(
          "must have asc, desc or nothing after a field; \(part) has something else"
        )
      }
      terms.append(field.orderTerm(schema, isDescending: isDescending))
    }
    // An index has the records of each entry of a list in the order of their creation.
    if terms.count == 1, isListed, let time = sortable.first(where: { $0.name == "create_time" }) {
      terms.append(time.orderTerm(schema, isDescending: isDescending))
    }
  }

  private static func invalid(_ rule: String) -> MeshError {
    .invalid("order_by", rule, reason: .invalidOrder)
  }
}

extension RecordField {
  /// What lists are ordered by; records without a value come last.
  fileprivate func orderTerm(_ schema: RecordSchema, isDescending: Bool) -> OrderTerm {
    let table = SQL(name: schema.table)
    if let key = sortKeyColumn {
      let column: SQL = "\(table).\(SQL(name: key))"
      return .notNull(column, none: "\([UInt8]())", isDescending: isDescending)
    }
    if let folded = foldedColumn {
      return .text("\(table).\(SQL(name: folded))", isDescending: isDescending)
    }
    let column = self.column(schema, type == .money ? "_minor" : "")
    if !rule.picklistTable.isEmpty, customKey == nil {
      let list = SQL(name: rule.picklistTable)
      return .listed(
        column,
        of: table,
        by: list,
        isNullable: traits.contains(.nullable),
        isDescending: isDescending
      )
    }
    // Every record has both times.
    let isTime = name == "create_time" || name == "update_time"
    let isText = type == .text || type == .date
    if !traits.contains(.nullable) || isTime, customKey == nil {
      if isText { return .text(column, isDescending: isDescending) }
      return isDescending ? .descending(column) : .ascending(column)
    }
    return .nullable(column, zero: isText ? "''" : "0", isDescending: isDescending)
  }
}

/// Where the records of a list come from.
private struct Listing {
  let table: SQL
  var source: SQL
  var conditions: [SQL]
  var keyset: Keyset
  /// Whether its rows are those of the table, and not of words that were found.
  private(set) var isOfTable = true
  /// Set where it is known already.
  var count: CappedCount?

  init(_ query: RecordQuery, _ table: SQL) {
    self.table = table
    source = table
    conditions = [query.condition]
    keyset = query.keyset
  }

  mutating func find(_ matches: SearchMatches, isNewestFirst: Bool) {
    guard isNewestFirst else { return conditions.append(matches.contains("\(table).id")) }
    source = source(matches.found)
    isOfTable = false
    conditions.append("\(table).id = found.id")
    keyset = SearchMatches.newestFirst
  }

  /// Looks for records among some alone, of which a query gives the ids.
  mutating func narrow(to ids: SQL?) {
    guard let ids else { return }
    if isOfTable {
      let narrowed = RecordSource(ids, table)
      source = narrowed.tables
      conditions.append(narrowed.condition)
    } else {
      conditions.append("\(table).id IN (\(ids))")
    }
  }

  func source(_ found: SQL) -> SQL { "\(found) CROSS JOIN \(table)" }

  func condition(_ scope: SQL) -> SQL { (conditions + [scope]).allHold }
}

extension ReadTransaction {
  /// One page of the records that a query finds in a scope, and how many it finds in all, counted to
  /// 1,000.
  ///
  /// - Parameters:
  ///   - query: what is asked for.
  ///   - scope: the records that the caller may read.
  ///   - request: which page.
  ///   - columns: what `decode` reads.
  ///   - size: bytes of a row.
  ///   - decode: reads a row's record, whose columns begin at the row's place.
  /// - Returns: the page, and the count.
  /// - Throws: INVALID_ARGUMENT for a page token that is not of this list.
  func list<Record: StoredRecord, Element>(
    _ query: RecordQuery,
    in scope: Scope<Record>,
    _ request: PageRequest,
    _ columns: SQL,
    size: (borrowing Row, Element) -> Int,
    _ decode: (inout Row) throws -> Element
  ) throws -> (page: Page<Element>, count: CappedCount) {
    let index = SearchIndex(object: Record.schema.object)
    var listing = Listing(query, SQL(name: Record.schema.table))
    if let fields = query.wordFields {
      listing.conditions.append(query.words.found(in: fields, Record.schema))
    } else if let matches = try index.matches(query.words, in: self) {
      listing.find(matches, isNewestFirst: query.isNewestFirst)
      // The index has words of records that are there, and of no others.
      if query.isNewestFirst, query.hasNoFilter, scope.isWhole {
        let limit = CappedCount.most + 1
        let newest = try matches.newest(request.size + 1, countingTo: limit, in: self)
        listing.count = .of(newest.count)
        if request.isFirst { listing.source = listing.source(newest.found) }
      }
    }
    var sought = listing
    sought.narrow(to: try index.mayContain(query.pieces, in: self))
    var condition = sought.condition(scope.predicate(walks: false))
    let isWhole = query.hasNoFilter && query.words.isEmpty && scope.isWhole
    let found = sought.isOfTable && !isWhole ? try counted(sought, where: condition) : nil
    let count =
      try found.map { .of($0.count) } ?? listing.count
      ?? count(from: sought.source, where: condition)
    // What a few hold is found by their indexes and sorted; of many, the order's index gives a page
    // soonest.
    if let found, case .exactly = count {
      listing.source = "\(SQL.few(found)) CROSS JOIN \(listing.table)"
      condition = "\(listing.table).id = few.id"
    } else if case .moreThan = count {
      listing.conditions[0] = query.walkedCondition
      condition = listing.condition(scope.predicate(walks: true))
    }
    let page = try page(
      columns,
      from: listing.source,
      where: condition,
      by: listing.keyset,
      request,
      bound: query.binding,
      size: size,
      decode
    )
    return (page, count)
  }

  /// The ids of the rows that a condition holds for, as far as they are counted.
  ///
  /// If these are all, it need not be judged again for the page: it may have taken a look at every row.
  private func counted(_ listing: Listing, where condition: SQL) throws -> [IDWords] {
    let limit = CappedCount.most + 1
    return try rows(
      "SELECT \(listing.table).id FROM \(listing.source) WHERE \(condition) LIMIT \(limit)"
    ) { row in try row.next(TenantID.self).words }
  }

  /// The record of that id, when the scope has it.
  package func record<Record: StoredRecord>(
    _ id: IDWords,
    in scope: Scope<Record>
  ) throws -> Record? {
    let found: [Record] = try records("WHERE id = \(id.bytes)")
    guard let record = found.first, try scope.includes(record, in: self) else { return nil }
    return record
  }

  /// Records of a condition in a scope, by id: for work that goes through all of them.
  package func records<Record: StoredRecord>(
    where condition: SQL,
    in scope: Scope<Record>,
    after id: IDWords? = nil,
    limit: Int
  ) throws -> [Record] {
    let after: SQL = id.map { "id > \($0.bytes)" } ?? "TRUE"
    let all = [condition, scope.predicate(walks: true), after].allHold
    return try records("WHERE \(all) ORDER BY id LIMIT \(limit)")
  }

  /// Records in a scope, newest first: for work that may end before the oldest.
  ///
  /// - Parameters:
  ///   - id: of the last one seen; nil at the beginning.
  ///   - scope: which records.
  ///   - limit: how many at most.
  /// - Returns: those before `id`; ids are in the order of creation.
  /// - Throws: what the store throws.
  package func records<Record: StoredRecord>(
    before id: IDWords?,
    in scope: Scope<Record>,
    limit: Int
  ) throws -> [Record] {
    let before: SQL = id.map { "id < \($0.bytes)" } ?? "TRUE"
    let all = [scope.predicate(walks: true), before].allHold
    return try records("WHERE \(all) ORDER BY id DESC LIMIT \(limit)")
  }
}

extension String {
  /// Whether each of the words is in one of some columns: for callers who do not see all that the
  /// index was made of.
  fileprivate func found(in fields: [RecordField], _ schema: RecordSchema) -> SQL {
    let words = split(whereSeparator: \.isWhitespace).prefix(16).map { $0.lowercased() }
    if words.isEmpty { return "TRUE" }
    return words.map { word in
      let ways = fields.map { "instr(lower(\($0.column(schema))), \(word)) > 0" as SQL }
      return ways.isEmpty ? "FALSE" : "(\(ways.joined(by: " OR ")))"
    }.allHold
  }
}
