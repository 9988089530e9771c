import Glibc
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshService
import MeshTesting
import Testing

@testable import AccessService

@Suite struct `Starting Access` {
  /// Starts the service in a folder whose key file has that text and those permissions.
  ///
  /// - Returns: what keeps it from starting, each with the folder's name taken out; nothing when it
  ///   starts.
  @LoopActor
  private func faults(key: String?, mode: mode_t = 0o600) async throws -> [String] {
    let files = try TestStore("access", AccessService.migrations)
    let folder = try TestFolder.make()
    defer { TestFolder.remove(folder) }
    let path = "\(folder)/token.pem"
    if let key {
      let file = open(path, O_WRONLY | O_CREAT, 0o600)
      _ = key.withCString { write(file, $0, key.utf8.count) }
      fchmod(file, mode)
      close(file)
    }
    var reader = SettingsReader(arguments: ["--token-key", path]) { _ in nil }
    let settings = AccessService.Settings(from: &reader)
    let runtime = ServiceRuntime(
      name: "access",
      mesh: MeshSettings(from: &reader),
      store: files.store,
      verifier: TokenVerifier(keys: [], clock: .system),
      log: Log(service: "access", level: .error)
    )
    do {
      _ = try await AccessService(settings: settings, runtime: runtime)
      return []
    } catch let error as SettingsError {
      return error.faults.map { $0.replacing(folder, with: "") }
    }
  }

  @Test func `needs a key that its owner alone can read`() async throws {
    let key = try Ed25519PrivateKey.generate().pem
    #expect(try await faults(key: key).isEmpty)
    for mode: mode_t in [0o640, 0o604, 0o620, 0o602] {
      #expect(
        try await faults(key: key, mode: mode) == [
          "LEADMESH_TOKEN_KEY: /token.pem is readable by users other than its owner; chmod 600 it"
        ]
      )
    }
  }

  @Test func `says which file is missing or holds no key`() async throws {
    #expect(
      try await faults(key: nil) == ["LEADMESH_TOKEN_KEY: /token.pem: No such file or directory"]
    )
    #expect(
      try await faults(key: "-----BEGIN PRIVATE KEY-----\n") == [
        "LEADMESH_TOKEN_KEY: /token.pem contains no Ed25519 private key"
      ]
    )
  }
}
