package import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

/// Records that were made, changed or linked for a record of another service, so that this happens once and can
/// be taken back while nobody has changed them.
///
/// A table of the service has a row for each source and kind of record, with the columns source_id, object,
/// record_id, version, before and forget_time. The record before its change is personal data: the first write of this
/// table after 30 days deletes it. Belongs to one transaction.
package struct MadeRecords {
  private static let keepTime = Duration.seconds(30 * 86_400)

  private let transaction: WriteTransaction
  private let source: [UInt8]
  private let table: SQL

  /// - Parameters:
  ///   - source: the record that they are for.
  ///   - table: of the service.
  ///   - transaction: in which they are made or taken back.
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
    ) { row in try row.next(ID<TenantKind>.self).words }
  }

  /// Makes a record of a draft, or links an existing one.
  ///
  /// - Parameters:
  ///   - draft: what to make; nil for an empty one.
  ///   - id: of the record to make or to link.
  ///   - isLinked: whether an existing record is to be linked.
  ///   - rules: of the record.
  ///   - scope: the records that may be changed; a linked one outside of it stays as it is. nil for all.
  ///   - complete: changes that the source makes to it, also when it is linked.
  /// - Throws: INVALID_ARGUMENT for `<object>_id` when there is no such record to link, or it is archived; else
  ///   for fields within the part `<object>`; what the rules throw.
  package func make<Record: StoredRecord>(
    _ draft: Record?,
    id: IDWords,
    isLinked: Bool = false,
    by rules: any RecordRules<Record>,
    changing scope: Scope<Record>? = nil,
    complete: (inout Record) -> Void = { _ in }
  ) throws {
    let object = Record.schema.object
    var check = FieldCheck()
    if isLinked { try transaction.checkNamed(Record.self, id, "\(object)_id", &check) }
    try check.finish()
    let all: Scope<Record> = transaction.scope(forCalculation: "references")
    let before = try isLinked ? transaction.record(id, in: all) : nil
    var changed = before ?? draft ?? Record()
    let mayChange = try before.flatMap { try scope?.includes($0, in: transaction) } ?? true
    if mayChange { complete(&changed) }
    let written = try FieldCheck.of(object) { () throws -> Record in
      guard let before else { return try transaction.create(changed, id: id, by: rules) }
      if changed.changes(from: before).isEmpty { return before }
      return try transaction.update(before, to: changed, by: rules)
    }
    guard let etag = written.etag else { return }
    try transaction.post(
      """
      INSERT INTO \(table) (source_id, object, record_id, version, before, forget_time)
      VALUES (
        \(source), \(object), \(id.bytes), \(etag.version), \(before?.wireBytes()),
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

  /// Takes back what was done to a record: a changed one becomes what it was before, one that was made is deleted,
  /// or archived where its kind cannot be deleted, and one that was linked stays as it is.
  ///
  /// - Parameters:
  ///   - rules: of the record.
  ///   - kinds: of the records that may refer to it by now.
  /// - Throws: FAILED_PRECONDITION when it has changed since, others refer to it, or another source uses it; what
  ///   the rules throw.
  package func takeBack<Record: StoredRecord>(
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
        id: try row.next(ID<TenantKind>.self).words, version: try row.next(Int64.self),
        before: try row.next([UInt8]?.self)
      )
    }
    guard let noted else { return }
    try transaction.post("DELETE FROM \(table) WHERE source_id = \(source) AND object = \(object)")
    let before = try noted.before.map { try Record(wire: $0) }
    if let before, before.etag?.version == noted.version { return }
    let all: Scope<Record> = transaction.scope(forCalculation: "taking back")
    guard let present = try transaction.record(noted.id, in: all),
      present.etag?.version == noted.version
    else { throw MeshError.failedPrecondition("the \(object) was changed since") }
    if let before {
      _ = try transaction.update(present, to: before, by: rules)
    } else if try isNoted(noted.id, object) || transaction.isNamed(noted.id, object, by: kinds) {
      throw MeshError.failedPrecondition("other records name the \(object) by now")
    } else if Record.schema["archived"] != nil {
      _ = try transaction.update(present, to: present.archived(true), action: "archive", by: rules)
    } else {
      try transaction.delete(present, by: rules)
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
