import Glibc
import MeshCore
import MeshLoop
import MeshTestScale
import MeshTesting
import Synchronization
import Testing

@testable import MeshStore

/// Stores of one database, each opened by a thread of its own.
private final class Openings: Sendable {
  private let results = Mutex<[Result<Store, StoreError>]>([])
  private let isDone = Completion()

  /// - Throws: the first failure.
  static func open(
    _ count: Int,
    _ configuration: StoreConfiguration,
    _ migrations: [Migration]
  ) async throws -> [Store] {
    let openings = Openings()
    for _ in 0..<count {
      startThread(named: "opening") {
        let result = Result { () throws(StoreError) in
          try Store(configuration: configuration, migrations: migrations)
        }
        let isLast = openings.results.withLock { results in
          results.append(result)
          return results.count == count
        }
        if isLast { openings.isDone.signal() }
      }
    }
    await openings.isDone.passed()
    return try openings.results.withLock { $0 }.map { try $0.get() }
  }
}

@Suite struct `Processes of a service that start at once` {
  /// The first makes a table, and each of the others counts in it.
  private static let migrations: [Migration] =
    [
      Migration(
        "m0001_create_counters",
        Array(
          """
          CREATE TABLE counters (name TEXT NOT NULL PRIMARY KEY, number BIGINT NOT NULL);
          INSERT INTO counters (name, number) VALUES ('steps', 1);
          """.utf8
        )
      )
    ]
    + (2...12).map { number in
      Migration(
        "m\(String(10_000 + number).dropFirst())_count",
        Array("UPDATE counters SET number = number + 1;".utf8)
      )
    }

  private func steps(_ store: Store) async throws -> (counted: Int?, noted: [Int]) {
    try await store.systemRead { transaction in
      var noted: [Int] = []
      try transaction.session.runOwn("SELECT number FROM main.mesh_migrations ORDER BY number") {
        noted.append(try $0.next())
        return true
      }
      return (try transaction.value("SELECT number FROM counters"), noted)
    }
  }

  @Test(arguments: [0, 6])
  func `make each migration once, and go on with the same store`(before: Int) async throws {
    for _ in 0..<TestScale.count(5, long: 50) {
      let folder = TemporaryFolder()
      defer { withExtendedLifetime(folder) {} }
      let configuration = try TestDatabase.make("leads", in: folder.path)
      if before > 0 {
        try Store(
          configuration: configuration,
          migrations: Array(Self.migrations.prefix(before))
        ).close()
      }
      let stores = try await Openings.open(4, configuration, Self.migrations)
      for store in stores {
        let steps = try await steps(store)
        #expect(steps.counted == 12 && steps.noted == Array(1...12))
      }
      #expect(Set(stores.map(\.core.pageKey)).count == 1, "a page of one is a page of all")
      #expect(Set(stores.map(\.core.epoch)).count == 1)
      for store in stores { store.close() }
    }
  }

  @Test(.enabled(if: TestDatabase.isSQLite))
  func `are not kept out by one that was killed, and leave nothing beside the file`() throws {
    let folder = TemporaryFolder()
    defer { withExtendedLifetime(folder) {} }
    let lock = folder.path("leads.db-lock")
    try #require(close(open(lock, O_WRONLY | O_CREAT, 0o600)) == 0)
    let configuration = try TestDatabase.make("leads", in: folder.path)
    try Store(configuration: configuration, migrations: Self.migrations).close()
    #expect(access(lock, F_OK) != 0)
  }
}
