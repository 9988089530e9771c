package import MeshCore

/// A record that was deleted and can come back for a time.
package struct DeletedRecord: Sendable {
  /// Its message on the wire, as it was.
  package let bytes: [UInt8]
  package let time: Timestamp

  /// How long a deleted record is kept.
  package static let lifetime = Duration.seconds(30 * 24 * 3600)
}

extension WriteTransaction {
  /// Keeps a deleted record's bytes, until `Store.purgeDeleted` lets go of them.
  package func keepDeleted(_ object: String, _ id: IDWords, _ bytes: [UInt8]) throws {
    try session.runOwn(
      """
      INSERT INTO main.mesh_deleted (tenant_id, object, record_id, record, time)
      VALUES (\(tenant), \(object), \(id.bytes), \(bytes), \(now))
      ON CONFLICT (tenant_id, object, record_id)
      DO UPDATE SET record = excluded.record, time = excluded.time
      """
    )
  }

  /// Forgets a deleted record, as it has come back or is to be erased.
  package func forgetDeleted(_ object: String, _ id: IDWords) throws {
    try session.runOwn(
      """
      DELETE FROM main.mesh_deleted
      WHERE tenant_id = \(tenant) AND object = \(object) AND record_id = \(id.bytes)
      """
    )
  }
}

extension ReadTransaction {
  /// A record that was deleted at most 30 days before `now`.
  package func deletedRecord(
    _ object: String,
    _ id: IDWords,
    at now: Timestamp
  ) throws -> DeletedRecord? {
    try session.firstOwn(
      """
      SELECT record, time FROM main.mesh_deleted
      WHERE tenant_id = \(tenant) AND object = \(object) AND record_id = \(id.bytes)
        AND time > \(now - DeletedRecord.lifetime)
      """
    ) { row in DeletedRecord(bytes: try row.next(), time: try row.next()) }
  }
}
