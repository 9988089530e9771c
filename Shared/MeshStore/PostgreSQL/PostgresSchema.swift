import MeshCore

/// What a service's schema has beside its tables: functions that SQLite brings along, and row security.
enum PostgresSchema {
  /// Functions by the names that statements use on both engines.
  ///
  /// `current_tenant()` fails where no tenant is set, since the text that stands in for it is not
  /// hexadecimal. `instr` and `mesh_matches` go by bytes alike, as texts are ordered by code points. Rows
  /// are looked up by `mesh_ids`, however many it has: it is STRICT so as not to become a part of statements, as
  /// row security lets no index be searched by what a function makes, and is taken to have few rows.
  static let functions = """
    CREATE OR REPLACE FUNCTION current_tenant() RETURNS BYTEA LANGUAGE sql STABLE PARALLEL SAFE AS $$
      SELECT decode(
        coalesce(nullif(current_setting('leadmesh.tenant', true), ''), 'no tenant is set'), 'hex'
      )
    $$;
    CREATE OR REPLACE FUNCTION instr(body TEXT, part TEXT) RETURNS BIGINT
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT position(part IN body)::BIGINT $$;
    CREATE OR REPLACE FUNCTION randomblob(size INTEGER) RETURNS BYTEA LANGUAGE sql VOLATILE AS $$
      SELECT substring(decode(string_agg(md5(gen_random_uuid()::TEXT), ''), 'hex') FOR size)
      FROM generate_series(0, size / 16)
    $$;
    CREATE OR REPLACE FUNCTION mesh_month(microseconds BIGINT) RETURNS TEXT
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT to_char(
        TIMESTAMP '1970-01-01' + microseconds * INTERVAL '1 microsecond', 'YYYY-MM'
      )
    $$;
    CREATE OR REPLACE FUNCTION mesh_matches(words TEXT, patterns TEXT) RETURNS BIGINT
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
      SELECT CASE WHEN EXISTS (
        SELECT 1 FROM unnest(string_to_array(patterns, chr(10))) AS pattern
        WHERE position(pattern IN words) = 0
      ) THEN 0 ELSE 1 END::BIGINT
    $$;
    CREATE TABLE IF NOT EXISTS mesh_letters (
      letter TEXT COLLATE "C" NOT NULL PRIMARY KEY,
      form TEXT COLLATE "C" NOT NULL
    );
    CREATE OR REPLACE FUNCTION loose_text(body TEXT) RETURNS TEXT
      LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$
      SELECT CASE WHEN octet_length(body) = char_length(body) THEN lower(body) ELSE (
        SELECT normalize(
          coalesce(
            string_agg(coalesce((SELECT form FROM mesh_letters WHERE letter = c), lower(c)), '' ORDER BY n), ''
          ), NFC
        )
        FROM regexp_split_to_table(normalize(body, NFKC), '') WITH ORDINALITY AS parts (c, n)
      ) END
    $$;
    CREATE OR REPLACE FUNCTION mesh_member(object TEXT, key TEXT) RETURNS TEXT
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT CAST(object AS JSONB) ->> key $$;
    CREATE OR REPLACE FUNCTION mesh_same(value BYTEA) RETURNS BYTEA
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$ SELECT value $$;
    DO $$ BEGIN
      IF to_regoperator('->>(text,text)') IS NULL THEN
        CREATE OPERATOR ->> (FUNCTION = mesh_member, LEFTARG = TEXT, RIGHTARG = TEXT);
      END IF;
      IF to_regoperator('+(NONE,bytea)') IS NULL THEN
        CREATE OPERATOR + (FUNCTION = mesh_same, RIGHTARG = BYTEA);
      END IF;
    END $$;
    CREATE OR REPLACE FUNCTION mesh_ids(ids BYTEA) RETURNS TABLE (rowid BIGINT, id BYTEA)
      LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE ROWS 20 AS $$
      SELECT place::BIGINT, substring(ids FROM place * 16 + 1 FOR 16)
      FROM generate_series(0, octet_length(ids) / 16 - 1) AS place
    $$;
    """

  /// Sees to it that the numbers of changes to come are greater than those in the log.
  ///
  /// A change's number begins with its transaction's, which a server counts from its own beginning: a log
  /// that was restored from another server, or from SQLite, may be ahead of it. What it is ahead by is what
  /// `mesh_log_base()` answers, a constant to whoever plans a statement.
  static let logBase = """
    DO $body$
    DECLARE
      last BIGINT := 0;
      base BIGINT := 0;
      next BIGINT := CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT) * 1048576;
    BEGIN
      IF to_regprocedure('mesh_log_base()') IS NOT NULL THEN base := mesh_log_base(); END IF;
      IF to_regclass('mesh_changes') IS NOT NULL THEN
        SELECT coalesce(max(sequence), 0) INTO last FROM mesh_changes;
      END IF;
      IF to_regprocedure('mesh_log_base()') IS NULL OR last >= base + next THEN
        IF last >= base + next THEN base := (last - next) / 1048576 * 1048576 + 1048576; END IF;
        EXECUTE format(
          'CREATE OR REPLACE FUNCTION mesh_log_base() RETURNS BIGINT LANGUAGE sql IMMUTABLE PARALLEL SAFE '
            'AS %L', format('SELECT %s::BIGINT', base)
        );
      END IF;
    END $body$;
    """

  /// `mesh_settled()`: all changes with lesser numbers that will ever be can be seen.
  ///
  /// A running transaction may still make changes, unless it certainly cannot: it is in another database, or
  /// its role may not write the log. A server numbers the transactions of all its databases in one sequence,
  /// so that without this exception one left open anywhere would hold up every follower of the log.
  static let settled = """
    CREATE OR REPLACE FUNCTION mesh_settled() RETURNS BIGINT LANGUAGE sql STABLE AS $$
      SELECT mesh_log_base() + 1048576 * coalesce(
        (
          SELECT min(CAST(CAST(x AS TEXT) AS BIGINT))
          FROM pg_snapshot_xip(pg_current_snapshot()) AS x
          WHERE NOT EXISTS (
            SELECT 1 FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
            WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted
              AND l.transactionid = CAST(x AS XID)
              AND (
                a.datname <> current_database()
                OR NOT has_table_privilege(a.usesysid, 'mesh_changes', 'INSERT')
              )
          )
        ),
        CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)
      )
    $$;
    """

  /// The service's tables, and which of them have a tenant; those of the store are left out.
  static func catalog(_ connection: PostgresConnection) throws(StoreError) -> TableCatalog {
    var catalog = TableCatalog()
    let tables = try connection.rows(
      """
      SELECT c.relname, EXISTS (
        SELECT 1 FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      )
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')
        AND substr(c.relname, 1, 5) <> 'mesh_'
      """
    ) { (row) throws(StoreError) in
      (name: try row.next(String.self), isTenants: try row.next(Bool.self))
    }
    for table in tables {
      if table.isTenants {
        catalog.tenantTables.insert(table.name)
      } else {
        catalog.sharedTables.insert(table.name)
      }
    }
    return catalog
  }

  /// What the tables do against the rules of tenancy, as `SQLiteCatalog.faults` finds it.
  static func faults(
    _ connection: PostgresConnection,
    _ catalog: TableCatalog
  ) throws(StoreError) -> [String] {
    var faults = try texts(
      """
      SELECT 'view ' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind IN ('v', 'm')
      UNION ALL
      SELECT 'trigger ' || t.tgname FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND NOT t.tgisinternal
      """,
      connection
    ).map { "\($0): views and triggers are not scoped to a tenant" }
    for table in catalog.tenantTables.sorted() {
      faults += try keyFaults(of: table, connection)
    }
    return faults
  }

  private static func keyFaults(
    of table: String,
    _ connection: PostgresConnection
  ) throws(StoreError) -> [String] {
    let unique = try texts(
      """
      SELECT i.relname FROM pg_index AS x JOIN pg_class AS i ON i.oid = x.indexrelid
        JOIN pg_class AS c ON c.oid = x.indrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
      WHERE n.nspname = current_schema() AND c.relname = \(table) AND x.indisunique
        AND NOT x.indisprimary AND a.attname IS DISTINCT FROM 'tenant_id'
      ORDER BY i.relname
      """,
      connection
    )
    let foreign = try texts(
      """
      SELECT f.relname FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace JOIN pg_class AS f ON f.oid = k.confrelid
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      WHERE n.nspname = current_schema() AND c.relname = \(table) AND k.contype = 'f'
        AND a.attname <> 'tenant_id'
      ORDER BY f.relname
      """,
      connection
    )
    let keyed = try texts(
      """
      SELECT a.attname FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
      WHERE n.nspname = current_schema() AND c.relname = \(table) AND x.indisprimary
      """,
      connection
    )
    return unique.map { "\(table): unique key \($0) does not start with tenant_id" }
      + foreign.map { "\(table): foreign key to \($0) does not start with tenant_id" }
      + (keyed == ["tenant_id"] ? [] : ["\(table): primary key does not start with tenant_id"])
  }

  /// The tables, with their columns other than the tenant.
  private static func columnsBesideTenant(
    _ connection: PostgresConnection
  ) throws(StoreError) -> [(table: String, columns: String)] {
    try connection.rows(
      """
      SELECT c.relname, string_agg(quote_ident(a.attname), ', ')
      FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attname <> 'tenant_id'
      GROUP BY c.relname
      """
    ) { (row) throws(StoreError) in
      (table: try row.next(String.self).quotedName, columns: try row.next(String.self))
    }
  }

  /// Lets the roles of transactions do what they are for: rows of the current tenant for the one, of every
  /// tenant for the other, and no definitions.
  ///
  /// A service's table without a tenant is the system's alone. It changes nothing where all is so already.
  static func secure(_ connection: PostgresConnection, _ server: PostgresServer) throws(StoreError)
  {
    let tenants = server.tenants.role.quotedName
    let system = server.system.role.quotedName
    let open = try texts(
      """
      SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind = 'r' AND NOT c.relrowsecurity AND EXISTS (
        SELECT 1 FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
      )
      """,
      connection
    ).map(\.quotedName)
    let shared = try texts(
      """
      SELECT c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND c.relkind = 'r' AND substr(c.relname, 1, 5) <> 'mesh_'
        AND NOT EXISTS (
          SELECT 1 FROM pg_attribute AS a
          WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        )
      """,
      connection
    ).map(\.quotedName)
    let schema = server.schema.quotedName
    var script = """
      GRANT USAGE ON SCHEMA \(schema) TO \(tenants), \(system);
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \(schema) TO \(system);
      GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA \(schema) TO \(tenants);
      REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA \(schema) FROM PUBLIC;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA \(schema) TO \(tenants), \(system);
      """
    // A row stays its tenant's.
    for each in try columnsBesideTenant(connection) {
      script += "\nGRANT UPDATE (\(each.columns)) ON \(each.table) TO \(tenants);"
    }
    for table in shared { script += "\nREVOKE ALL ON \(table) FROM \(tenants);" }
    for table in open {
      script += """

        CREATE POLICY tenants ON \(table) TO \(tenants)
          USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
        CREATE POLICY system ON \(table) TO \(system) USING (true) WITH CHECK (true);
        ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY;
        """
    }
    script +=
      "\nREVOKE INSERT, UPDATE, DELETE ON mesh_migrations, mesh_version, mesh_letters FROM \(tenants), \(system);"
    try connection.executeUnchanged(script: script)
  }

  /// A foreign key that makes way for a migration and is there again after it.
  struct ForeignKey {
    /// The table that has it, by its number and name.
    fileprivate let table: (oid: Int64, name: String)
    fileprivate let name: String
    fileprivate let definition: String

    var drop: String { "ALTER TABLE \(table.name.quotedName) DROP CONSTRAINT \(name.quotedName)" }

    /// Checks every row.
    var add: String {
      "ALTER TABLE \(table.name.quotedName) ADD CONSTRAINT \(name.quotedName) \(definition)"
    }

    /// Whether the table is still the one that had it, and not dropped or made anew.
    func isWanted(_ connection: PostgresConnection) throws(StoreError) -> Bool {
      try connection.integer("SELECT count(*) FROM pg_class WHERE oid = \(table.oid)") > 0
    }
  }

  /// The foreign keys of other tables that refer to one of `tables`.
  static func keys(
    to tables: Set<String>,
    _ connection: PostgresConnection
  ) throws(StoreError) -> [ForeignKey] {
    try connection.rows(
      """
      SELECT f.relname, CAST(c.oid AS BIGINT), c.relname, k.conname, pg_get_constraintdef(k.oid)
      FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
        JOIN pg_class AS f ON f.oid = k.confrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = current_schema() AND k.contype = 'f' AND c.oid <> f.oid
      ORDER BY c.relname, k.conname
      """
    ) { (row) throws(StoreError) in
      (
        parent: try row.next(String.self),
        key: ForeignKey(
          table: (try row.next(), try row.next()),
          name: try row.next(),
          definition: try row.next()
        )
      )
    }.filter { tables.contains($0.parent) }.map(\.key)
  }

  private static func texts(
    _ sql: SQL,
    _ connection: PostgresConnection
  ) throws(StoreError) -> [String] {
    try connection.rows(sql) { (row) throws(StoreError) in try row.next() }
  }
}
