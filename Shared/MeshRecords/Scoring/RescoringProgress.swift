package import MeshCore
package import MeshProto
package import MeshStore

// What waits to be scored. A service with a kind whose object is `lead` and whose table is `leads` has the tables
// `leads_to_score` (`lead_id`) and `rescorings` (`is_running`, `generation`, `last_lead_id`, `leads_done`,
// `leads_changed`, `start_time`, `end_time`), which has at most one row per tenant.

/// The progress of scoring all of a tenant's records of a kind again after a change of rules.
package struct RescoringProgress: Sendable, Equatable {
  package var isRunning: Bool
  /// Grows with each start: a step that began before is discarded.
  package var generation: Int64
  /// The last record processed; nil at the beginning.
  package var last: IDWords?
  package var done: Int
  /// Records whose score has changed.
  package var changed: Int
  package var startTime: Timestamp
  package var endTime: Timestamp?
}

/// The names of the tables and columns of a kind.
private struct ScoreTables {
  let queue: SQL
  let id: SQL
  let progress = SQL(name: "rescorings")
  let last: SQL
  let done: SQL
  let changed: SQL
  /// What happens when a record is already queued.
  ///
  /// Its row is rewritten, not left alone: on PostgreSQL, a transaction that is about to delete it, having scored the
  /// record as it was, then starts over.
  let onceMore: SQL

  init(_ schema: RecordSchema) {
    queue = SQL(name: "\(schema.table)_to_score")
    id = SQL(name: "\(schema.object)_id")
    last = SQL(name: "last_\(schema.object)_id")
    done = SQL(name: "\(schema.table)_done")
    changed = SQL(name: "\(schema.table)_changed")
    onceMore = "ON CONFLICT (tenant_id, \(id)) DO UPDATE SET \(id) = excluded.\(id)"
  }
}

extension ReadTransaction {
  /// The progress of scoring all records of a kind; nil when it was never started.
  package func rescoring(of schema: RecordSchema) throws -> RescoringProgress? {
    let tables = ScoreTables(schema)
    return try first(
      """
      SELECT is_running, generation, \(tables.last), \(tables.done), \(tables.changed), start_time,
        end_time
      FROM \(tables.progress)
      """
    ) { row in
      RescoringProgress(
        isRunning: try row.next(),
        generation: try row.next(),
        last: try row.next(),
        done: try row.next(),
        changed: try row.next(),
        startTime: try row.next(),
        endTime: try row.next()
      )
    }
  }

  /// Queued records.
  func recordsToScore(of schema: RecordSchema, limit: Int) throws -> [IDWords] {
    let tables = ScoreTables(schema)
    return try rows(
      "SELECT \(tables.id) FROM \(tables.queue) ORDER BY \(tables.id) LIMIT \(limit)"
    ) { row in try row.next(IDWords.self) }
  }

  func isToBeScored(_ id: IDWords, of schema: RecordSchema) throws -> Bool {
    let tables = ScoreTables(schema)
    return try value(
      "SELECT 1 FROM \(tables.queue) WHERE \(tables.id) = \(id.bytes)",
      as: Int.self
    ) != nil
  }
}

extension SystemReadTransaction {
  /// Tenants with records of a kind that are queued, or with a rescoring that is running.
  package func tenantsToScore(of schema: RecordSchema) throws -> [TenantID] {
    let tables = ScoreTables(schema)
    let running = try rows(
      "SELECT tenant_id FROM \(tables.progress) WHERE is_running ORDER BY start_time"
    ) { row in try row.next(TenantID.self) }
    let waiting = try rows("SELECT DISTINCT tenant_id FROM \(tables.queue)") { row in
      try row.next(TenantID.self)
    }
    return running + waiting
  }
}

extension WriteTransaction {
  /// Scores all records of a kind again, from the beginning even if that is already running; does nothing when there
  /// are none.
  package func startRescoring(of schema: RecordSchema) throws {
    let one = try value("SELECT 1 FROM \(SQL(name: schema.table)) LIMIT 1", as: Int.self)
    if one == nil { return }
    let generation = (try rescoring(of: schema)?.generation ?? 0) + 1
    let progress = RescoringProgress(
      isRunning: true,
      generation: generation,
      last: nil,
      done: 0,
      changed: 0,
      startTime: now,
      endTime: nil
    )
    try save(progress, of: schema)
  }

  func save(_ progress: RescoringProgress, of schema: RecordSchema) throws {
    let tables = ScoreTables(schema)
    try execute(
      """
      INSERT INTO \(tables.progress) (
        is_running, generation, \(tables.last), \(tables.done), \(tables.changed), start_time,
        end_time
      ) VALUES (
        \(progress.isRunning), \(progress.generation), \(progress.last?.bytes), \(progress.done),
        \(progress.changed), \(progress.startTime), \(progress.endTime)
      ) ON CONFLICT (tenant_id) DO UPDATE SET
        is_running = excluded.is_running, generation = excluded.generation,
        \(tables.last) = excluded.\(tables.last), \(tables.done) = excluded.\(tables.done),
        \(tables.changed) = excluded.\(tables.changed), start_time = excluded.start_time,
        end_time = excluded.end_time
      """
    )
  }

  /// Queues a record to be scored next.
  package func queueScore<Record: StoredRecord>(of record: Record) throws {
    if let id = record.recordID { try queueScore(of: id, Record.schema) }
  }

  func queueScore(of id: IDWords, _ schema: RecordSchema) throws {
    let tables = ScoreTables(schema)
    try post(
      """
      INSERT INTO \(tables.queue) (\(tables.id)) VALUES (\(id.bytes))
      \(tables.onceMore)
      """
    )
  }

  /// Queues the records that another one refers to, if one of its fields has changed that
  /// their scores depend on.
  ///
  /// - Parameters:
  ///   - type: the kind of the records that are scored.
  ///   - before: the referring record as it was; nil if it is new or restored.
  ///   - after: as it is; nil if it is deleted.
  ///   - fields: its field with their id, then the others that their scores depend on.
  /// - Throws: `StoreError`.
  package func rescore<Named: StoredRecord, Other: StoredRecord>(
    _ type: Named.Type,
    of before: Other?,
    _ after: Other?,
    _ fields: String...
  ) throws {
    let (old, new, places) = (before ?? Other(), after ?? Other(), fields.map { Other.schema[$0] })
    let changed = new.changes(from: old)
    guard let field = places.first ?? nil,
      places.contains(where: { place in place.map { changed.contains($0.index) } ?? false })
    else { return }
    let named = [old, new].compactMap { $0.value(of: field).id }
    for id in Set(named.map { IDWords(high: $0.high, low: $0.low) }).sorted() {
      try queueScore(of: id, Named.schema)
    }
  }

  /// Queues the records that meet a condition.
  func queueScores(of schema: RecordSchema, where condition: SQL) throws {
    let tables = ScoreTables(schema)
    try execute(
      """
      INSERT INTO \(tables.queue) (\(tables.id))
      SELECT id FROM \(SQL(name: schema.table)) WHERE \(condition)
      \(tables.onceMore)
      """
    )
  }

  func unqueueScore(of id: IDWords, _ schema: RecordSchema) throws {
    let tables = ScoreTables(schema)
    try post("DELETE FROM \(tables.queue) WHERE \(tables.id) = \(id.bytes)")
  }
}
