extension StoreConfiguration {
  /// Has PostgreSQL note which pages all see and how values are distributed, for tests of plans.
  ///
  /// It does so by itself some time after rows have come. SQLite keeps neither.
  package func maintain(_ tables: [String]) throws(StoreError) {
    guard case .server(let server) = database else { return }
    let owner = try PostgresConnection(server, as: server.owner, .owner, service: service)
    let names = tables.map(\.quotedName).joined(separator: ", ")
    try owner.executeUnchanged(script: "VACUUM (ANALYZE) \(names)")
  }
}
