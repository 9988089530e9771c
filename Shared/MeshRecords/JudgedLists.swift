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
  /// Names of the fields to return besides id and etag; none, or `*`, for all.
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
  /// Empty on the last page; a page that is short, or empty, may have others after it.
  package fileprivate(set) var nextPageToken = ""
  /// The names of the services that did not answer, in order: records that they would have let through may be missing.
  package fileprivate(set) var gaps: [String] = []
}

/// A record that was read, not to be revealed before a verdict.
struct UnjudgedRecord<Record: StoredRecord>: Sendable {
  let record: Record
  let bytes: Int
  /// Whether the judge decides if the caller may read it; otherwise the caller's scope has decided.
  var needsVerdict = true
}

/// Records that were read at once.
struct UnjudgedPage<Record: StoredRecord>: Sendable {
  var records: [UnjudgedRecord<Record>]
  let tokens: RowTokens
  let hasMore: Bool

  /// The token of the place after a record; empty at the end of the list.
  func token(after index: Int) -> String {
    index < records.count - 1 || hasMore ? tokens.text(after: index) : ""
  }
}

/// A list as its request asks for it, before records are read.
struct JudgedList: Sendable {
  let query: RecordQuery
  let shown: FieldSet
  let size: Int
  let span: JudgedSpan
}

extension Records {
  /// The most records that are read for one page, however few of them the caller may read.
  private static var mostJudged: Int { 1_000 }
  /// The most records that are judged at once.
  private static var judgedAtOnce: Int { 200 }

  /// As `get`, for a kind whose records are judged.
  ///
  /// - Throws: NOT_FOUND for a record that does not exist or that the caller may not read; UNAVAILABLE while a service
  ///   that decides about it does not answer.
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
      let needsVerdict = try way == .closing || !scope.includes(record, in: transaction)
      return UnjudgedRecord(record: record, bytes: 0, needsVerdict: needsVerdict)
    }
    if found.needsVerdict {
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
  /// Reads on until the page is full, 1,000 records at most. Such a list has no count and no way back, and its tokens
  /// reveal nothing of records that the caller may not read.
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
    // The place after the last record of a full page: its token is given only if another that the caller may read follows.
    var end: String?
    let list = try await judgedList(request, call, judge, &gaps)
    while page.nextPageToken.isEmpty {
      let size = min(Self.judgedAtOnce, read == 0 ? list.size + 1 : Self.mostJudged - read)
      let found = try await unjudged(list, request.filter, size, token, call)
      let readable = try await readable(found.records, call, judge, &gaps)
      let wanted = try await matching(list, found.records, readable, call)
      for (index, candidate) in found.records.enumerated() where wanted[index] {
        if let end {
          page.nextPageToken = end
          break
        }
        if !page.records.isEmpty, bytes + candidate.bytes > PageRequest.mostBytes {
          page.nextPageToken = index == 0 ? token : found.token(after: index - 1)
          break
        }
        bytes += candidate.bytes
        page.records.append(candidate.record.showing(list.shown))
        if page.records.count == list.size { end = found.token(after: index) }
      }
      read += found.records.count
      if !page.nextPageToken.isEmpty || !found.hasMore { break }
      token = found.token(after: found.records.count - 1)
      if read >= Self.mostJudged { page.nextPageToken = end ?? token }
    }
    page.gaps = gaps.sorted()
    return page
  }

  /// A list as a request asks for it, with the services that did not answer meanwhile.
  @LoopActor
  private func judgedList<Judge: RecordJudge>(
    _ request: JudgedRequest,
    _ call: Call,
    _ judge: Judge,
    _ gaps: inout Set<String>
  ) async throws -> JudgedList where Judge.Record == Record {
    let schema = schema(call.tenant)
    let visible = gate.fields(call, schema).visible
    let fields = try schema.selection(of: request.fields, visible: visible)
    let query = try RecordQuery(
      schema,
      filter: request.filter,
      words: request.words,
      order: request.order,
      visible: visible
    )
    let size = try PageRequest(size: request.size == 0 ? pageSize : request.size, token: "").size
    let span = try await span(query.filter, call, judge, &gaps)
    return JudgedList(query: query, shown: visible.intersection(fields), size: size, span: span)
  }

  /// Which of some records the caller may read, by their scope or by the judge.
  @LoopActor
  private func readable<Judge: RecordJudge>(
    _ records: [UnjudgedRecord<Record>],
    _ call: Call,
    _ judge: Judge,
    _ gaps: inout Set<String>
  ) async throws -> [Bool] where Judge.Record == Record {
    let undecided = records.filter(\.needsVerdict).map(\.record)
    if undecided.isEmpty { return records.map { _ in true } }
    let verdicts = try await judge.verdicts(on: undecided, call)
    guard verdicts.readable.count == undecided.count else { throw MeshError.internalFailure() }
    gaps.formUnion(verdicts.gaps)
    var next = verdicts.readable.makeIterator()
    return records.map { $0.needsVerdict ? next.next() ?? false : true }
  }

  /// Which of some records the caller may read and the list's filter and words find.
  @LoopActor
  private func matching(
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

extension ReadTransaction {
  /// Those of a few records that a query finds; it looks at no others.
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
