import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore

/// The records among which a judged list finds its own.
enum JudgedSpan: Sendable {
  /// Those of the caller's scope that match, which need a verdict or not.
  case own(isJudged: Bool)
  /// All records, or those with some ids. The list's filter and words are asked only of those that the caller may read,
  /// so that neither the time of a page nor the number of verdicts depends on what the others contain.
  case all(ids: SQL?)
}

extension Records {
  /// Which records a list goes through.
  ///
  /// If the filter names the caller, the scope suffices. If it names a record, that record is judged once, for all
  /// that name it.
  @LoopActor
  func span<Judge: RecordJudge>(
    _ filter: ListFilter,
    _ call: Call,
    _ judge: Judge,
    _ gaps: inout Set<String>
  ) async throws -> JudgedSpan where Judge.Record == Record {
    if judge.way == .closing { return .own(isJudged: true) }
    let (gate, example) = (gate, Record(with: filter.ids))
    let isOwn = try await store.read(call.tenant) { transaction in
      let scope: Scope<Record> = transaction.scope(call, .read, gate)
      return try scope.isWhole || scope.includes(example, in: transaction)
    }
    if isOwn { return .own(isJudged: false) }
    guard let named = filter.ids.first(where: { !$0.field.rule.lookup.isEmpty }) else {
      return .all(ids: nil)
    }
    let verdicts = try await judge.verdicts(on: [example], call)
    gaps.formUnion(verdicts.gaps)
    guard verdicts.readable == [true] else { return .own(isJudged: false) }
    let target = named.field.type == .refs ? named.id.key : named.id.words.bytes
    let table = SQL(name: named.field.rule.lookup)
    return .all(ids: "SELECT record_id AS id FROM \(table) WHERE target_id = \(target)")
  }

  /// The next records that a list goes through.
  @LoopActor
  func unjudged(
    _ list: JudgedList,
    _ filter: String,
    _ size: Int,
    _ token: String,
    _ call: Call
  ) async throws -> UnjudgedPage<Record> {
    let gate = gate
    let request = try PageRequest(size: Int32(clamping: size), token: token)
    do {
      return try await store.read(call.tenant) { transaction in
        let scope: Scope<Record> = transaction.scope(call, .read, gate)
        let found: (page: Page<UnjudgedRecord<Record>>, tokens: RowTokens)
        var records: [UnjudgedRecord<Record>]
        switch list.span {
        case .own(let isJudged):
          found = try transaction.unjudged(list.query, in: scope, request)
          records = found.page.elements
          for index in records.indices { records[index].needsVerdict = isJudged }
        case .all(let ids):
          found = try transaction.unjudged(along: list.query, among: ids, request)
          records = found.page.elements
          let own = try transaction.records(records.compactMap(\.record.recordID), in: scope)
          let held = Set(own.compactMap(\.recordID))
          for index in records.indices {
            guard let id = records[index].record.recordID else { continue }
            records[index].needsVerdict = !held.contains(id)
          }
        }
        let hasMore = !found.page.nextToken.isEmpty
        return UnjudgedPage(records: records, tokens: found.tokens, hasMore: hasMore)
      }
    } catch let error as MeshError where error.reason == .tooExpensive && !list.query.hasNoFilter {
      let schema = schema(call.tenant)
      throw try await tooExpensive(filter, schema, gate.fields(call, schema).visible)
    }
  }
}

extension RecordMessage {
  /// A record with some ids in its fields, and nothing else.
  fileprivate init(with ids: [(field: RecordField, id: TypeID)]) {
    self.init()
    for (field, id) in ids {
      switch field.type {
      case .ids, .refs:
        let others: [FieldValue] = if case .list(let list) = value(of: field) { list } else { [] }
        set(field, to: .list(others + [.id(id)]))
      default: set(field, to: .id(id))
      }
    }
  }
}

extension ReadTransaction {
  /// A page of the tenant's records for the judge, whether or not the query's filter and words find them.
  ///
  /// - Parameters:
  ///   - query: its order and range count.
  ///   - ids: a query for the ids of the candidates, each once; nil for all records.
  ///   - request: which page.
  /// - Returns: the page, and its tokens.
  /// - Throws: INVALID_ARGUMENT for a page token that is not of this list.
  fileprivate func unjudged<Record: StoredRecord>(
    along query: RecordQuery,
    among ids: SQL?,
    _ request: PageRequest
  ) throws -> (page: Page<UnjudgedRecord<Record>>, tokens: RowTokens) {
    let source = RecordSource(ids, SQL(name: Record.schema.table)).adding(query.filter.range)
    return try sealedPage(
      Record.columns,
      from: source.tables,
      where: source.condition,
      by: query.keyset,
      request,
      bound: query.binding
    ) { row in UnjudgedRecord(record: Record(row: row, at: row.place), bytes: row.byteCount) }
  }
}
