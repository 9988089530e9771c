import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore

/// A page of a list whose records are judged after they are read.
package struct JudgedRequest: Sendable {
  /// A condition in CEL, or nothing.
  package var filter: String
  /// Words that must all occur, or nothing.
  package var words: String
  /// As for `RecordQuery`.
  package var order: String
  /// Names of fields to be answered beside id and etag; none, or `*`, for all.
  package var fields: [String]
  /// Records on the page; 0 is the kind's default.
  package var size: Int32
  /// Of another page, or nothing.
  package var token: String

  package init(
    filter: String = "",
    words: String = "",
    order: String = "",
    fields: [String] = [],
    size: Int32 = 0,
    token: String = ""
  ) {
    self.filter = filter
    self.words = words
    self.order = order
    self.fields = fields
    self.size = size
    self.token = token
  }
}

/// A page of records that a judge let through.
package struct JudgedPage<Record: StoredRecord>: Sendable {
  /// As the caller may see them.
  package fileprivate(set) var records: [Record] = []
  /// Empty on the last page; there may be more pages behind one that is short or has no records.
  package fileprivate(set) var nextPageToken = ""
  /// The names of the services that did not answer, in order: records may be missing for it.
  package fileprivate(set) var gaps: [String] = []
}

/// A record that was read, of which nobody may know until it is judged.
struct UnjudgedRecord<Record: StoredRecord>: Sendable {
  let record: Record
  let bytes: Int
  /// Whether the judge has a say.
  var isOpen = true
}

/// Records that were read at once.
private struct UnjudgedPage<Record: StoredRecord>: Sendable {
  var records: [UnjudgedRecord<Record>]
  let tokens: RowTokens
  let hasMore: Bool

  /// The token of the place behind a record; empty at the end of the list.
  func token(after index: Int) -> String {
    index < records.count - 1 || hasMore ? tokens.text(after: index) : ""
  }
}

/// What is known of a list before its records are read.
private struct JudgedList: Sendable {
  let query: RecordQuery
  let shown: FieldSet
  let size: Int
  let span: JudgedSpan
}

/// The records that a list goes through to find those that the judge lets through.
private enum JudgedSpan: Sendable {
  /// Those of the caller's scope that are asked for, and whether the judge has a say in them.
  case own(isJudged: Bool)
  /// All, or those with some ids. What is asked for is found among those that the caller may read: how long a page
  /// takes, and how many records are judged for it, does not depend on what is in the others.
  case all(ids: SQL?)
}

extension Records {
  /// Records that are read for a page at most, where few of many may be read.
  private static var mostJudged: Int { 1_000 }
  /// Records that are judged at once.
  private static var judgedAtOnce: Int { 200 }

  /// As `get`, of a kind whose records are judged.
  ///
  /// - Throws: NOT_FOUND for a record that the caller may not read, as for none; UNAVAILABLE while nobody can say
  ///   whether they may.
  @LoopActor
  package func judged<Judge: RecordJudge>(
    _ id: String,
    _ call: Call,
    by judge: Judge
  ) async throws -> Record where Judge.Record == Record {
    let (gate, way) = (gate, judge.way)
    let found = try await store.readOne(call.tenant) { transaction in
      let scope: Scope<Record> = transaction.scope(call, .read, gate)
      let all: Scope<Record> = transaction.scope(forCalculation: "judging")
      let record = try transaction.require(id, in: way == .opening ? all : scope)
      let isOpen = try way == .closing || !scope.includes(record, in: transaction)
      return UnjudgedRecord(record: record, bytes: 0, isOpen: isOpen)
    }
    if found.isOpen {
      let verdicts = try await judge.verdicts(on: [found.record], call)
      if verdicts.readable != [true] {
        if let gap = verdicts.gaps.min() { throw MeshError.unanswered(gap) }
        throw MeshError.notFound(Record.schema.object, id)
      }
    }
    return found.record.showing(gate.fields(call, schema(call.tenant)).visible)
  }

  /// A page of the records that match and that the judge lets through.
  ///
  /// Reads on until the page is full, over 1,000 records at most. There is no count of such a list and no way back,
  /// and its tokens tell nobody what is in a record that they may not read.
  ///
  /// - Throws: INVALID_ARGUMENT that names the parameter; what the judge throws.
  @LoopActor
  package func judgedPage<Judge: RecordJudge>(
    _ request: JudgedRequest,
    _ call: Call,
    by judge: Judge
  ) async throws -> JudgedPage<Record> where Judge.Record == Record {
    var page = JudgedPage<Record>()
    var (token, read, bytes, gaps): (String, Int, Int, Set<String>) = (request.token, 0, 0, [])
    let list = try await judgedList(request, call, judge, &gaps)
    while page.nextPageToken.isEmpty {
      let size = min(Self.judgedAtOnce, read == 0 ? list.size : Self.mostJudged - read)
      let found = try await unjudged(list, request.filter, size, token, call)
      let readable = try await readable(found.records, call, judge, &gaps)
      let wanted = try await asked(list, found.records, readable, call)
      for (index, candidate) in found.records.enumerated() where wanted[index] {
        if !page.records.isEmpty, bytes + candidate.bytes > PageRequest.mostBytes {
          page.nextPageToken = index == 0 ? token : found.token(after: index - 1)
          break
        }
        bytes += candidate.bytes
        page.records.append(candidate.record.showing(list.shown))
        if page.records.count == list.size {
          page.nextPageToken = found.token(after: index)
          break
        }
      }
      read += found.records.count
      if page.records.count == list.size || !page.nextPageToken.isEmpty || !found.hasMore { break }
      token = found.token(after: found.records.count - 1)
      if read >= Self.mostJudged { page.nextPageToken = token }
    }
    page.gaps = gaps.sorted()
    return page
  }

  @LoopActor
  private func judgedList<Judge: RecordJudge>(
    _ request: JudgedRequest,
    _ call: Call,
    _ judge: Judge,
    _ gaps: inout Set<String>
  ) async throws -> JudgedList where Judge.Record == Record {
    let schema = schema(call.tenant)
    let visible = gate.fields(call, schema).visible
    let asked = try schema.selection(of: request.fields, visible: visible)
    let query = try RecordQuery(
      schema,
      filter: request.filter,
      words: request.words,
      order: request.order,
      visible: visible
    )
    let size = try PageRequest(size: request.size == 0 ? pageSize : request.size, token: "").size
    let span = try await span(query.filter, call, judge, &gaps)
    return JudgedList(query: query, shown: visible.intersection(asked), size: size, span: span)
  }

  /// Which records a list goes through.
  ///
  /// Those that the filter finds may all be in the caller's scope by the ids that it names, as by the caller's own.
  /// Otherwise, a record that it names has been opened to the caller with all that name it, or nothing is by that.
  @LoopActor
  private func span<Judge: RecordJudge>(
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
  private func unjudged(
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
          for index in records.indices { records[index].isOpen = isJudged }
        case .all(let ids):
          found = try transaction.unjudged(along: list.query, among: ids, request)
          records = found.page.elements
          let own = try transaction.records(records.compactMap(\.record.recordID), in: scope)
          let held = Set(own.compactMap(\.recordID))
          for index in records.indices {
            guard let id = records[index].record.recordID else { continue }
            records[index].isOpen = !held.contains(id)
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

  /// Which of some records the caller may read.
  @LoopActor
  private func readable<Judge: RecordJudge>(
    _ records: [UnjudgedRecord<Record>],
    _ call: Call,
    _ judge: Judge,
    _ gaps: inout Set<String>
  ) async throws -> [Bool] where Judge.Record == Record {
    let open = records.filter(\.isOpen).map(\.record)
    if open.isEmpty { return records.map { _ in true } }
    let verdicts = try await judge.verdicts(on: open, call)
    guard verdicts.readable.count == open.count else { throw MeshError.internalFailure() }
    gaps.formUnion(verdicts.gaps)
    var next = verdicts.readable.makeIterator()
    return records.map { $0.isOpen ? next.next() ?? false : true }
  }
  /// Which of some records the caller may read and asks for.
  @LoopActor
  private func asked(
    _ list: JudgedList,
    _ records: [UnjudgedRecord<Record>],
    _ readable: [Bool],
    _ call: Call
  ) async throws -> [Bool] {
    guard case .all = list.span, !list.query.isOfAll, readable.contains(true) else {
      return readable
    }
    let few = zip(records, readable).compactMap { $1 ? $0.record.recordID : nil }
    let query = list.query
    let found = try await store.read(call.tenant) { transaction in
      try transaction.found(query, among: few, Record.self)
    }
    return records.map { $0.record.recordID.map(found.contains) ?? false }
  }
}

extension RecordMessage {
  /// A record that has some ids in its fields, and nothing else.
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
  /// A page of the tenant's records that are to be judged, whatever the query's filter and words say.
  ///
  /// - Parameters:
  ///   - query: gives the order, and from where to where in it.
  ///   - ids: a query for the ids of those that come into question, each once; nil for all.
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

  /// Those of a few records that a query asks for; of no others, its filter and words are looked at.
  fileprivate func found<Record: StoredRecord>(
    _ query: RecordQuery,
    among few: [IDWords],
    _: Record.Type
  ) throws -> Set<IDWords> {
    if few.isEmpty || query.isOfAll { return Set(few) }
    let table = SQL(name: Record.schema.table)
    var source = RecordSource(few: few, table).adding(query.filter.few)
    let index = SearchIndex(object: Record.schema.object)
    if let matches = try index.matches(query.words, among: few, in: self) {
      source = source.adding(matches.contains("\(table).id"))
    }
    return Set(try ids(table, from: source.tables, where: source.condition))
  }
}
