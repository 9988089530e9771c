package import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
package import MeshStore

// Records as a board: in columns by the value of a field, which is among the keys of kept totals, and
// within a column in the order that people made by hand (see `Rank`).

/// What a request asks of a board.
package struct BoardQuery<Record: StoredRecord>: Sendable {
  private let schema: RecordSchema
  private let filter: String
  /// What is asked for by it.
  private let condition: ListFilter
  /// Fields to be answered beside id and etag.
  private let asked: FieldSet
  private let page: PageRequest

  fileprivate init(
    _ schema: RecordSchema,
    filter: String,
    fields: [String],
    _ page: PageRequest,
    visible: FieldSet
  ) throws(MeshError) {
    self.schema = schema
    self.filter = filter.allSatisfy(\.isWhitespace) ? "" : filter
    self.page = page
    condition = try schema.filter(filter, along: "rank", visible: visible)
    asked = try schema.selection(of: fields, visible: visible)
  }

  /// The columns of the board.
  ///
  /// - Parameters:
  ///   - table: the kept totals.
  ///   - conditions: the values that all records of the board have in columns of the table.
  ///   - field: the text column of the table whose values make the board's columns.
  ///   - names: of the requested columns.
  ///   - scope: the records that the caller may read.
  ///   - transaction: reads everything.
  ///   - column: the name of the board's column that a value of the field belongs to.
  /// - Returns: in the order of the names, with at most `PageRequest.mostBytes` bytes of cards, plus one card
  ///   for each column that has room.
  /// - Throws: PERMISSION_DENIED for a caller who does not see these fields, INVALID_ARGUMENT for a token of another
  ///   column or filter.
  package func columns(
    of table: String,
    where conditions: [String: [SQLValue]],
    by field: String,
    _ names: [String],
    in scope: Scope<Record>,
    _ transaction: ReadTransaction,
    column: (String) -> String?
  ) throws -> [BoardColumn<Record>] {
    let query = TotalsQuery(table, of: schema, by: [field], where: conditions)
    let source =
      filter.isEmpty
      ? nil
      : try transaction.source(
        of: RecordFilter(condition: condition.few, pieces: condition.pieces),
        in: scope,
        where: query.condition(on: schema)
      )
    let totals = try transaction.totals(query, of: source, in: scope, visible: scope.visible)
    let sums = Dictionary(totals.map { ($0.first?.text ?? "", $1) }, uniquingKeysWith: { $1 })
    let places = Dictionary(grouping: sums.keys.sorted()) { column($0) ?? "" }
    let columns = names.map { name in
      let values = places[name] ?? []
      let total = values.reduce(into: TotalSums()) { $0 += sums[$1] ?? TotalSums() }
      let isFew = !scope.isWhole && total.count <= Int64(CappedCount.most)
      return (values: values, total: total, isFew: isFew)
    }
    func place(_ values: [String]) -> TotalsQuery {
      let here = conditions.merging([field: values.map(SQLValue.text)]) { $1 }
      return TotalsQuery(table, of: schema, where: here)
    }
    let few = columns.filter(\.isFew).flatMap(\.values)
    let cards =
      few.isEmpty ? [:] : try cards(at: place(few), by: field, of: source, in: scope, transaction)
    var room = PageRequest.mostBytes
    return try columns.map { values, total, isFew in
      let ids = isFew ? first(of: values.flatMap { cards[$0] ?? [] }) : nil
      let page = try self.page(
        of: place(values),
        total.count,
        in: scope,
        ids,
        room: &room,
        among: names.count,
        transaction
      )
      return BoardColumn(sums: total, cards: page)
    }
  }

  /// The cards in columns of which the caller has few: one query finds those of all these columns.
  ///
  /// - Parameters:
  ///   - columns: where they are, as a query of totals.
  ///   - field: whose values make the columns.
  ///   - source: where the records are that the filter finds; nil without one.
  ///   - scope: the records that the caller may read.
  ///   - transaction: in which they were counted.
  /// - Returns: by the value of the field, in no order.
  /// - Throws: `StoreError`.
  private func cards(
    at columns: TotalsQuery,
    by field: String,
    of source: RecordSource?,
    in scope: Scope<Record>,
    _ transaction: ReadTransaction
  ) throws -> [String: [Card]] {
    guard let value = schema[field]?.column(schema) else { return [:] }
    let (table, here) = (SQL(name: schema.table), columns.condition(on: schema))
    // In the order of the indexes that have these columns.
    let read: SQL = "\(value), \(table).rank, \(table).id"
    let query =
      source.map { "SELECT \(read) FROM \($0.tables) WHERE \($0.adding(here).condition)" as SQL }
      ?? scope.query(for: read, where: here)
    var cards: [String: [Card]] = [:]
    try transaction.forEach(query) { row in
      let value = try row.next(String.self)
      let rank = try row.next(Int64.self)
      cards[value, default: []].append(Card(rank: rank, id: try row.next(IDWords.self)))
      return true
    }
    return cards
  }

  /// The ids of those of a column's cards among which the page is.
  private func first(of cards: [Card]) -> [IDWords] {
    (page.isFirst ? cards.sorted().prefix(page.size + 1) : cards[...]).map(\.id)
  }

  /// A page of a column's cards; without cards and with a token when no room is left.
  ///
  /// - Parameters:
  ///   - column: where they are, as a query of totals.
  ///   - count: of the column's records in the scope.
  ///   - scope: the records that the caller may read.
  ///   - few: the ids of those among which the page is; nil to look along the order.
  ///   - room: bytes that the board has left, of which the page takes its own.
  ///   - columns: among how many columns the room is divided.
  ///   - transaction: in which the count was made.
  /// - Returns: what the caller may see, in the order of the ranks.
  /// - Throws: as `columns`.
  private func page(
    of column: TotalsQuery,
    _ count: Int64,
    in scope: Scope<Record>,
    _ few: [IDWords]?,
    room: inout Int,
    among columns: Int,
    _ transaction: ReadTransaction
  ) throws -> Page<Record> {
    guard count > 0, room > 0 else { return Page(elements: [], nextToken: "") }
    let table = SQL(name: schema.table)
    let source =
      few.map { RecordSource(few: $0, table) }
      ?? RecordSource(nil, table).adding(column.condition(on: schema))
      .adding(scope.asking(condition.many)).adding(scope.predicate(walks: true))
    let shown = scope.visible.intersection(asked)
    var left = room
    let page = try transaction.page(
      asked == .all ? Record.columns : Record.columns(showing: shown),
      from: source.tables,
      where: source.condition,
      by: Keyset([.ascending("\(table).rank")], unique: "\(table).id"),
      self.page,
      bound: [schema.object, "board", filter] + column.texts,
      size: { row, _ in
        left -= row.byteCount
        return row.byteCount * columns
      }
    ) { row in Record(row: row, at: row.place).showing(shown) }
    room = left
    return page
  }
}

/// A card, in the order of its column.
private struct Card: Comparable {
  let rank: Int64
  let id: IDWords

  static func < (left: Card, right: Card) -> Bool {
    (left.rank, left.id) < (right.rank, right.id)
  }
}

/// A column of a board: the sums of all its records in a scope, and some of these.
package struct BoardColumn<Record: StoredRecord>: Sendable {
  package let sums: TotalSums
  package let cards: Page<Record>
}

extension SQLValue {
  fileprivate var text: String { if case .text(let text) = self { text } else { "" } }
}

extension Records {
  /// Reads a board in one transaction.
  ///
  /// - Parameters:
  ///   - filter: a condition in CEL that its records meet, or empty.
  ///   - fields: names of those to return besides id and etag; none, or `*`, for all.
  ///   - size: the most records of each column; 0 for the default of a page.
  ///   - token: of a further page of a column, or empty.
  ///   - call: who asks.
  ///   - body: reads the board.
  /// - Returns: what `body` returned.
  /// - Throws: INVALID_ARGUMENT that names the parameter; what `body` throws.
  @LoopActor
  package func board<Board: Sendable>(
    filter: String,
    fields: [String],
    size: Int32,
    token: String,
    _ call: Call,
    _ body:
      @escaping @Sendable (BoardQuery<Record>, Scope<Record>, ReadTransaction) throws -> Board
  ) async throws -> Board {
    let (gate, schema) = (gate, schema(call.tenant))
    let visible = gate.fields(call, schema).visible
    let page = try PageRequest(size: size, token: token)
    let query = try BoardQuery<Record>(
      schema,
      filter: filter,
      fields: fields,
      page,
      visible: visible
    )
    do {
      return try await store.read(call.tenant) { transaction in
        try body(query, transaction.scope(call, .read, of: Record.self, gate), transaction)
      }
    } catch let error as MeshError where error.reason == .tooExpensive && !filter.isEmpty {
      throw try await tooExpensive(filter, schema, visible)
    }
  }
}
