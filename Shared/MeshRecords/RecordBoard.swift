package import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
package import MeshStore

// Records as a board: in columns by the value of a field, which is among the keys of totals that are kept, and
// in each of them in the order that people make by hand (see `Rank`).

/// What someone asks for of a board.
package struct BoardQuery<Record: StoredRecord>: Sendable {
  private let schema: RecordSchema
  private let filter: String
  /// Its condition for few records, and for going through them in their order.
  private let conditions: (few: SQL, many: SQL, pieces: [String])
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
    conditions = try schema.conditions(filter, along: "rank", visible: visible)
    asked = try schema.selection(of: fields, visible: visible)
  }

  /// The columns of the board.
  ///
  /// - Parameters:
  ///   - table: of the totals that are kept.
  ///   - conditions: what all records of the board have in columns of the table.
  ///   - field: the column of the table, with texts, that tells the board's columns apart.
  ///   - names: of the columns that are asked for.
  ///   - scope: the records that the caller may read.
  ///   - transaction: in which all is read.
  ///   - column: the name of the column in which records lie that have a text in the field.
  /// - Returns: in the order of the names, with at most `PageRequest.mostBytes` bytes of cards, but for one card
  ///   in each column that has room.
  /// - Throws: PERMISSION_DENIED for a caller who does not see these fields, INVALID_ARGUMENT for a token that is
  ///   not of the column and the filter.
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
        ? nil : RecordFilter(condition: self.conditions.few, pieces: self.conditions.pieces),
      in: scope,
      visible: scope.visible
    )
    let sums = Dictionary(totals.map { ($0.first?.text ?? "", $1) }, uniquingKeysWith: { $1 })
    let places = Dictionary(grouping: sums.keys.sorted()) { column($0) ?? "" }
    var room = PageRequest.mostBytes
    return try names.map { name in
      let values = places[name] ?? []
      var total = TotalSums()
      for value in values { total += sums[value] ?? TotalSums() }
      let here = conditions.merging([field: values.map(SQLValue.text)]) { $1 }
      let cards = try self.cards(
        of: TotalsQuery(table, of: schema, where: here),
        total.count,
        in: scope,
        room: &room,
        among: names.count,
        transaction
      )
      return BoardColumn(sums: total, cards: cards)
    }
  }

  /// A page of the cards of a column; without cards and a token when no room is left.
  ///
  /// - Parameters:
  ///   - column: where they are, as totals are asked for.
  ///   - count: how many the column has in the scope.
  ///   - scope: the records that the caller may read.
  ///   - room: bytes that the board has left, of which the page takes its own.
  ///   - columns: among how many columns the room is divided.
  ///   - transaction: in which the count was made.
  /// - Returns: what the caller may see, in the order of the ranks.
  /// - Throws: as `columns`.
  private func cards(
    of column: TotalsQuery,
    _ count: Int64,
    in scope: Scope<Record>,
    room: inout Int,
    among columns: Int,
    _ transaction: ReadTransaction
  ) throws -> Page<Record> {
    guard count > 0, room > 0 else { return Page(elements: [], nextToken: "") }
    let table = SQL(name: schema.table)
    var (source, condition) = (table, column.condition(on: schema))
    if !scope.isWhole, count <= Int64(CappedCount.most) {
      let few = [condition, conditions.few].allHold
      (source, condition) = try transaction.few(in: scope, where: few)
    } else {
      condition = [condition, conditions.many, scope.predicate(walks: true)].allHold
    }
    let shown = scope.visible.intersection(asked)
    var left = room
    let page = try transaction.page(
      asked == .all ? Record.columns : Record.columns(showing: shown),
      from: source,
      where: condition,
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

extension ReadTransaction {
  /// Where the records of a scope are that meet a condition: looked up one by one, as few are.
  ///
  /// - Parameters:
  ///   - scope: the records that the caller may read.
  ///   - condition: as after WHERE.
  /// - Returns: what comes after FROM and after WHERE.
  /// - Throws: `StoreError`.
  func few<Record: StoredRecord>(
    in scope: Scope<Record>,
    where condition: SQL
  ) throws -> (source: SQL, condition: SQL) {
    let table = SQL(name: Record.schema.table)
    let ids = try rows("SELECT id FROM (\(scope.ids(where: condition))) AS few") { row in
      try row.next(TenantID.self).words
    }
    return ("\(SQL.few(ids)) CROSS JOIN \(table)", "\(table).id = few.id")
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
  ///   - filter: a condition in CEL that its records meet, or nothing.
  ///   - fields: names of those to be answered beside id and etag; none, or `*`, for all.
  ///   - size: records of each column at most; 0 is the default of a page.
  ///   - token: of another page of a column, or nothing.
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
