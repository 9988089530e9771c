import MeshCore
import MeshTesting

@testable import MeshStore

/// All of a store's schema as texts, to be compared with another's.
enum SchemaText {
  static func of(_ store: Store) async throws -> [String] {
    let place: String
    switch store.core.configuration.database {
    case .file: place = "main"
    case .server(let server): place = server.schema
    }
    return try await store.systemRead { transaction in
      let connection = transaction.session.connection
      var lines: [String] = []
      for query in [steps, settings] + (TestDatabase.isSQLite ? sqlite : postgres) {
        lines += try connection.rows(query) { (row) throws(StoreError) in try row.next(String.self)
        }
      }
      // What it is called itself is another's name in the other.
      return lines.map { $0.split(separator: "\(place).").joined() }.sorted()
    }
  }

  private static let steps: SQL =
    "SELECT 'step ' || CAST(number AS TEXT) || ' ' || name FROM main.mesh_migrations"
  private static let settings: SQL = "SELECT 'setting ' || name FROM main.mesh_settings"

  private static let sqlite: [SQL] = [
    "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM main.sqlite_schema",
    "SELECT 'version ' || user_version FROM pragma_user_version",
    "SELECT 'application ' || application_id FROM pragma_application_id",
  ]

  private static let postgres: [SQL] = [
    "SELECT 'version ' || CAST(version AS TEXT) FROM main.mesh_version",
    """
    SELECT 'table ' || c.relname || ' ' || CAST(c.relrowsecurity AS TEXT) || ' ' || coalesce((
      SELECT string_agg(CAST(a AS TEXT), ',' ORDER BY CAST(a AS TEXT)) FROM unnest(c.relacl) AS a
    ), '')
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'S')
    """,
    """
    SELECT 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || ' ' || CAST(a.attnotnull AS TEXT) || ' ' || CAST(a.attidentity AS TEXT) || ' '
      || coalesce(l.collname, '') || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '') || ' '
      || coalesce((
        SELECT string_agg(CAST(r AS TEXT), ',' ORDER BY CAST(r AS TEXT)) FROM unnest(a.attacl) AS r
      ), '')
    FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
      LEFT JOIN pg_collation AS l ON l.oid = a.attcollation
    WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    """,
    """
    SELECT 'index ' || pg_get_indexdef(x.indexrelid)
    FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
    """,
    """
    SELECT 'constraint ' || c.relname || '.' || k.conname || ' ' || pg_get_constraintdef(k.oid)
    FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE n.nspname = current_schema()
    """,
    """
    SELECT 'policy ' || tablename || '.' || policyname || ' ' || CAST(roles AS TEXT) || ' ' || cmd
      || ' ' || coalesce(qual, '') || ' ' || coalesce(with_check, '')
    FROM pg_policies WHERE schemaname = current_schema()
    """,
    """
    SELECT 'trigger ' || c.relname || '.' || t.tgname
    FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND NOT t.tgisinternal
    """,
    """
    SELECT 'function ' || pg_get_functiondef(p.oid) || ' ' || coalesce((
      SELECT string_agg(CAST(a AS TEXT), ',' ORDER BY CAST(a AS TEXT)) FROM unnest(p.proacl) AS a
    ), '')
    FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
    WHERE n.nspname = current_schema()
    """,
    """
    SELECT 'operator ' || o.oprname FROM pg_operator AS o
      JOIN pg_namespace AS n ON n.oid = o.oprnamespace WHERE n.nspname = current_schema()
    """,
    "SELECT 'letters ' || CAST(count(*) AS TEXT) FROM main.mesh_letters",
  ]
}
