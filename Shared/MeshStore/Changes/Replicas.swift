package import MeshCore

/// Whose records of which kind a store keeps a copy of.
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
}

extension Store {
  /// Takes over records of another service, and the place in its log up to which they are known, in
  /// one transaction.
  ///
  /// - Parameters:
  ///   - rows: in the order of their changes.
  ///   - source: where they come from.
  ///   - position: the place in the log after them.
  ///   - author: who takes them over.
  /// - Returns: false when the log was taken up to there before, and nothing was written.
  /// - Throws: as `write`.
  package func keep(
    _ rows: [ReplicaRow],
    of source: ReplicaSource,
    upTo position: Int64,
    as author: Author
  ) async throws -> Bool {
    try await systemWrite(as: author) { transaction in
      guard try transaction.advance(source.feed, to: position) else { return false }
      for row in rows { try transaction.keep(row, of: source) }
      return true
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
