/// Reads what tables a database has, and holds them to the rules of tenancy.
enum SQLiteCatalog {
  /// The service's tables; those of the store and of the engine are left out.
  static func read(from connection: SQLiteConnection) throws(StoreError) -> TableCatalog {
    var catalog = TableCatalog()
    for table in try tables(connection) {
      if try columns(of: table, connection).contains("tenant_id") {
        catalog.tenantTables.insert(table)
      } else {
        catalog.sharedTables.insert(table)
      }
    }
    catalog.neighbours = try neighbours(
      of: catalog.tenantTables.union(catalog.sharedTables),
      connection
    )
    return catalog
  }

  /// What the tables of `connection` do against the rules: each key of a tenant's table starts with
  /// the tenant, and neither views nor triggers reach around the scope.
  static func faults(_ connection: SQLiteConnection) throws(StoreError) -> [String] {
    var faults = try texts(
      """
      SELECT type || ' ' || name FROM main.sqlite_schema WHERE type IN ('view', 'trigger')
      """,
      connection
    ).map { "\($0): views and triggers are not scoped to a tenant" }
    for table in connection.catalog.tenantTables.sorted() {
      let unique = try texts(
        """
        SELECT i.name FROM pragma_index_list(\(table)) i
        WHERE i."unique" = 1 AND (
          SELECT c.name FROM pragma_index_info(i.name) c WHERE c.seqno = 0
        ) IS NOT 'tenant_id'
        """,
        connection
      )
      faults += unique.map { "\(table): unique key \($0) does not start with tenant_id" }
      let foreign = try texts(
        """
        SELECT "table" FROM pragma_foreign_key_list(\(table)) WHERE seq = 0 AND "from" <> 'tenant_id'
        """,
        connection
      )
      faults += foreign.map { "\(table): foreign key to \($0) does not start with tenant_id" }
      let keyed = try texts(
        "SELECT name FROM pragma_table_info(\(table)) WHERE pk = 1",
        connection
      )
      if keyed != ["tenant_id"] {
        faults.append("\(table): primary key does not start with tenant_id")
      }
    }
    return faults
  }

  private static func tables(_ connection: SQLiteConnection) throws(StoreError) -> [String] {
    try texts(
      """
      SELECT lower(name) FROM main.sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'
        AND name NOT LIKE 'mesh@_%' ESCAPE '@'
      """,
      connection
    )
  }

  private static func columns(
    of table: String,
    _ connection: SQLiteConnection
  ) throws(StoreError) -> [String] {
    try texts("SELECT lower(name) FROM pragma_table_info(\(table))", connection)
  }

  /// Tables joined by foreign keys, in either direction and over any number of steps.
  private static func neighbours(
    of tables: Set<String>,
    _ connection: SQLiteConnection
  ) throws(StoreError) -> [String: Set<String>] {
    var groups: [String: Set<String>] = [:]
    for table in tables {
      let parents = try texts(
        "SELECT lower(\"table\") FROM pragma_foreign_key_list(\(table))",
        connection
      )
      guard !parents.isEmpty else { continue }
      let joined = Set(parents + [table])
      let group = joined.reduce(into: joined) { $0.formUnion(groups[$1] ?? []) }
      for member in group { groups[member] = group }
    }
    return groups
  }

  /// Whether any other table refers to one of `tables`, which are in lower case.
  static func refers(
    to tables: Set<String>,
    _ connection: SQLiteConnection
  ) throws(StoreError) -> Bool {
    if tables.isEmpty { return false }
    return try connection.rows(
      """
      SELECT lower(t.name), lower(k."table")
      FROM main.sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'
      """
    ) { (row) throws(StoreError) in
      (child: try row.next(String.self), parent: try row.next(String.self))
    }.contains { $0.child != $0.parent && tables.contains($0.parent) }
  }

  /// A foreign key that does not hold; nil when all do.
  static func brokenKey(_ connection: SQLiteConnection) throws(StoreError) -> String? {
    try texts(
      """
      SELECT "table" || ' refers to a row of ' || parent || ' that is not there'
      FROM pragma_foreign_key_check LIMIT 1
      """,
      connection
    ).first
  }

  private static func texts(
    _ sql: SQL,
    _ connection: SQLiteConnection
  ) throws(StoreError) -> [String] {
    try connection.rows(sql) { (row) throws(StoreError) in try row.next() }
  }
}
