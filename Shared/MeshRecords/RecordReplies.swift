import MeshAccess
import MeshCore
import MeshLoop
package import MeshProto
package import MeshRPC
import MeshStore

// Responses of the standard reads: wire format made from rows, without records in between.

extension Records {
  /// As `get`, encoded.
  @LoopActor
  package func reply(with id: String, _ call: Call) async throws -> Encoded<Record> {
    if let judge { return Encoded(try await judged(id, call, by: judge).wireBytes()) }
    let gate = gate
    return try await store.readOne(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      guard let words = IDWords(id, prefix: Record.schema.idPrefix),
        let bytes = try transaction.encoded(words, in: scope)
      else { throw MeshError.notFound(Record.schema.object, id) }
      return Encoded(bytes)
    }
  }

  /// One page, encoded as entries of a repeated field.
  ///
  /// - Parameters:
  ///   - filter: a condition in CEL, or empty.
  ///   - words: that must all occur, or empty.
  ///   - order: as for `RecordQuery`.
  ///   - fields: names of those to return besides id and etag; none, or `*`, for all.
  ///   - size: of the page; 0 for the kind's default.
  ///   - token: of another page, or empty.
  ///   - fromEnd: whether the page without a token is the last one.
  ///   - field: the number of the repeated field.
  ///   - call: who asks.
  /// - Returns: what the caller may see.
  /// - Throws: INVALID_ARGUMENT that names the parameter.
  @LoopActor
  package func encodedPage(
    filter: String = "",
    words: String = "",
    order: String = "",
    fields: [String] = [],
    size: Int32,
    token: String,
    fromEnd: Bool = false,
    field: UInt32,
    _ call: Call
  ) async throws -> EncodedPage {
    if let judge {
      let judged = JudgedRequest(
        filter: filter,
        words: words,
        order: order,
        fields: fields,
        size: size,
        token: token
      )
      return try await judgedPage(judged, field: field, by: judge, call)
    }
    let request = try PageRequest(
      size: size == 0 ? pageSize : size,
      token: token,
      isFromEnd: fromEnd
    )
    let schema = schema(call.tenant)
    let visible = gate.fields(call, schema).visible
    let asked = try schema.selection(of: fields, visible: visible)
    let query = try RecordQuery(
      schema,
      filter: filter,
      words: words,
      order: order,
      visible: visible
    )
    do {
      return try await page(query, request, asked, field: field, call)
    } catch let error as MeshError where error.reason == .tooExpensive && !query.hasNoFilter {
      throw try await tooExpensive(filter, schema, visible)
    }
  }

  @LoopActor
  private func judgedPage(
    _ request: JudgedRequest,
    field: UInt32,
    by judge: any RecordJudge<Record>,
    _ call: Call
  ) async throws -> EncodedPage {
    let page = try await judgedPage(request, call, by: judge)
    var writer = WireWriter()
    for record in page.records {
      writer.delimited(field << 3 | 2) { record.encode(into: &$0) }
    }
    return EncodedPage(
      records: writer.finish(),
      nextPageToken: page.nextPageToken,
      previousPageToken: "",
      count: .exactly(page.records.count),
      gaps: page.gaps
    )
  }

  @LoopActor
  private func page(
    _ query: RecordQuery,
    _ request: PageRequest,
    _ asked: FieldSet,
    field: UInt32,
    _ call: Call
  ) async throws -> EncodedPage {
    let gate = gate
    return try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Record.self, gate)
      let shown = scope.visible.intersection(asked)
      let columns = asked == .all ? Record.columns : Record.columns(showing: shown)
      var writer = WireWriter()
      let (page, count) = try transaction.list(
        query,
        in: scope,
        request,
        columns,
        size: { _, written in written.count }
      ) { row in
        let (start, place) = (writer.count, row.place)
        writer.delimited(field << 3 | 2) { writer in
          Record.write(showing: shown, of: row, at: place, to: &writer)
        }
        return start..<writer.count
      }
      return EncodedPage(
        records: writer.parts(page.elements),
        nextPageToken: page.nextToken,
        previousPageToken: page.previousToken,
        count: count
      )
    }
  }
}

extension ReadTransaction {
  /// The visible fields of the record with that id, encoded; nil when the scope does not have it.
  fileprivate func encoded<Record: StoredRecord>(_ id: IDWords, in scope: Scope<Record>) throws
    -> [UInt8]?
  {
    let table = SQL(name: Record.schema.table)
    let found: (bytes: [UInt8], record: Record?)? = try first(
      "SELECT \(Record.columns) FROM \(table) WHERE id = \(id.bytes)"
    ) { row in
      var writer = WireWriter()
      Record.write(showing: scope.visible, of: row, at: row.place, to: &writer)
      let record = scope.isWhole ? nil : Record(row: row, at: row.place)
      return (writer.finish(), record)
    }
    guard let found else { return nil }
    if let record = found.record, try !scope.includes(record, in: self) { return nil }
    return found.bytes
  }
}

extension WireWriter {
  /// Rows in the order of a list: one page of it, read forwards or backwards.
  fileprivate func parts(_ rows: [Range<Int>]) -> [UInt8] {
    let isAscending = rows.first.map { $0.lowerBound == 0 } ?? true
    if isAscending { return first(rows.last?.upperBound ?? 0) }
    let bytes = first(rows.first?.upperBound ?? 0)
    return rows.flatMap { bytes[$0] }
  }
}

/// A page of records as the caller may see them, encoded.
package struct EncodedPage: Sendable {
  package let records: [UInt8]
  /// Empty on the last page.
  package let nextPageToken: String
  /// Empty on the first page.
  package let previousPageToken: String
  let count: CappedCount
  /// Names of services that did not answer, and would have to say whether the caller may read a record.
  package var gaps: [String] = []

  /// How many match in all, counted up to 1,000; of a kind with a judge, how many are on the page.
  package var totalSize: Int32 { count.shown.size }
  package var moreThanTotalSize: Bool { count.shown.isMore }
}
