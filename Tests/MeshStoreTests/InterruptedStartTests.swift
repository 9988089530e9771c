import FoundationEssentials
import Glibc
import MeshCore
import MeshTestScale
import MeshTesting
import Testing

@testable import MeshStore

/// The migrations of every service, as they are in its folder.
private enum ServiceMigrations {
  private static let project =
    #filePath.split(separator: "/").dropLast(3).map { "/\($0)" }.joined()

  /// Folders, from that of the project.
  static let folders: [String] = {
    let services =
      (try? FileManager.default.contentsOfDirectory(atPath: project + "/Services")) ?? []
    return (services.map { "Services/\($0)" } + ["Tests/Fixture"])
      .map { "\($0)/Service/Migrations" }
      .filter { FileManager.default.fileExists(atPath: "\(project)/\($0)") }.sorted()
  }()

  static func inFolder(_ folder: String) throws -> [Migration] {
    let folder = "\(project)/\(folder)"
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { name in
      let content = FileManager.default.contents(atPath: "\(folder)/\(name)")
      return Migration(name, Array(try #require(content)))
    }
  }
}

/// Goes on up to the next place at which a connection is to end and none has ended yet.
private final class EveryPlaceOnce: StatementWatch {
  final class Places {
    /// Connections end at one of so many: at each, but for a server in a short run, which takes minutes.
    let distance = TestDatabase.isSQLite ? 1 : TestScale.count(10, long: 1)
    fileprivate var passed: Set<[String]> = []
    fileprivate(set) var ends = 0
  }

  private let places: Places
  /// The last statements, which tell one BEGIN from another.
  private var last: [String] = []

  init(_ places: Places) { self.places = places }

  override func goesOn(with statement: String) -> Bool {
    last = last.suffix(2) + [statement]
    guard places.passed.insert(last).inserted,
      places.passed.count.isMultiple(of: places.distance)
    else { return true }
    places.ends += 1
    return false
  }
}

/// Kills the process before a statement.
private final class Killing: StatementWatch {
  private var left: Int

  init(before number: Int) { left = number }

  override func goesOn(with statement: String) -> Bool {
    if left == 0 { kill(getpid(), SIGKILL) }
    left -= 1
    return true
  }
}

extension StoreConfiguration {
  /// Makes or migrates the database as the opening of a store does, statement by statement.
  fileprivate func migrate(_ migrations: [Migration], _ watch: StatementWatch) throws {
    let now = Timestamp(microseconds: 1_700_000_000_000_000)
    switch database {
    case .file(let path):
      let connection = try WatchedSQLite(path, scope: .system, purpose: .writing)
      connection.watch = watch
      _ = try OpenedStore(connection, self, migrations, at: now)
    case .server(let server):
      let connection = try WatchedPostgres(server, as: server.owner, .owner, service: service)
      connection.watch = watch
      let engine = PostgresEngine(server: server, service: service)
      _ = try engine.prepare(connection, self, migrations, at: now)
    }
  }

  /// Ends one start after the other, each some statements later, until one goes through.
  ///
  /// - Returns: at how many places.
  @discardableResult
  func endEverywhere(_ migrations: [Migration]) throws -> Int {
    let places = EveryPlaceOnce.Places()
    while true {
      let before = places.ends
      do {
        try migrate(migrations, EveryPlaceOnce(places))
        return before * places.distance
      } catch  where places.ends > before {
        // The watch has ended it; anything else would end every start.
      }
    }
  }
}

@Suite struct `A start that ends at any statement` {
  /// The schema of a store that `configuration` opens.
  private func schema(
    _ configuration: StoreConfiguration,
    _ migrations: [Migration]
  ) async throws -> [String] {
    let store = try Store(configuration: configuration, migrations: migrations)
    defer { store.close() }
    return try await SchemaText.of(store)
  }

  /// All services; on a server, where each takes a minute, one of them by the seed, and three in a long run.
  private static let services: [String] = {
    let all = ServiceMigrations.folders
    let count = TestDatabase.isSQLite ? all.count : TestScale.count(1, long: 3)
    return (0..<count).map { all[(Int(TestScale.seed % UInt64(all.count)) + $0) % all.count] }
  }()

  @Test(arguments: services)
  func `is made good by the next, with the schema of one that nothing disturbs`(
    folder: String
  ) async throws {
    let migrations = try ServiceMigrations.inFolder(folder)
    let temporary = TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let expected = try await schema(
      TestDatabase.make("whole", in: temporary.path),
      migrations
    )
    let configuration = try TestDatabase.make("ended", in: temporary.path)
    let count = try configuration.endEverywhere(migrations)
    let statements = migrations.map { Statements.of(String(decoding: $0.sql, as: UTF8.self)).count }
    #expect(count > statements.reduce(0, +) + 3 * migrations.count)
    #expect(try await schema(configuration, migrations) == expected)
  }

  private static let longest = "Services/Leads/Service/Migrations"

  /// Migrates a file until the process is killed; does nothing more when it is there.
  private static func migrateUntilKilled(_ path: String, before number: Int) throws {
    let configuration = StoreConfiguration(path: path, service: "killed")
    try configuration.migrate(ServiceMigrations.inFolder(longest), Killing(before: number))
  }

  @Test(.enabled(if: TestDatabase.isSQLite), .serialized, arguments: TestScale.seeds(1, long: 20))
  func `is made good by the next after the process was killed`(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let migrations = try ServiceMigrations.inFolder(Self.longest)
    let temporary = TemporaryFolder()
    defer { withExtendedLifetime(temporary) {} }
    let expected = try await schema(
      TestDatabase.make("killed", in: temporary.path),
      migrations
    )
    let path = temporary.path("ended.db")
    // Each time some of what is left is done; in the end too little for a kill.
    for _ in 1...6 {
      let number = Int.random(in: 30..<90, using: &random)
      let result = await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = path as String, number = number as Int] in
        try Self.migrateUntilKilled(path, before: number)
        kill(getpid(), SIGKILL)
      }
      #expect(result != nil)
    }
    let configuration = StoreConfiguration(path: path, service: "killed")
    #expect(try await schema(configuration, migrations) == expected)
  }
}
