import FoundationEssentials
import MeshTesting
import Synchronization

@testable import MeshCore
@testable import MeshStore

/// A store in a folder of its own, or in that of a fixture before.
final class StoreFixture: Sendable {
  static let migration = Migration(
    "m0001_create_leads.sql",
    Array(
      """
      CREATE TABLE leads (
        tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
        id BYTEA NOT NULL,
        name TEXT NOT NULL,
        score BIGINT NOT NULL DEFAULT 0,
        email TEXT,
        PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, email)
      );
      CREATE INDEX leads_score ON leads (tenant_id, score, id);
      CREATE TABLE notes (
        tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
        lead_id BYTEA NOT NULL,
        line BIGINT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (tenant_id, lead_id, line),
        FOREIGN KEY (tenant_id, lead_id) REFERENCES leads (tenant_id, id) ON DELETE CASCADE
      );
      CREATE TABLE hosts (
        name TEXT NOT NULL PRIMARY KEY,
        owner BYTEA NOT NULL
      );
      """.utf8
    )
  )

  let folder: TemporaryFolder
  /// How to open the same database again.
  let configuration: StoreConfiguration
  let store: Store
  let clock = FixedClock()

  init(
    folder: TemporaryFolder = TemporaryFolder(),
    reopening: StoreFixture? = nil,
    migrations: [Migration] = [migration],
    _ configure: (inout StoreConfiguration) -> Void = { _ in }
  ) throws {
    self.folder = reopening?.folder ?? folder
    var configuration = try reopening?.configuration ?? TestDatabase.make("leads", in: folder.path)
    configure(&configuration)
    self.configuration = configuration
    store = try Store(
      configuration: configuration,
      migrations: migrations,
      clock: clock.clock,
      ids: IDGenerator(clock: clock.clock)
    )
  }

  /// Adds a lead and gives its id.
  func addLead(_ tenant: TenantID, _ name: String, score: Int = 0) async throws -> LeadID {
    try await store.write(tenant, as: .test) { transaction in
      let id = transaction.ids.next(LeadKind.self)
      try transaction.execute(
        "INSERT INTO leads (id, name, score) VALUES (\(id), \(name), \(score))"
      )
      return id
    }
  }

  /// The numbers of all changes in the log, once those that were answered are there for its readers.
  @discardableResult
  func changeNumbers() async throws -> [Int64] {
    try await store.settle()
    return try await store.changes(after: 0, max: .max).entries.map(\.sequence)
  }

  /// Names of a tenant's leads, in order.
  func names(_ tenant: TenantID) async throws -> [String] {
    try await store.read(tenant) { transaction in
      try transaction.rows("SELECT name FROM leads ORDER BY name") { try $0.next() }
    }
  }
}

/// A folder that goes with the last reference to it.
final class TemporaryFolder: Sendable {
  let path = "/tmp/leadmesh-store-\(IDGenerator.system.next(LeadKind.self))"

  init() {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }
}

enum LeadKind: IDKind {
  static let prefix: StaticString = "lead"
}

typealias LeadID = ID<LeadKind>

/// A clock that stands until it is moved.
final class FixedClock: Sendable {
  private let time = Mutex(Timestamp(microseconds: 1_700_000_000_000_000))

  var clock: Clock { Clock { [self] in time.withLock { $0 } } }

  func advance(_ duration: Duration) { time.withLock { $0 += duration } }
}

extension Author {
  static let test = Author(
    actor: "member_test",
    origin: Origin(requestID: "request-1", address: "192.0.2.1", agent: "test")
  )
}

let acme = TenantID(high: 1, low: 1)
let globex = TenantID(high: 2, low: 2)

extension StoreConfiguration {
  /// Has PostgreSQL's transactions that write follow one another too.
  mutating func takeOneWriter() {
    guard case .server(var server) = database else { return }
    server.writers = 1
    database = .server(server)
  }
}
