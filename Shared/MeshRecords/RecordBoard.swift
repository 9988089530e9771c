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
    let totals = try transaction.totals(
      TotalsQuery(table, of: schema, by: [field], where: conditions),
      filter: filter.isEmpty
        ? nil : RecordFilter(condition: condition.few, pieces: condition.pieces),
      in: scope,
      visible: scope.visible
    )
    let sums = Dictionary(totals.map { ($0.first?.text ?? "", $1) }, uniquingKeysWith: { $1 })
    let places = Dictionary(grouping: sums.keys.sorted()) { column($0) ?? "" }
    var room = PageRequest.mostBytes
    let own = filter.isEmpty ? nil : try transaction.own(in: scope)
    return try names.map { name in
      let values = places[name] ?? []
      var total = TotalSums()
      for value in values { total += sums[value] ?? TotalSums() }
      let here = conditions.merging([field: values.map(SQLValue.text)]) { $1 }
      let cards = try self.cards(
        of: TotalsQuery(table, of: schema, where: here),
        total.count,
        in: scope,
        own,
        room: &room,
        among: names.count,
        transaction
      )
      return BoardColumn(sums: total, cards: cards)
    }
  }

  /// A page of a column's cards; without cards and with a token when no room is left.
  ///
  /// - Parameters:
  ///   - column: where they are, as a query of totals.
  ///   - count: of the column's records in the scope.
  ///   - scope: the records that the caller may read.
  ///   - own: their ids, where there is a filter and these are few.
  ///   - room: bytes that the board has left, of which the page takes its own.
  ///   - columns: among how many columns the room is divided.
  ///   - transaction: in which the count was made.
  /// - Returns: what the caller may see, in the order of the ranks.
  /// - Throws: as `columns`.
  private func cards(
    of column: TotalsQuery,
    _ count: Int64,
    in scope: Scope<Record>,
    _ own: [IDWords]?,
    room: inout Int,
    among columns: Int,
    _ transaction: ReadTransaction
  ) throws -> Page<Record> {
    guard count > 0, room > 0 else { return Page(elements: [], nextToken: "") }
    let table = SQL(name: schema.table)
    let here = column.condition(on: schema)
    let source: RecordSource
    if scope.isWhole || count > Int64(CappedCount.most) {
      source = RecordSource(nil, table).adding(here).adding(scope.asking(condition.many))
        .adding(scope.predicate(walks: true))
    } else if filter.isEmpty {
      source = try transaction.few(in: scope, where: here)
    } else if let own {
      source = RecordSource(few: own, table).adding(here).asking(condition.few)
    } else {
      let sought = RecordFilter(condition: condition.few, pieces: condition.pieces)
      source = try transaction.sourceInMany(of: sought, in: scope, where: here)
    }
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
