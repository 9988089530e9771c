import MeshAccess
import MeshCore
import MeshProto
package import MeshStore

extension Records {
  package var object: String { Record.schema.object }

  package func resources(
    after key: ReplicaKey?,
    in transaction: SystemReadTransaction,
    _ take: (SnapshotEntry) -> Bool
  ) throws {
    let table = SQL(name: Record.schema.table)
    let start: SQL =
      key.map { "WHERE (tenant_id, id) > (\($0.tenant), \($0.id.bytes))" } ?? .empty
    try transaction.forEach(
      "SELECT tenant_id, \(Record.columns) FROM \(table) \(start) ORDER BY tenant_id, id"
    ) { row in
      let tenant: TenantID = try row.next()
      let record = Record(row: row, at: row.place)
      guard let id = record.recordID else { return true }
      return take(
        SnapshotEntry(
          key: ReplicaKey(tenant: tenant, id: id),
          id: record.idText,
          record: record.wireBytes()
        )
      )
    }
  }
}
