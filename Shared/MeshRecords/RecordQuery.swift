package import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

/// What a list request asks for: which records, in what order.
package struct RecordQuery: Sendable {
  /// What is asked for by a condition, and by words where these are looked for in fields.
  let filter: ListFilter
  let hasNoFilter: Bool
  /// That the search index is asked for.
  let words: String
  let keyset: Keyset
  /// Whether the order is that of creation, newest first.
  let isNewestFirst: Bool
  /// What a page's token is bound to.
  let binding: [String]

  /// Whether all records are asked for.
  var isOfAll: Bool { filter.few == "TRUE" && hasNoWords }
  var hasNoWords: Bool { words.allSatisfy(\.isWhitespace) }

  /// The most bytes of words that a list is searched for.
  private static let longestWords = 1_000

  /// Parses the texts of a list request.
  ///
  /// - Parameters:
  ///   - schema: of the records.
  ///   - filter: a condition in CEL, or empty.
  ///   - words: that must all occur, or empty.
  ///   - order: fields, each followed by " desc" for falling order, separated by commas; or empty.
  ///   - visible: the fields that the caller sees; the others cannot be named.
  /// - Throws: INVALID_ARGUMENT naming `filter` or `order_by`, with what is wrong.
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
    hasNoFilter = filter.allSatisfy(\.isWhitespace)
    let isDefault = order.allSatisfy(\.isWhitespace)
    let orderTerms = try OrderTerms(isDefault ? schema.defaultOrder : order, schema, visible)
    var asked = try schema.filter(filter, along: orderTerms.first, visible: visible)
    keyset = Keyset(orderTerms.terms, unique: "\(SQL(name: schema.table)).id")
    isNewestFirst = (isDefault ? schema.defaultOrder : order) == "create_time desc"
    binding = [schema.object, filter, words, order]
    let found = schema.searchable.filter { visible.contains($0) }
    let seesAll = found.count == schema.searchable.count
    // The index has words of all fields.
    self.words = seesAll ? words : ""
    if !seesAll { asked.add(words.found(in: found, schema)) }
    self.filter = asked
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
  /// How lists are ordered by a field; records without a value come last.
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

/// The source of a list's records.
private struct Listing {
  let table: SQL
  var source: SQL
  /// What joins its tables, and which of their rows have the words.
  private(set) var links: [SQL] = []
  var keyset: Keyset
  /// Whether its rows are those of the table, and not found words.
  private(set) var isOfTable = true
  /// Set where the count is already known.
  var count: CappedCount?

  init(_ query: RecordQuery, _ table: SQL) {
    self.table = table
    source = table
    keyset = query.keyset
  }

  mutating func find(_ matches: SearchMatches, isNewestFirst: Bool) {
    guard isNewestFirst else { return links.append(matches.contains("\(table).id")) }
    source = source(matches.found)
    isOfTable = false
    links.append("\(table).id = found.id")
    keyset = SearchMatches.newestFirst
  }

  /// Searches only among records whose ids a query gives.
  mutating func narrow(to ids: SQL?) {
    guard let ids else { return }
    if isOfTable {
      narrow(to: RecordSource(ids, table))
    } else {
      links.append("\(table).id IN (\(ids))")
    }
  }

  /// Looks for records among few, in which words were looked for already.
  mutating func narrow(to few: [IDWords]) {
    if isOfTable { narrow(to: RecordSource(few: few, table)) }
  }

  private mutating func narrow(to narrowed: RecordSource) {
    source = narrowed.tables
    links.append(narrowed.condition)
  }

  func source(_ found: SQL) -> SQL { "\(found) CROSS JOIN \(table)" }
}

extension ReadTransaction {
  /// One page of the records that a query finds in a scope, and how many there are in all, counted up to
  /// 1,000.
  ///
  /// - Parameters:
  ///   - query: what is requested.
  ///   - scope: the records that the caller may read.
  ///   - request: which page.
  ///   - columns: that `decode` reads.
  ///   - size: bytes of a row.
  ///   - decode: reads a record from a row, whose columns begin at the row's place.
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
    let found = try located(query, in: scope, request)
    let page = try page(
      columns,
      from: found.listing.source,
      where: found.condition,
      by: found.listing.keyset,
      request,
      bound: query.binding,
      size: size,
      decode
    )
    return (page, found.count)
  }

  /// As `list`, for records that need a verdict before they are revealed: forwards only, without a count, and with a
  /// token for the place after each record.
  func unjudged<Record: StoredRecord>(
    _ query: RecordQuery,
    in scope: Scope<Record>,
    _ request: PageRequest
  ) throws -> (page: Page<UnjudgedRecord<Record>>, tokens: RowTokens) {
    let found = try located(query, in: scope, request, isCounted: false)
    return try sealedPage(
      Record.columns,
      from: found.listing.source,
      where: found.condition,
      by: found.listing.keyset,
      request,
      bound: query.binding
    ) { row in UnjudgedRecord(record: Record(row: row, at: row.place), bytes: row.byteCount) }
  }

  /// Where a query finds records, by which condition, and how many.
  ///
  /// An unfiltered, uncounted list looks up the caller's own records as a filtered one does.
  private func located<Record: StoredRecord>(
    _ query: RecordQuery,
    in scope: Scope<Record>,
    _ request: PageRequest,
    isCounted: Bool = true
  ) throws -> (listing: Listing, condition: SQL, count: CappedCount) {
    let isOfAll = query.isOfAll && isCounted
    let own = isOfAll ? nil : try own(in: scope, asking: query.filter.few)
    var listing = try listing(query, in: scope, own, request)
    var sought = listing
    var condition: SQL
    if let own {
      sought.narrow(to: own)
      condition = sought.links.allHold
    } else {
      let index = SearchIndex(object: Record.schema.object)
      sought.narrow(to: try index.mayContain(query.filter.pieces, in: self))
      let asked = [scope.predicate(walks: false), scope.asking(query.filter.few)]
      condition = (sought.links + asked).allHold
    }
    let isWhole = query.isOfAll && scope.isWhole
    var found = listing.links.isEmpty ? own : nil
    if found == nil, sought.isOfTable, !isWhole {
      found = try ids(listing.table, from: sought.source, where: condition)
    }
    let count =
      try found.map { .of($0.count) } ?? listing.count
      ?? count(from: sought.source, where: condition)
    // Few records are found by their indexes and sorted; with many, the order's index yields a page
    // soonest, unless most of the tenant's are others.
    var areFew = if case .exactly = count { true } else { false }
    if !areFew, listing.links.isEmpty, let own {
      areFew = try areRare(own, of: listing.table, request.size)
    }
    if let found, areFew {
      let few = RecordSource(few: found, listing.table)
      (listing.source, condition) = (few.tables, few.condition)
    } else if case .moreThan = count {
      let range = scope.isWhole ? "TRUE" : query.filter.range
      let asked = [scope.predicate(walks: true), range, scope.asking(query.filter.many)]
      condition = (listing.links + asked).allHold
    }
    return (listing, condition, count)
  }

  /// Whether a page of some records is found sooner by sorting them all than on the way through their table: if more
  /// records have come since the page that is theirs by age than they are in all.
  private func areRare(_ own: [IDWords], of table: SQL, _ page: Int) throws -> Bool {
    guard let id = own.sorted().suffix(page).first else { return false }
    let newer: SQL = "SELECT 1 FROM \(table) WHERE id > \(id.bytes) LIMIT \(own.count)"
    return try value("SELECT count(*) FROM (\(newer)) AS newer", as: Int.self) == own.count
  }

  /// Where a query's records come from, before its filter and the scope.
  private func listing<Record: StoredRecord>(
    _ query: RecordQuery,
    in scope: Scope<Record>,
    _ own: [IDWords]?,
    _ request: PageRequest
  ) throws -> Listing {
    var listing = Listing(query, SQL(name: Record.schema.table))
    let index = SearchIndex(object: Record.schema.object)
    guard let matches = try index.matches(query.words, among: own, in: self) else { return listing }
    listing.find(matches, isNewestFirst: query.isNewestFirst)
    // The index has words of records that are there, and of no others.
    if query.isNewestFirst, query.hasNoFilter, scope.isWhole {
      let limit = CappedCount.most + 1
      let newest = try matches.newest(request.size + 1, countingTo: limit, in: self)
      listing.count = .of(newest.count)
      if request.isFirst { listing.source = listing.source(newest.found) }
    }
    return listing
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

  /// Records in a scope, newest first: for work that may stop before the oldest.
  ///
  /// - Parameters:
  ///   - id: of the last record seen; nil at the beginning.
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
  /// Whether each of the words is in one of some columns: for callers who do not see everything that the
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
