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
  let way: JudgedWay
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
    let list = try judgedList(request, call, judge.way)
    var page = JudgedPage<Record>()
    var (token, read, bytes, gaps): (String, Int, Int, Set<String>) = (request.token, 0, 0, [])
    while page.nextPageToken.isEmpty {
      let wanted = min(Self.judgedAtOnce, read == 0 ? list.size : Self.mostJudged - read)
      let found = try await unjudged(list, request.filter, wanted, token, call)
      let readable = try await readable(found.records, call, judge, &gaps)
      for (index, candidate) in found.records.enumerated() where readable[index] {
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

  private func judgedList(
    _ request: JudgedRequest,
    _ call: Call,
    _ way: JudgedWay
  ) throws -> JudgedList {
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
    return JudgedList(query: query, shown: visible.intersection(asked), size: size, way: way)
  }

  /// The next records of a list, with those left to the judge that its way says.
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
        let all: Scope<Record> = transaction.scope(forCalculation: "judging")
        let isOpening = list.way == .opening
        let (page, tokens) = try transaction.unjudged(
          list.query,
          in: isOpening ? all : scope,
          request
        )
        var records = page.elements
        for index in records.indices where isOpening {
          records[index].isOpen = try !scope.includes(records[index].record, in: transaction)
        }
        return UnjudgedPage(records: records, tokens: tokens, hasMore: !page.nextToken.isEmpty)
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
}
