package import MeshCore

/// The service and the kind of the records that a store keeps copies of.
package struct ReplicaSource: Hashable, Sendable {
  package let service: String
  package let object: String

  package init(service: String, object: String) {
    self.service = service
    self.object = object
  }

  /// Names its place in the other service's log, which is not that of any reaction.
  package var feed: String { "replica:\(service):\(object)" }
}

/// Another service's record as a copy has it.
package struct ReplicaRow: Hashable, Sendable {
  package let tenant: TenantID
  package let id: IDWords
  /// Its message on the wire; nil once the record is gone.
  package let record: [UInt8]?

  package init(tenant: TenantID, id: IDWords, record: [UInt8]?) {
    self.tenant = tenant
    self.id = id
    self.record = record
  }

  package var key: ReplicaKey { ReplicaKey(tenant: tenant, id: id) }
}

/// Which record of a source it is.
package struct ReplicaKey: Hashable, Sendable {
  package let tenant: TenantID
  package let id: IDWords

  package init(tenant: TenantID, id: IDWords) {
    self.tenant = tenant
    self.id = id
  }
}

/// A change of another service's record that a copy is to follow.
package struct ReplicaChange: Sendable {
  package let row: ReplicaRow
  /// The old values of the fields that `row.record` has the new ones of; nil when it has all fields.
  package let partialBefore: [UInt8]?

  package init(_ row: ReplicaRow, partialBefore: [UInt8]? = nil) {
    self.row = row
    self.partialBefore = partialBefore
  }
}

extension Store {
  /// Puts the changed fields of a record into the record as it is kept.
  package typealias Merge =
    @Sendable (_ kept: [UInt8], _ before: [UInt8], _ after: [UInt8]) throws -> [UInt8]

  /// Takes over changes of another service's records, and the place in its log up to which they are
  /// known, in one transaction.
  ///
  /// - Parameters:
  ///   - changes: in their order; those of some fields of a record that is not kept are left out.
  ///   - letters: changes that say of no record what it is.
  ///   - source: where they come from.
  ///   - from: the place in the log before them; nil before the first.
  ///   - to: the place after them.
  ///   - author: who takes them over.
  ///   - merge: puts changed fields into a record.
  /// - Returns: the records as they are now; nil when the log was taken up to there before, and nothing
  ///   was written.
  /// - Throws: as `write`.
  package func keep(
    _ changes: [ReplicaChange],
    letters: [NewDeadLetter] = [],
    of source: ReplicaSource,
    from: String?,
    to: String,
    as author: Author,
    merge: @escaping Merge
  ) async throws -> [ReplicaRow]? {
    try await systemWrite(as: author) { transaction in
      guard try transaction.advance(source.feed, from: from, to: to) else { return nil }
      for letter in letters { try transaction.bury(letter) }
      return try changes.compactMap { try transaction.keep($0, of: source, merge: merge) }
    }
  }

  /// Takes over a part of a snapshot of another service's records.
  package func keep(
    _ rows: [ReplicaRow],
    of source: ReplicaSource,
    as author: Author
  ) async throws {
    try await systemWrite(as: author) { transaction in
      for row in rows { try transaction.keep(row, of: source) }
    }
  }

  /// Ends a snapshot: what it did not have is gone, and its place in the log is where to go on from.
  ///
  /// - Parameters:
  ///   - source: where the records come from.
  ///   - known: the records that the snapshot had.
  ///   - from: the place before the snapshot; nil before the first.
  ///   - to: the place after it.
  ///   - author: who takes it over.
  /// - Returns: the records that are gone; nil when someone else has taken the log on meanwhile.
  /// - Throws: as `write`.
  package func endSnapshot(
    of source: ReplicaSource,
    known: Set<ReplicaKey>,
    from: String?,
    to: String,
    as author: Author
  ) async throws -> [ReplicaRow]? {
    try await systemWrite(as: author) { transaction in
      guard try transaction.advance(source.feed, from: from, to: to) else { return nil }
      let gone = try transaction.keys(of: source).filter { !known.contains($0) }
        .map { ReplicaRow(tenant: $0.tenant, id: $0.id, record: nil) }
      for row in gone { try transaction.keep(row, of: source) }
      try transaction.removeDeadLetters(of: source.feed)
      return gone
    }
  }

  /// Takes a change off the list of those put aside, and has all records of its source read again.
  ///
  /// Forgets the place in the other service's log, so that the next reading of it begins with a snapshot.
  /// Does nothing when the change is not on the list.
  package func beginAnew(
    _ source: ReplicaSource,
    instead number: Int64,
    as author: Author
  ) async throws {
    try await systemWrite(as: author) { transaction in
      guard try DeadLetters.remove(number, transaction.session) else { return }
      try transaction.session.runOwn(
        "DELETE FROM main.mesh_cursors WHERE feed = \(source.feed)"
      )
    }
  }

  /// The records of a source that are kept, of all tenants.
  package func kept(of source: ReplicaSource) async throws -> [ReplicaRow] {
    try await systemRead { transaction in
      var rows: [ReplicaRow] = []
      try transaction.session.runOwn(
        """
        SELECT tenant_id, record_id, record FROM main.mesh_replicas
        WHERE service = \(source.service) AND object = \(source.object)
        """
      ) { row in
        let tenant: TenantID = try row.next()
        let id: TenantID = try row.next()
        rows.append(ReplicaRow(tenant: tenant, id: id.words, record: try row.next([UInt8].self)))
        return true
      }
      return rows
    }
  }
}

extension SystemWriteTransaction {
  fileprivate func keys(of source: ReplicaSource) throws -> [ReplicaKey] {
    var keys: [ReplicaKey] = []
    try session.runOwn(
      """
      SELECT tenant_id, record_id FROM main.mesh_replicas
      WHERE service = \(source.service) AND object = \(source.object)
      """
    ) { row in
      let tenant: TenantID = try row.next()
      let id: TenantID = try row.next()
      keys.append(ReplicaKey(tenant: tenant, id: id.words))
      return true
    }
    return keys
  }

  /// - Returns: the record as it is now; nil when some fields changed of a record that is not kept.
  fileprivate func keep(
    _ change: ReplicaChange,
    of source: ReplicaSource,
    merge: Store.Merge
  ) throws -> ReplicaRow? {
    var row = change.row
    if let before = change.partialBefore, let after = row.record {
      guard let kept = try record(row.key, of: source) else { return nil }
      // What cannot be read can be read by a later build, or is replaced by a later change.
      let merged = (try? merge(kept, before, after)) ?? kept
      row = ReplicaRow(tenant: row.tenant, id: row.id, record: merged)
    }
    try keep(row, of: source)
    return row
  }

  private func record(_ key: ReplicaKey, of source: ReplicaSource) throws -> [UInt8]? {
    try session.firstOwn(
      """
      SELECT record FROM main.mesh_replicas
      WHERE tenant_id = \(key.tenant) AND service = \(source.service)
        AND object = \(source.object) AND record_id = \(key.id.bytes)
      """
    ) { row in try row.next() }
  }

  fileprivate func keep(_ row: ReplicaRow, of source: ReplicaSource) throws {
    guard let record = row.record else {
      try session.runOwn(
        """
        DELETE FROM main.mesh_replicas WHERE tenant_id = \(row.tenant)
          AND service = \(source.service) AND object = \(source.object)
          AND record_id = \(row.id.bytes)
        """
      )
      return
    }
    try session.runOwn(
      """
      INSERT INTO main.mesh_replicas (tenant_id, service, object, record_id, record)
      VALUES (\(row.tenant), \(source.service), \(source.object), \(row.id.bytes), \(record))
      ON CONFLICT (tenant_id, service, object, record_id) DO UPDATE SET record = excluded.record
      """
    )
  }
}
