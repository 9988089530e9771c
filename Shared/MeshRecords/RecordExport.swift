import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore
package import RecordsAPI

extension Records {
  /// The most bytes of CSV in one response, unless a single row is longer.
  static var exportBytes: Int { 1 << 20 }

  /// The next part of a CSV file of records, in the order of their creation.
  ///
  /// It is read in the background: exports of a tenant come one after the other, and after what people look at.
  ///
  /// - Throws: INVALID_ARGUMENT naming `filter`, `fields`, `ids` or `cursor`.
  @LoopActor
  package func export(_ request: ExportRequest, _ call: Call) async throws -> ExportResponse {
    let (gate, schema) = (gate, schema(call.tenant))
    let last = IDWords(request.cursor, prefix: schema.idPrefix)
    guard request.cursor.isEmpty || last != nil else {
      throw MeshError.invalid(
        "cursor",
        "must be the next_cursor of the same export",
        reason: .invalidPageToken
      )
    }
    let ids = try named(request.ids)
    return try await store.read(call.tenant, priority: .background) { transaction in
      let readable = transaction.scope(call, .read, of: Record.self, gate)
      let taken = transaction.scope(call, .export, of: Record.self, gate)
      let columns = try ExportColumns(schema, request.fields, visible: readable.visible)
      let filter = try schema.filter(request.filter, visible: readable.visible)
      let source = try transaction.source(of: filter, in: readable)
      let named: SQL =
        ids.isEmpty ? "TRUE" : SQL.isOne("\(SQL(name: schema.table)).id", of: ids)
      let own = taken.predicate(walks: true)
      var file = CSVPage(limit: Self.exportBytes)
      if last == nil { file.add(columns.headings, id: "") }
      try transaction.forEach(
        """
        SELECT \(Record.columns) FROM \(source.tables)
        WHERE \([source.condition, own, named, schema.follows(last)].allHold)
        ORDER BY \(SQL(name: schema.table)).id
        """
      ) { row in
        let record = Record(row: row, at: row.place)
        return file.add(columns.cells(of: record), id: record.idText)
      }
      return ExportResponse(content: file.bytes, nextCursor: file.nextCursor)
    }
  }
}

/// The columns of an export.
struct ExportColumns {
  private let fields: [RecordField]

  /// - Parameters:
  ///   - schema: of the records.
  ///   - list: names of fields, separated by commas; empty for all that are visible.
  ///   - visible: fields that the caller sees; the others do not exist.
  /// - Throws: INVALID_ARGUMENT naming `fields`.
  init(_ schema: RecordSchema, _ list: String, visible: FieldSet) throws(MeshError) {
    let listed = try schema.terms(of: list, "fields", most: 1_000, visible: visible) {
      (name, field) throws(FieldFault) in
      let field = try field(name)
      if !field.hasText { throw .unfit("must name fields that a cell can hold, not \(name)") }
      return field
    }
    fields = listed.isEmpty ? schema.fields.filter { visible.contains($0) && $0.hasText } : listed
  }

  var headings: [String] { fields.map(\.name) }

  func cells(of record: some RecordMessage) -> [String] {
    fields.map { $0.text(of: record.value(of: $0)) }
  }
}

extension RecordSchema {
  /// The condition of records that were created after one.
  fileprivate func follows(_ id: IDWords?) -> SQL {
    id.map { "\(SQL(name: table)).id > \($0.bytes)" } ?? "TRUE"
  }
}
