import CPostgreSQL
import MeshCore

extension PostgresConnection: WholeConnection {
  static var versionQuery: SQL { "SELECT version FROM main.mesh_version" }

  /// How many bytes of rows are asked for at a time, as far as the rows before tell.
  private static let fetchBytes = 4 << 20

  func storedTables() throws(StoreError) -> [StoredTable] {
    let columns = try rows(
      """
      SELECT c.relname, a.attname, a.atttypid = 16, array_position(CAST(x.indkey AS int2[]), a.attnum)
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_index AS x ON x.indrelid = c.oid AND x.indisprimary
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
      ORDER BY c.relname, a.attnum
      """
    ) { (row) throws(StoreError) in
      (
        table: try row.next(String.self), name: try row.next(String.self),
        isTruth: try row.next(Bool.self), place: try row.next(Int?.self)
      )
    }
    let keys = try rows(
      """
      SELECT c.relname, f.relname FROM pg_constraint AS k
        JOIN pg_class AS c ON c.oid = k.conrelid JOIN pg_class AS f ON f.oid = k.confrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND k.contype = 'f'
      """
    ) { (row) throws(StoreError) in
      (child: try row.next(String.self), parent: try row.next(String.self))
    }
    return Dictionary(grouping: columns, by: \.table).map { name, columns in
      let places = columns.compactMap { column in
        column.place.map { (name: column.name, place: $0) }
      }
      return StoredTable(
        name,
        columns: columns.map(\.name),
        key: places.sorted { $0.place < $1.place }.map(\.name),
        parents: Set(keys.filter { $0.child == name }.map(\.parent)),
        truths: Set(columns.filter(\.isTruth).map(\.name))
      )
    }
  }

  /// By a cursor of the server's, as libpq holds the whole of a result.
  func stream(_ sql: SQL, _ body: (inout Row) throws -> Bool) throws {
    try perform("DECLARE stored NO SCROLL CURSOR FOR \(sql)")
    var count = 16
    while true {
      let result = try wire.exchange([PostgresWire.plain("FETCH FORWARD \(count) FROM stored")])
      defer { PQclear(result) }
      let rows = PQntuples(result)
      if rows == 0 { break }
      var bytes = 0
      for index in 0..<rows {
        var row = Row(StatementCursor(PostgresRow(result, row: index)))
        bytes += row.byteCount + 1
        guard try body(&row) else { return try wire.execute("CLOSE stored") }
      }
      count = min(max(Self.fetchBytes / bytes * Int(rows), 1), 2_000)
    }
    try wire.execute("CLOSE stored")
  }

  func numberOn() throws(StoreError) {
    let columns = try rows(
      """
      SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = current_schema() AND a.attidentity <> ''
      """
    ) { (row) throws(StoreError) in
      (table: try row.next(String.self), name: try row.next(String.self))
    }
    for column in columns {
      let (table, name) = (column.table, column.name)
      try perform(
        """
        SELECT setval(pg_get_serial_sequence(quote_ident(\(table)), \(name)), coalesce((
          SELECT max(\(SQL(storeText: name.quotedName))) FROM main.\(SQL(storeText: table.quotedName))
        ), 0) + 1, false)
        """
      )
    }
  }

  func noteDistribution() throws(StoreError) {
    let names = try storedTables().map(\.name.quotedName).joined(separator: ", ")
    try wire.execute("ANALYZE \(names)")
  }
}

/// Takes snapshots of several services' schemas in one database at one moment.
enum PostgresSnapshots {
  /// Connections whose transactions all see what the first one does.
  ///
  /// Each service's role reads its own schema. The transactions keep the server from forgetting older
  /// versions of rows, and changes of tables waiting.
  ///
  /// - Throws: `.engine` when the server cannot be reached, or when it is not one database.
  static func open(_ servers: [PostgresServer]) throws(StoreError) -> [PostgresConnection] {
    var connections: [PostgresConnection] = []
    var snapshot = ""
    for server in servers {
      let connection = try PostgresConnection(
        server.withoutTimeouts,
        as: server.system,
        .system,
        service: "leadmesh backup"
      )
      try connection.run(.beginReading)
      if connections.isEmpty {
        let found = try connection.rows("SELECT pg_export_snapshot()") {
          (row) throws(StoreError) in try row.next(String.self)
        }
        snapshot = found.first ?? ""
      } else {
        // Hexadecimal digits and hyphens, as the server says it.
        try connection.execute(script: "SET TRANSACTION SNAPSHOT '\(snapshot)'")
      }
      connections.append(connection)
    }
    return connections
  }
}
