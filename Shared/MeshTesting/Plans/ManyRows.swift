package import MeshCore
package import MeshStore

extension TestStore {
  /// Makes many rows of the few that a tenant has in a table, and as many for other tenants.
  ///
  /// - Parameters:
  ///   - table: of a record.
  ///   - tenant: who has some rows.
  ///   - doublings: how often these are doubled.
  ///   - varying: columns with texts that no two rows may share.
  ///   - setting: what the new rows of the tenant have in some columns.
  ///   - others: how many other tenants get as many.
  /// - Throws: what the store throws.
  package func multiply(
    _ table: String,
    of tenant: TenantID,
    doublings: Int,
    varying: Set<String> = [],
    setting: [String: SQL] = [:],
    others: Int = 11
  ) async throws {
    let columns = try await store.columns(of: table).subtracting(["tenant_id", "id"]).sorted()
    let (name, names) = (SQL(name: table), columns.map { SQL(name: $0) }.joined(by: ", "))
    let author = Author(actor: "system:test")
    for number in 0..<doublings {
      let suffix = String(number)
      let values = columns.map { column -> SQL in
        if let value = setting[column] { return value }
        if varying.contains(column) { return "\(SQL(name: column)) || \(suffix)" }
        return column == "create_time" ? "create_time + \(1 << number)" : SQL(name: column)
      }
      try await store.write(tenant, as: author) { transaction in
        _ = try transaction.execute(
          """
          INSERT INTO \(name) (id, \(names))
          SELECT randomblob(16), \(values.joined(by: ", ")) FROM \(name)
          """
        )
      }
    }
    for _ in 0..<others {
      let other = IDGenerator.system.next(TenantKind.self)
      try await store.systemWrite(as: author) { transaction in
        _ = try transaction.execute(
          """
          INSERT INTO \(name) (tenant_id, id, \(names))
          SELECT \(other), randomblob(16), \(names) FROM \(name) WHERE tenant_id = \(tenant)
          """
        )
      }
    }
  }

  /// Has PostgreSQL know of the rows that have come, as it does by itself after some time.
  ///
  /// - Parameter tables: of the service; those of the store are looked at too.
  /// - Throws: what the store throws.
  package func settle(_ tables: String...) throws {
    try configuration.maintain(
      tables + [
        "mesh_changes", "mesh_documents", "mesh_operation_items", "mesh_search", "mesh_shares",
      ]
    )
  }
}
