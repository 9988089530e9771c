import MeshAccess
package import MeshCore
import MeshLoop
import MeshProto
package import MeshStore

/// How records of a kind get their scores.
///
/// A score depends on the record itself, on the tenant's rules and on facts that follow from other records or
/// from the date. Facts and scores are background fields of the record.
package struct ScoredKind<Record: StoredRecord>: Sendable {
  /// Sets a record's score by the rules that it was made from.
  package typealias Score = @Sendable (inout Record) -> Void

  let rules: @Sendable (ReadTransaction) throws -> Score?
  let version: @Sendable (ReadTransaction) throws -> Int64
  let complete: @Sendable (inout Record, ReadTransaction) throws -> Void
  let outdated: @Sendable (CalendarDate) -> SQL?
  let wrote: @Sendable (Record, Record, WriteTransaction) throws -> Void

  /// - Parameters:
  ///   - rules: the tenant's, which may be compiled here; nil while there are none yet. Never requested in a
  ///     transaction that writes.
  ///   - version: the version of the rules. Default: the number of the rescoring that their last
  ///     change started.
  ///   - complete: updates a record's facts, by indexes: it also runs in transactions that write.
  ///   - outdated: the records whose facts change with a new day of the tenant.
  ///   - wrote: runs in the transaction of a new score, with the record before and after.
  package init(
    rules: @escaping @Sendable (ReadTransaction) throws -> Score?,
    version: @escaping @Sendable (ReadTransaction) throws -> Int64 = {
      try $0.rescoring(of: Record.schema)?.generation ?? 0
    },
    complete: @escaping @Sendable (inout Record, ReadTransaction) throws -> Void = { _, _ in },
    outdated: @escaping @Sendable (CalendarDate) -> SQL? = { _ in nil },
    wrote: @escaping @Sendable (Record, Record, WriteTransaction) throws -> Void = { _, _, _ in }
  ) {
    self.rules = rules
    self.version = version
    self.complete = complete
    self.outdated = outdated
    self.wrote = wrote
  }
}

extension ScoredKind {
  /// A kind that is scored by the tenant's rules of a kind.
  ///
  /// - Parameters:
  ///   - type: the kind of rule.
  ///   - take: sets a record's score from the rules' verdicts.
  ///   - complete: see above.
  ///   - outdated: see above.
  package init<Rule: PointRule>(
    by type: Rule.Type,
    take: @escaping @Sendable (inout Record, [Verdict<Rule>]) -> Void,
    complete: @escaping @Sendable (inout Record, ReadTransaction) throws -> Void,
    outdated: @escaping @Sendable (CalendarDate) -> SQL?
  ) where Rule.Scored == Record {
    self.init(
      rules: { transaction in
        let scorer = Scorer<Rule>(try transaction.pointRules())
        return { record in
          let verdicts = scorer.verdicts(on: record)
          take(&record, verdicts)
        }
      },
      complete: complete,
      outdated: outdated
    )
  }
}

/// Scores records in the background: queued ones, then the next of a rescoring.
///
/// No condition is compiled or evaluated on the writer's thread.
package struct Rescorer<Record: StoredRecord>: Sendable {
  /// Records in one transaction.
  package static var batch: Int { 200 }

  package let store: Store
  private let kind: ScoredKind<Record>
  private let author: Author

  package init(_ store: Store, _ kind: ScoredKind<Record>) {
    self.store = store
    self.kind = kind
    author = Author(actor: "system:\(store.service)")
  }

  /// Reads a batch of records and scores them, both off the writer's thread, and writes what has changed in one
  /// transaction.
  ///
  /// - Parameters:
  ///   - tenant: whose records.
  ///   - count: the most records to take.
  ///   - priority: whether a caller waits for it.
  /// - Returns: whether there is more to do.
  /// - Throws: what the store throws; then nothing was changed.
  package func advance(
    _ tenant: TenantID,
    by count: Int,
    priority: StorePriority = .background
  ) async throws -> Bool {
    let kind = kind
    let found = try await store.read(tenant, priority: priority) { transaction in
      try transaction.scoreBatch(of: kind, limit: count)
    }
    guard let (unscored, score) = found else { return false }
    let scored = await BlockingPool.shared.run { unscored.scored(by: score) }
    return try await store.write(tenant, as: author, priority: priority) { transaction in
      try transaction.save(scored, of: kind)
    }
  }

  /// Scores a queued record whose caller waits for the score.
  package func settle(_ id: IDWords, of tenant: TenantID) async throws {
    while try await store.read(tenant, { try $0.isToBeScored(id, of: Record.schema) }) {
      _ = try await advance(tenant, by: Self.batch, priority: .people)
    }
  }

  /// Queues the records whose facts change with a new day of the tenant.
  package func renew(_ tenant: TenantID, on day: CalendarDate) async throws {
    guard let outdated = kind.outdated(day) else { return }
    try await store.write(tenant, as: author, priority: .background) { transaction in
      try transaction.queueScores(of: Record.schema, where: outdated)
    }
  }
}

/// Records that are scored outside of a transaction that writes.
private struct ScoreBatch<Record: StoredRecord>: Sendable {
  struct Entry: Sendable {
    let id: IDWords
    /// The record as it was read; nil when it is gone.
    let read: Record?
    /// The record with its facts at that time.
    let complete: Record?
    var scored: Record?

    func settingScore(by score: ScoredKind<Record>.Score) -> Entry {
      var entry = self
      guard var record = complete else { return entry }
      score(&record)
      entry.scored = record
      return entry
    }
  }

  /// The version of the rules.
  let version: Int64
  /// Queued records.
  var queued: [Entry]
  /// The rescoring that is running; nil for none.
  let progress: RescoringProgress?
  /// Its next records; once they are scored, only those whose score has changed.
  var walk: [Entry]
  let count: Int
  let last: IDWords?
  let isEnd: Bool

  func scored(by score: ScoredKind<Record>.Score) -> ScoreBatch {
    var batch = self
    batch.queued = queued.map { $0.settingScore(by: score) }
    batch.walk = walk.map { $0.settingScore(by: score) }.filter { $0.scored != $0.read }
    return batch
  }
}

extension ReadTransaction {
  /// The next records to score, and the rules; nil when there is nothing to do.
  fileprivate func scoreBatch<Record: StoredRecord>(
    of kind: ScoredKind<Record>,
    limit: Int
  ) throws -> (ScoreBatch<Record>, ScoredKind<Record>.Score)? {
    let ids = try recordsToScore(of: Record.schema, limit: limit)
    let present = try rescoring(of: Record.schema)
    let progress = ids.isEmpty && present?.isRunning == true ? present : nil
    guard !ids.isEmpty || progress != nil, let score = try kind.rules(self) else { return nil }
    let all: Scope<Record> = scope(forCalculation: "scoring")
    var records: [Record] = []
    if let progress {
      records = try self.records(where: "TRUE", in: all, after: progress.last, limit: limit)
    }
    func entry(_ id: IDWords, _ record: Record?) throws -> ScoreBatch<Record>.Entry {
      var complete = record
      if var known = record {
        try kind.complete(&known, self)
        complete = known
      }
      return ScoreBatch<Record>.Entry(id: id, read: record, complete: complete, scored: nil)
    }
    let batch = ScoreBatch<Record>(
      version: try kind.version(self),
      queued: try ids.map { try entry($0, try record($0, in: all)) },
      progress: progress,
      walk: try records.compactMap { record in
        try record.recordID.map { try entry($0, record) }
      },
      count: records.count,
      last: records.last?.recordID,
      isEnd: records.count < limit
    )
    return (batch, score)
  }
}

extension WriteTransaction {
  /// Writes the scores of a batch; records that are as they were read need nothing else.
  ///
  /// - Returns: whether there may be more to do.
  fileprivate func save<Record: StoredRecord>(
    _ batch: ScoreBatch<Record>,
    of kind: ScoredKind<Record>
  ) throws -> Bool {
    let schema = Record.schema
    guard try kind.version(self) == batch.version else { return true }
    for entry in batch.queued {
      if try write(entry, of: kind) != nil { try unqueueScore(of: entry.id, schema) }
    }
    let isFull = !batch.queued.isEmpty
    guard let walked = batch.progress, var progress = try rescoring(of: schema),
      progress.isRunning, progress.generation == walked.generation, progress.last == walked.last
    else { return isFull }
    for entry in batch.walk {
      switch try write(entry, of: kind) {
      case true?: progress.changed += 1
      case false?: break
      case nil: try queueScore(of: entry.id, schema)
      }
    }
    progress.done += batch.count
    progress.last = batch.last ?? progress.last
    if batch.isEnd {
      progress.isRunning = false
      progress.endTime = now
    }
    try save(progress, of: schema)
    return isFull || progress.isRunning
  }

  /// - Returns: whether the score has changed; nil when it has to be computed again, because the record or its
  ///   facts are no longer as they were read.
  private func write<Record: StoredRecord>(
    _ entry: ScoreBatch<Record>.Entry,
    of kind: ScoredKind<Record>
  ) throws -> Bool? {
    guard let read = entry.read, let scored = entry.scored else { return false }
    var complete = read
    try kind.complete(&complete, self)
    guard complete == entry.complete, try write(computed: scored, of: read) else { return nil }
    if scored == read { return false }
    try kind.wrote(read, scored, self)
    return true
  }
}
