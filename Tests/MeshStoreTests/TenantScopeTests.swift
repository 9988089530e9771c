import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

/// Every statement here runs for acme, with a row of globex that has the same id and values: whatever
/// The bytes of an id that nothing has.
private let noID = [UInt8](repeating: 0, count: 16)

@Suite struct `The scope of a tenant` {
  private let fixture: StoreFixture

  init() async throws {
    fixture = try StoreFixture()
    for tenant in [acme, globex] {
      try await fixture.store.write(tenant, as: .test) { transaction in
        try transaction.execute(
          """
          INSERT INTO leads (id, name, score, email)
          VALUES (\(LeadID.some), 'Ada', 50, 'ada@example.com')
          """
        )
        try transaction.execute(
          "INSERT INTO notes (lead_id, line, text) VALUES (\(LeadID.some), 1, 'called')"
        )
      }
    }
    try await fixture.store.systemWrite(as: .test) { transaction in
      try transaction.execute("INSERT INTO hosts (name, owner) VALUES ('acme', \(acme))")
    }
  }

  /// globex's rows as text, read by the system.
  private func rowsOfGlobex() async throws -> [String] {
    try await fixture.store.systemRead { transaction in
      try transaction.rows(
        """
        SELECT name || '|' || score || '|' || coalesce(email, '') FROM leads
        WHERE tenant_id = \(globex)
        UNION ALL SELECT text FROM notes WHERE tenant_id = \(globex)
        """
      ) { try $0.next() }
    }
  }

  @Test(
    arguments: [
      "SELECT name FROM leads",
      "SELECT name FROM leads WHERE 1 = 1 OR 2 = 2",
      "SELECT name FROM LEADS",
      "SELECT l.name FROM \"leads\" AS l",
      "SELECT name FROM (SELECT * FROM leads) AS l",
      "WITH l AS (SELECT * FROM leads) SELECT name FROM l",
      "SELECT a.name FROM leads a JOIN leads b ON a.id = b.id",
      "SELECT a.name FROM leads a LEFT JOIN notes n ON n.lead_id = a.id",
      "SELECT a.name FROM notes n LEFT JOIN leads a ON TRUE",
      "SELECT max(name) FROM leads HAVING count(*) < 2",
      "SELECT name FROM leads WHERE id IN (SELECT lead_id FROM notes)",
      "SELECT (SELECT max(name) FROM leads HAVING count(*) = 1) FROM notes",
      "SELECT name FROM leads UNION ALL SELECT name FROM leads WHERE FALSE",
      "SELECT name FROM leads WHERE EXISTS (SELECT 1 FROM notes WHERE lead_id = leads.id)",
      "SELECT name FROM leads WHERE tenant_id IS NOT NULL",
      "UPDATE leads SET name = 'Ada' RETURNING name",
      "DELETE FROM leads WHERE TRUE OR TRUE RETURNING name",
      "UPDATE leads AS x SET name = 'Ada' FROM notes n WHERE n.lead_id = x.id RETURNING name",
      "WITH n AS (SELECT lead_id FROM notes) DELETE FROM leads WHERE id IN (SELECT lead_id FROM n) RETURNING name",
      "INSERT INTO leads (id, name) SELECT \(noID), name FROM leads WHERE TRUE RETURNING name",
      "INSERT INTO leads (id, name) VALUES (\(noID), 'Ada') ON CONFLICT DO NOTHING RETURNING name",
    ] as [SQL]
  )
  func `shows and touches its own rows`(statement: SQL) async throws {
    let before = try await rowsOfGlobex()
    let names = try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.rows(statement) { try $0.next(String.self) }
    }
    #expect(names == ["Ada"])
    #expect(try await rowsOfGlobex() == before)
  }

  @Test(
    arguments: [
      "UPDATE leads SET name = 'X'",
      "UPDATE leads SET name = 'X' WHERE 1 = 1 OR 2 = 2",
      "UPDATE \"leads\" SET name = 'X' -- WHERE FALSE",
      "UPDATE leads SET name = 'X' /* ) */ WHERE score > 1 -- AND FALSE",
      "UPDATE leads AS l SET name = 'X' WHERE l.score > 1",
      "UPDATE leads AS \"odd \"\"name\" SET name = 'X'",
      "UPDATE leads SET name = (SELECT max(text) FROM notes WHERE TRUE OR TRUE)",
      "UPDATE leads SET (name, score) = ('X', 1) WHERE id IN (SELECT lead_id FROM notes)",
      "UPDATE leads SET name = CASE WHEN score > 1 THEN 'X' ELSE 'Y' END",
      "UPDATE leads SET name = 'X' WHERE tenant_id IN (SELECT tenant_id FROM leads)",
      "DELETE FROM notes",
      "DELETE FROM notes WHERE line = 1 OR TRUE",
      "DELETE FROM notes AS n WHERE n.text IN ('called', 'WHERE', 'RETURNING')",
      "DELETE FROM leads WHERE score = 50",
      """
      INSERT INTO leads (id, name, email) VALUES (\(noID), 'X', 'ada@example.com')
      ON CONFLICT (tenant_id, email) DO UPDATE SET name = excluded.name
      """,
      """
      INSERT INTO leads AS l (id, name, email) VALUES (\(noID), 'X', 'ada@example.com')
      ON CONFLICT (tenant_id, email) DO UPDATE SET name = 'X' WHERE l.score > 1 OR TRUE
      RETURNING name
      """,
      """
      INSERT INTO leads (id, name, email) SELECT \(noID), 'X', email FROM leads WHERE TRUE
      ON CONFLICT (tenant_id, email) DO UPDATE SET name = 'X'
      """,
    ] as [SQL]
  )
  func `confines what is written`(statement: SQL) async throws {
    let before = try await rowsOfGlobex()
    let changed = try await fixture.store.write(acme, as: .test) { transaction in
      // Counted by what is seen, since RETURNING makes a statement give rows.
      _ = try transaction.rows(statement) { _ in }
      return try transaction.value("SELECT count(*) FROM leads WHERE name = 'Ada'", as: Int.self)
        == 1
        && (try transaction.value("SELECT count(*) FROM notes", as: Int.self)) == 1
        && (try transaction.value("SELECT max(name) FROM leads", as: String.self)) == "Ada"
    }
    #expect(!changed, "the statement did something for acme")
    #expect(try await rowsOfGlobex() == before)
  }

  @Test(
    arguments: [
      // Around the views.
      "SELECT name FROM main.leads", "SELECT name FROM \"main\".leads", "SELECT * FROM temp.leads",
      "UPDATE leads SET name = (SELECT name FROM main . leads)", "SELECT name FROM [main].leads",
      "UPDATE main.leads SET name = 'X'", "SELECT name FROM `main`.leads",
      // Tables of nobody, of the store and of the engine.
      "SELECT name FROM hosts", "SELECT count(*) FROM hosts", "DELETE FROM hosts",
      "UPDATE hosts SET name = 'X'", "INSERT INTO hosts (name, owner) VALUES ('x', \(noID))",
      "SELECT * FROM mesh_changes", "SELECT count(*) FROM \"mesh_changes\"",
      "SELECT * FROM mesh_documents", "SELECT * FROM mesh_search_data",
      "SELECT sql FROM sqlite_schema", "SELECT count(*) FROM sqlite_temp_master",
      "SELECT * FROM pragma_table_info('leads')", "SELECT * FROM dbstat",
      "SELECT * FROM json_each(1)",
      // Another tenant's rows.
      "INSERT INTO leads (tenant_id, id, name) VALUES (\(noID), \(noID), 'X')",
      "INSERT INTO leads (id, \"Tenant_ID\", name) VALUES (\(noID), \(noID), 'X')",
      "INSERT INTO leads VALUES (\(noID), \(noID), 'X', 1, NULL)",
      "INSERT INTO leads DEFAULT VALUES", "INSERT INTO leads SELECT * FROM leads",
      "UPDATE leads SET tenant_id = \(noID)",
      "UPDATE leads SET (tenant_id, name) = (NULL, 'X')",
      """
      INSERT INTO leads (id, name) VALUES (\(noID), 'X')
      ON CONFLICT (tenant_id, id) DO UPDATE SET tenant_id = \(noID)
      """,
      // Shapes that the condition would not fit into.
      "INSERT OR REPLACE INTO leads (id, name) VALUES (\(noID), 'X')",
      "REPLACE INTO leads (id, name) VALUES (\(noID), 'X')",
      "UPDATE OR REPLACE leads SET name = 'X'",
      "UPDATE leads INDEXED BY leads_score SET name = 'X'",
      "UPDATE leads SET name = 'X' WHERE 1=1) OR (1=1", "DELETE FROM leads WHERE (1=1",
      "UPDATE leads SET name = 'X' WHERE 1=1 /*", "UPDATE leads SET name = 'X' ORDER BY id LIMIT 1",
      "DELETE FROM leads WHERE TRUE LIMIT 1", "DELETE FROM leads, notes",
      "DELETE FROM leads USING notes",
      """
      INSERT INTO leads (id, name) VALUES (\(noID), 'X')
      ON CONFLICT (tenant_id, id) DO UPDATE SET name = 'X'
      ON CONFLICT (tenant_id, email) DO UPDATE SET name = 'X'
      """,
      "UPDATE leads AS a SET name = 'X' FROM notes AS a",
      // More than a statement, or none of a service's.
      "SELECT 1; DELETE FROM leads",
      "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT x", "VACUUM",
      "PRAGMA foreign_keys = OFF", "ATTACH '/tmp/x' AS x", "EXPLAIN SELECT 1", "ANALYZE", "",
      "CREATE TABLE x (y)", "DROP TABLE leads", "CREATE TEMP VIEW x AS SELECT * FROM leads",
      "SELECT load_extension('x')", "SELECT ?", "SELECT ?1", "SELECT :name", "SELECT 'open",
    ] as [SQL]
  )
  func `refuses what it cannot confine`(statement: SQL) async throws {
    let before = try await rowsOfGlobex()
    await #expect {
      try await fixture.store.write(acme, as: .test) { transaction in
        _ = try transaction.rows(statement) { _ in }
      }
    } throws: { error in
      guard case StoreError.refused = error else { return false }
      return true
    }
    #expect(try await rowsOfGlobex() == before)
    #expect(try await fixture.names(acme) == ["Ada"])
  }

  @Test func `is set by the store when rows are made`() async throws {
    let tenants = try await fixture.store.systemRead { transaction in
      try transaction.rows("SELECT tenant_id FROM leads ORDER BY tenant_id") {
        try $0.next(TenantID.self)
      }
    }
    #expect(tenants == [acme, globex])
  }

  @Test func `does not exist in a transaction of the system`() async throws {
    await #expect(throws: StoreError.self) {
      try await fixture.store.systemRead { transaction in
        try transaction.value("SELECT current_tenant()", as: [UInt8].self)
      }
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.systemWrite(as: .test) { transaction in
        try transaction.execute("INSERT INTO leads (id, name) VALUES (\(noID), 'X')")
      }
    }
  }

  @Test(.enabled(if: TestDatabase.isSQLite)) func `uses the index of the tenant`() async throws {
    let plan = try await fixture.store.read(acme) { transaction in
      let session = transaction.session
      var plan = ""
      try session.runOwn(
        """
        EXPLAIN QUERY PLAN
        SELECT name FROM leads WHERE (score, id) < (50, X'00') ORDER BY score DESC, id DESC
        """
      ) { row in
        _ = (try row.next(Int.self), try row.next(Int.self), try row.next(Int.self))
        plan += try row.next(String.self)
        return true
      }
      return plan
    }
    #expect(plan.contains("leads_score (tenant_id=? AND (score,id)<(?,?))"))
    #expect(!plan.contains("TEMP B-TREE"))
  }
}
