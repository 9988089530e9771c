import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `A plan of PostgreSQL` {
  @Test func `for a statement is made anew when its table has grown`() throws {
    let fixture = try StoreFixture()
    let connection = try fixture.connect()
    try connection.execute(script: "CREATE TABLE grown (id BIGINT NOT NULL, word TEXT NOT NULL)")
    try connection.execute(script: "CREATE INDEX grown_by_word ON grown (word)")
    try connection.executeUnchanged(script: "INSERT INTO grown VALUES (0, 'none'); ANALYZE grown")
    #expect(try plan(connection).contains("Seq Scan"))
    try connection.executeUnchanged(
      script: "INSERT INTO grown SELECT n, 'word ' || n FROM generate_series(1, 20000) AS n"
    )
    #expect(try plan(connection).contains("Seq Scan"), "it is kept for some seconds")
    connection.planLife = .zero
    #expect(try plan(connection).contains("grown_by_word"))
  }

  /// The plan by which the server runs a statement, once it has run it often enough to keep one.
  private func plan(_ connection: PostgresConnection) throws -> String {
    try connection.run(.begin)
    defer { try? connection.run(.rollback) }
    for number in 0..<8 {
      _ = try connection.rows("SELECT id FROM main.grown WHERE word = \("word \(number)")") {
        (row) throws(StoreError) in try row.next(Int.self)
      }
    }
    let names = try connection.rows(
      "SELECT name FROM pg_prepared_statements WHERE statement LIKE '%grown WHERE word%'"
    ) { (row) throws(StoreError) in try row.next(String.self) }
    var lines: [String] = []
    try connection.runOwn(SQL(storeText: "EXPLAIN EXECUTE \(names[0])('word 1')")) { row in
      lines.append(row.text(0))
      return true
    }
    return lines.joined(separator: "\n")
  }
}

@Suite(.enabled(if: TestDatabase.isPostgreSQL)) struct `A transaction that somebody left open` {
  /// As is that of a restore, or of an administrator who went to lunch.
  @Test func `elsewhere holds up no reader of the log`() async throws {
    let fixture = try StoreFixture()
    let connection = try fixture.connect(to: "postgres", as: .init(role: "postgres"))
    try connection.executeUnchanged(script: "BEGIN; SELECT pg_current_xact_id()")
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.record(Change(action: "create", object: "lead", id: "one"))
    }
    let seen = try await fixture.store.changes(after: 0, max: 10).entries
    #expect(seen.map(\.id) == ["one"])
    try connection.executeUnchanged(script: "ROLLBACK")
  }

  @Test func `in the service itself shows as changes that wait`() async throws {
    let fixture = try StoreFixture()
    let connection = try fixture.connect()
    try connection.executeUnchanged(script: "BEGIN; SELECT pg_current_xact_id()")
    try await fixture.store.write(acme, as: .test) { transaction in
      try transaction.record(Change(action: "create", object: "lead", id: "one"))
    }
    #expect(try await fixture.store.changes(after: 0, max: 10).entries.isEmpty)
    #expect(try await fixture.store.distance(after: 0).changes == 1)
    try connection.executeUnchanged(script: "ROLLBACK")
    #expect(try await fixture.store.changes(after: 0, max: 10).entries.map(\.id) == ["one"])
  }
}

extension StoreFixture {
  /// A connection past the store, as its owner unless said otherwise.
  fileprivate func connect(
    to database: String? = nil,
    as login: PostgresServer.Login? = nil
  ) throws -> PostgresConnection {
    guard case .server(var server) = configuration.database else {
      throw StoreError.cannotOpen(path: configuration.place, reason: "it is not on a server")
    }
    if let database { server.parameters["dbname"] = database }
    return try PostgresConnection(server, as: login ?? server.owner, .owner, service: "test")
  }
}
