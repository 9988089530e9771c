import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A migration that makes a table anew to which others refer` {
  private static func migration(_ sql: String) -> Migration {
    Migration("m0002_grade_leads", Array(sql.utf8))
  }

  /// Scores become grades: a text that is one of three; addresses must be there.
  private static let rebuild = migration(
    """
    CREATE TABLE leads_new (
      tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
      id BYTEA NOT NULL,
      name TEXT NOT NULL CHECK (name <> ''),
      score TEXT NOT NULL DEFAULT 'low' CHECK (score IN ('low', 'high')),
      email TEXT,
      PRIMARY KEY (tenant_id, id),
      UNIQUE (tenant_id, email)
    );
    INSERT INTO leads_new (tenant_id, id, name, score, email)
    SELECT tenant_id, id, name, CASE WHEN score > 50 THEN 'high' ELSE 'low' END, email FROM leads;
    DROP TABLE leads;
    ALTER TABLE leads_new RENAME TO leads;
    CREATE INDEX leads_score ON leads (tenant_id, score, id);
    """
  )

  /// A lead with a note for each of two tenants.
  private func filled() async throws -> StoreFixture {
    let fixture = try StoreFixture()
    for (tenant, score) in [(acme, 80), (globex, 20)] {
      let id = try await fixture.addLead(tenant, "Ada", score: score)
      try await fixture.store.write(tenant, as: .test) { transaction in
        try transaction.execute("INSERT INTO notes (lead_id, line, text) VALUES (\(id), 1, 'Hi')")
      }
    }
    fixture.store.close()
    return fixture
  }

  private func reopened(_ fixture: StoreFixture, _ migration: Migration) throws -> StoreFixture {
    try StoreFixture(reopening: fixture, migrations: [StoreFixture.migration, migration])
  }

  @Test func `changes a column's type and constraints, and keeps the rows of both`() async throws {
    let fixture = try reopened(try await filled(), Self.rebuild)
    for (tenant, grade) in [(acme, "high"), (globex, "low")] {
      let found = try await fixture.store.read(tenant) { transaction in
        try transaction.rows(
          "SELECT l.score, n.text FROM leads AS l JOIN notes AS n ON n.lead_id = l.id"
        ) { [try $0.next(String.self), try $0.next(String.self)] }
      }
      #expect(found == [[grade, "Hi"]])
    }
    await #expect(throws: StoreError.self) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.execute("UPDATE leads SET score = 'middle'")
      }
    }
  }

  @Test func `leaves the references as they were`() async throws {
    let fixture = try reopened(try await filled(), Self.rebuild)
    await #expect(throws: StoreError.self) {
      try await fixture.store.write(acme, as: .test) { transaction in
        try transaction.execute(
          "INSERT INTO notes (lead_id, line, text) VALUES (\(LeadID.some), 1, 'Whose?')"
        )
      }
    }
    let left = try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.execute("DELETE FROM leads")
      return try transaction.value("SELECT count(*) FROM notes", as: Int.self)
    }
    #expect(left == 0, "notes go with their lead")
  }

  @Test func `is refused, and leaves all as it was, when a reference would lead nowhere`()
    async throws
  {
    let fixture = try await filled()
    let script = String(decoding: Self.rebuild.sql, as: UTF8.self)
    let parts = script.split(separator: " FROM leads;", maxSplits: 1)
    let losing = Self.migration("\(parts[0]) FROM leads WHERE score > 50;\(parts[1])")
    #expect(throws: StoreError.self) { try reopened(fixture, losing) }
    let again = try reopened(fixture, Self.rebuild)
    #expect(try await again.names(acme) == ["Ada"])
    #expect(try await again.names(globex) == ["Ada"])
  }

  @Test func `goes on after it has ended at any statement`() async throws {
    let whole = try reopened(try await filled(), Self.rebuild)
    let fixture = try await filled()
    try fixture.configuration.endEverywhere([StoreFixture.migration, Self.rebuild])
    let again = try reopened(fixture, Self.rebuild)
    #expect(try await SchemaText.of(again.store) == SchemaText.of(whole.store))
    #expect(try await again.names(globex) == ["Ada"])
  }

  @Test(
    arguments: [
      ("CREATE TABLE t (a TEXT); DROP TABLE Leads;", ["leads"]),
      ("DROP TABLE IF EXISTS \"a\"; -- DROP TABLE b\nDROP INDEX c; drop table d", ["a", "d"]),
      ("INSERT INTO t (a) VALUES ('DROP TABLE leads'); ALTER TABLE t DROP COLUMN b", []),
    ] as [(String, Set<String>)]
  )
  func `is known by what it drops`(script: String, dropped: Set<String>) throws {
    #expect(try Migration.droppedTables(script) == dropped)
  }
}
