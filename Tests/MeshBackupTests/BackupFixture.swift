import FoundationEssentials
import Glibc
import MeshBackup
import MeshCore
import MeshTesting
import Synchronization

@testable import MeshStore

/// The engines that a backup goes from and to.
struct Journey: Sendable, CustomStringConvertible {
  enum Engine: Sendable { case sqlite, postgres }

  let from: Engine
  let to: Engine

  var description: String { "\(from) to \(to)" }

  static let all: [Journey] =
    TestDatabase.isSQLite
    ? [Journey(from: .sqlite, to: .sqlite)]
    : [
      Journey(from: .postgres, to: .postgres), Journey(from: .sqlite, to: .postgres),
      Journey(from: .postgres, to: .sqlite),
    ]
}

/// A service's store with a table of every type, and backups of it.
final class BackupFixture: Sendable {
  static let migrations = [
    Migration(
      "m0001_create_samples.sql",
      Array(
        """
        CREATE TABLE samples (
          tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
          id BYTEA NOT NULL,
          number BIGINT,
          ratio DOUBLE PRECISION,
          word TEXT,
          content BYTEA,
          truth BOOLEAN,
          PRIMARY KEY (tenant_id, id)
        );
        CREATE TABLE parts (
          tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
          sample_id BYTEA NOT NULL,
          name TEXT NOT NULL,
          PRIMARY KEY (tenant_id, name),
          FOREIGN KEY (tenant_id, sample_id) REFERENCES samples (tenant_id, id)
        );
        CREATE TABLE names (name TEXT NOT NULL PRIMARY KEY, owner BYTEA NOT NULL);
        CREATE TABLE blanks (
          tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
          id BYTEA NOT NULL,
          PRIMARY KEY (tenant_id, id)
        );
        CREATE TABLE tickets (
          tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
          id BYTEA NOT NULL,
          PRIMARY KEY (tenant_id, id)
        );
        """.utf8
      )
    ),
    Migration(
      "m0002_add_remarks.sql",
      Array("ALTER TABLE samples ADD COLUMN remark TEXT NOT NULL DEFAULT 'none';".utf8)
    ),
  ]
  static let key = [UInt8](1...32)

  let folder: String
  private let count = Atomic(0)

  init() throws { folder = try TestFolder.make() }

  deinit { TestFolder.remove(folder) }

  /// A database of its own each time.
  func place(_ engine: Journey.Engine, _ service: String = "samples") throws -> StoreConfiguration {
    let number = count.add(1, ordering: .relaxed).newValue
    let inner = "\(folder)/\(number)"
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
    var configuration = StoreConfiguration(path: "\(inner)/\(service).db", service: service)
    if engine == .postgres { configuration = try TestDatabase.make(service, in: inner) }
    configuration.transient = ["tickets"]
    return configuration
  }

  func open(_ place: StoreConfiguration, migrations: Int = 2) throws -> Store {
    try Store(configuration: place, migrations: Array(Self.migrations.prefix(migrations)))
  }

  var file: String { "\(folder)/backup" }

  @discardableResult
  func backUp(_ places: [StoreConfiguration]) throws(BackupError) -> BackupSummary {
    unlink(file)
    return try Backup.make(
      of: places,
      to: file,
      key: Self.key,
      at: Timestamp(microseconds: 1_700_000_000_000_000),
      BackupProgress()
    )
  }

  /// Restores the file into new databases of services whose tables are those of `backUp`.
  func restore(_ engine: Journey.Engine, _ services: [String] = ["samples"]) throws
    -> [StoreConfiguration]
  {
    let restore = Restore(file, key: Self.key)
    let (manifest, _) = try restore.check(BackupProgress())
    let places = try services.map { try place(engine, $0) }
    for (place, service) in zip(places, manifest.services) {
      try Store.makeSchema(
        SchemaEnd(service.schema),
        place,
        Self.migrations,
        at: Timestamp(microseconds: 0)
      )
    }
    try restore.fill(places, BackupProgress())
    return places
  }

  func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: file))) }

  func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: file)) }
}

enum SampleKind: IDKind {
  static let prefix: StaticString = "smp"
}

typealias SampleID = ID<SampleKind>

extension Author {
  static let test = Author(actor: "member_test", origin: Origin(requestID: "1"))
}

let acme = TenantID(high: 1, low: 1)
let globex = TenantID(high: 2, low: 2)
