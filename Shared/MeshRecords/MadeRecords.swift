package import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

/// Records that were made, changed or linked for a record of another service, so that this happens once and can
/// be undone while nobody has changed them.
///
/// A table of the service has a row for each source and kind of record, with the columns source_id, object,
/// record_id, version, before and forget_time. The record before its change is personal data: the first write of this
/// table after 30 days deletes it. Belongs to one transaction.
///
/// Several sources may link one record. The change that one of them makes then stays until the last of them is undone,
/// and undoing one is no change that keeps the others from being undone.
package struct MadeRecords {
  private static let keepTime = Duration.seconds(30 * 86_400)

  private let transaction: WriteTransaction
  private let source: [UInt8]
  private let table: SQL

  /// - Parameters:
  ///   - source: the record that they are for.
  ///   - table: of the service.
  ///   - transaction: in which they are made, or that is undone.
  package init(for source: IDWords, in table: String, _ transaction: WriteTransaction) {
    self.transaction = transaction
    self.source = source.bytes
    self.table = SQL(name: table)
  }

  /// The record of a kind that was made or linked.
  package func id<Record: StoredRecord>(of _: Record.Type) throws -> IDWords? {
    try transaction.first(
      """
      SELECT record_id FROM \(table)
      WHERE source_id = \(source) AND object = \(Record.schema.object)
      """
    ) { row in try row.next(IDWords.self) }
  }

  /// What a source has for a record of a kind.
  package enum Origin<Record: StoredRecord> {
    /// A record that is to be made, with an id that was reserved for it.
    case make(Record, id: IDWords)
    /// A record that exists.
    case link(IDWords)
  }

  /// Makes or links a record, and notes it.
  ///
  /// - Parameters:
  ///   - origin: what is to be made or linked.
  ///   - rules: of the record.
  ///   - scope: the linked records that may be changed; one outside of it stays as it is. nil for all.
  ///   - complete: changes that the source makes to it, also when it is linked.
  ///   - always: changes that it makes to a linked record outside of `scope` too.
  /// - Throws: INVALID_ARGUMENT for `<object>_id` when there is no such record to link, or it is archived; else
  ///   for fields within the part `<object>`; what the rules throw.
  package func add<Record: StoredRecord>(
    _ origin: Origin<Record>,
    by rules: any RecordRules<Record>,
    changing scope: Scope<Record>? = nil,
    complete: (inout Record) -> Void = { _ in },
    always: (inout Record) -> Void = { _ in }
  ) throws {
    switch origin {
    case .make(var record, let id):
      complete(&record)
      always(&record)
      let made = try FieldCheck.of(Record.schema.object) {
        try transaction.create(record, id: id, by: rules)
      }
      try note(made, id)
    case .link(let id):
      let before = try linked(id, as: Record.self)
      var changed = before
      if try scope?.includes(before, in: transaction) ?? true { complete(&changed) }
      always(&changed)
      if changed.changes(from: before).isEmpty { return try note(before, id, before: before) }
      let written = try FieldCheck.of(Record.schema.object) {
        try transaction.update(before, to: changed, by: rules)
      }
      try note(written, id, before: before)
    }
  }

  /// A record that may be linked.
  private func linked<Record: StoredRecord>(_ id: IDWords, as _: Record.Type) throws -> Record {
    var check = FieldCheck()
    try transaction.checkNamed(Record.self, id, "\(Record.schema.object)_id", &check)
    try check.finish()
    let all: Scope<Record> = transaction.scope(forCalculation: "references")
    guard let record = try transaction.record(id, in: all) else {
      throw MeshError.internalFailure()
    }
    return record
  }

  /// Notes the version in which a record was made or linked, and what it was before.
  private func note<Record: StoredRecord>(
    _ record: Record,
    _ id: IDWords,
    before: Record? = nil
  ) throws {
    guard let etag = record.etag else { return }
    try transaction.post(
      """
      INSERT INTO \(table) (source_id, object, record_id, version, before, forget_time)
      VALUES (
        \(source), \(Record.schema.object), \(id.bytes), \(etag.version), \(before?.wireBytes()),
        \(before.map { _ in transaction.now + Self.keepTime })
      )
      """
    )
    // No record has version 0, so this one counts as changed since.
    try transaction.post(
      """
      UPDATE \(table) SET before = NULL, version = 0, forget_time = NULL
      WHERE forget_time <= \(transaction.now)
      """
    )
  }

  /// Undoes what was done to a record: a changed one becomes what it was before, one that was made is deleted,
  /// or archived where its kind cannot be deleted, and one that was linked stays as it is, as does a changed one that
  /// another source has linked since.
  ///
  /// - Parameters:
  ///   - rules: of the record.
  ///   - kinds: of the records that may refer to it by now.
  /// - Throws: FAILED_PRECONDITION when it has changed since, or when it was made and others refer to it or another
  ///   source uses it; what the rules throw.
  package func undo<Record: StoredRecord>(
    by rules: any RecordRules<Record>,
    unlessNamedBy kinds: [RecordSchema] = []
  ) throws {
    let object = Record.schema.object
    let noted = try transaction.first(
      """
      SELECT record_id, version, before FROM \(table)
      WHERE source_id = \(source) AND object = \(object)
      """
    ) { row in
      (
        id: try row.next(IDWords.self), version: try row.next(Int64.self),
        before: try row.next([UInt8]?.self)
      )
    }
    guard let noted else { return }
    try transaction.post("DELETE FROM \(table) WHERE source_id = \(source) AND object = \(object)")
    let before = try noted.before.map { try Record(wire: $0) }
    if let before, before.etag?.version == noted.version { return }
    let all: Scope<Record> = transaction.scope(forCalculation: "undoing")
    guard let present = try transaction.record(noted.id, in: all),
      present.etag?.version == noted.version
    else { throw MeshError.failedPrecondition("the \(object) was changed since") }
    if let before {
      if try leaveToAnother(before, of: noted.id, at: noted.version) { return }
      let restored = try transaction.update(present, to: before, by: rules)
      try moveNotes(of: noted.id, from: before, to: restored)
    } else if try isNoted(noted.id, object) || transaction.isNamed(noted.id, object, by: kinds) {
      throw MeshError.failedPrecondition("other records name the \(object) by now")
    } else if Record.schema["archived"] != nil {
      _ = try transaction.update(present, to: present.archived(true), action: "archive", by: rules)
    } else {
      try transaction.delete(present, by: rules)
    }
  }

  /// Leaves a change to another source that has linked the record as the change left it: what the record was before is
  /// that one's to restore from now on.
  ///
  /// Of several, it is the first that linked the record, as the others are kept for longer.
  ///
  /// - Parameters:
  ///   - before: the record before the change.
  ///   - id: of the record.
  ///   - version: the one that the change made.
  /// - Returns: whether there is such a source.
  /// - Throws: `StoreError`.
  private func leaveToAnother<Record: StoredRecord>(
    _ before: Record,
    of id: IDWords,
    at version: Int64
  ) throws -> Bool {
    let object = Record.schema.object
    let heir = try transaction.first(
      """
      SELECT source_id FROM \(table)
      WHERE object = \(object) AND record_id = \(id.bytes) AND version = \(version)
      ORDER BY forget_time, source_id LIMIT 1
      """
    ) { row in try row.next([UInt8].self) }
    guard let heir else { return false }
    try transaction.post(
      """
      UPDATE \(table) SET before = \(before.wireBytes())
      WHERE source_id = \(heir) AND object = \(object)
      """
    )
    return true
  }

  /// Moves the notes of other sources from the version of a record that was restored to the one that restored it: the
  /// record is as they know it.
  private func moveNotes<Record: StoredRecord>(
    of id: IDWords,
    from old: Record,
    to new: Record
  ) throws {
    guard let oldVersion = old.etag?.version, let newVersion = new.etag?.version else { return }
    let object = Record.schema.object
    let notes = try transaction.rows(
      """
      SELECT source_id, before FROM \(table)
      WHERE object = \(object) AND record_id = \(id.bytes) AND version = \(oldVersion)
      """
    ) { row in (source: try row.next([UInt8].self), before: try row.next([UInt8]?.self)) }
    for note in notes {
      // A source that only linked the record has the version itself as the one before.
      let hasLinked = try note.before.map { try Record(wire: $0).etag == old.etag } ?? false
      let before: [UInt8]? = hasLinked ? new.wireBytes() : note.before
      try transaction.post(
        """
        UPDATE \(table) SET version = \(newVersion), before = \(before)
        WHERE source_id = \(note.source) AND object = \(object)
        """
      )
    }
  }

  /// Whether a record was made, changed or linked for any source that still has its row.
  private func isNoted(_ id: IDWords, _ object: String) throws -> Bool {
    try transaction.value(
      "SELECT 1 FROM \(table) WHERE object = \(object) AND record_id = \(id.bytes) LIMIT 1",
      as: Int.self
    ) != nil
  }
}
