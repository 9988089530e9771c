import ErrandsAPI
import ErrandsService
import Glibc
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@testable import MeshService

/// A service of rounds whose last migration was forgotten.
private struct UnmigratedService: Service {
  static let name = "errands"
  static let summary = "rounds"
  static let migrations = [
    Migration(
      "m0001_create_rounds",
      Array(
        """
        CREATE TABLE rounds (
          tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
          id BYTEA NOT NULL,
          version BIGINT NOT NULL,
          display_name TEXT NOT NULL,
          create_time BIGINT NOT NULL,
          update_time BIGINT NOT NULL,
          created_by TEXT NOT NULL,
          updated_by TEXT NOT NULL,
          PRIMARY KEY (tenant_id, id)
        );
        """.utf8
      )
    )
  ]

  let records: [any RecordCollection]

  init(settings: NoSettings, runtime: ServiceRuntime) {
    records = [
      Records<Round>(runtime.store, runtime.access), Records<Errand>(runtime.store, runtime.access),
    ]
  }

  func register(in router: inout RPCRouter) {}
}

@Suite @LoopActor struct `A service with a field that no migration made a column for` {
  /// What keeps a service from starting in a folder of its own; nil when it starts.
  private func fault<S: Service>(starting _: S.Type) async throws -> String?
  where S.Settings == NoSettings {
    let folder = try TestFolder.make()
    defer { TestFolder.remove(folder) }
    try write(try Ed25519PrivateKey.generate().publicKey.pem, to: "\(folder)/key.pem")
    var reader = SettingsReader(
      arguments: [
        "--data", folder, "--token-public-keys", "\(folder)/key.pem", "--log-level", "error",
      ]
    ) { _ in nil }
    let mesh = MeshSettings(from: &reader)
    let log = Log(service: S.name, level: .error)
    do {
      let settings = NoSettings(from: &reader)
      let process = try await ServiceProcess<S>(mesh: mesh, settings: settings, log: log)
      let stop = StopSignal([])
      stop.pull()
      await process.run(until: stop)
      return nil
    } catch let error as StartError {
      return error.description
    }
  }

  private func write(_ text: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    let count = text.withCString { Glibc.write(file, $0, text.utf8.count) }
    try #require(count == text.utf8.count)
  }

  @Test func `does not start, and names each column and table`() async throws {
    #expect(
      try await fault(starting: UnmigratedService.self) == """
        no migration adds the column display_name_key to the table rounds; \
        no migration adds the column owner_id to the table rounds; \
        no migration creates the table errands
        """
    )
  }

  @Test func `is no other than one that starts`() async throws {
    #expect(try await fault(starting: ErrandsService.self) == nil)
  }
}
