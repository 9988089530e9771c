import CLinux
import Glibc
import MeshAccess
import MeshCore
import MeshCrypto
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore

/// Why a service does not start, as a line for the person who started it.
struct StartError: Error, CustomStringConvertible {
  let description: String
}

extension MeshSettings {
  /// Makes this process end with the supervisor that started it.
  func followSupervisor() throws(StartError) {
    guard let supervisor else { return }
    _ = clinux_end_with_parent(SIGTERM)
    // The supervisor may have died before prctl took effect.
    guard getppid() == supervisor else {
      throw StartError(description: "the supervisor \(supervisor) has ended")
    }
  }

  func makeSocketFolder() throws(StartError) {
    guard mkdir(socketFolder, 0o700) == 0 || errno == EEXIST else {
      throw StartError(
        description: "\(socketFolder): \(String(cString: strerror(errno)))"
      )
    }
  }

  /// Opens a service's database and brings its schema up to date; nil for a service without one.
  func openStore<S: Service>(of _: S.Type) async throws -> Store? {
    guard !S.migrations.isEmpty else { return nil }
    var configuration = store(of: S.self)
    configuration.migrates = migrates
    return try await BlockingPool.shared.run { [configuration] in
      try Store(configuration: configuration, migrations: S.migrations)
    }
  }

  /// Makes the empty database that `schemaEnd` asks for.
  func makeSchema<S: Service>(of _: S.Type, _ end: SchemaEnd) throws {
    guard !S.migrations.isEmpty else {
      throw StartError(description: "\(S.name) has no database")
    }
    try Store.makeSchema(end, store(of: S.self), S.migrations, at: Clock.system.now)
  }

  private func store<S: Service>(of _: S.Type) -> StoreConfiguration {
    var configuration = store(of: S.name)
    configuration.transient = S.transient
    return configuration
  }

  /// Verifies callers with the public keys that the settings name.
  func tokenVerifier(_ standings: any StandingDirectory) throws -> TokenVerifier {
    let keys = try Ed25519PublicKey.all(inPEM: try SmallFile.text(tokenPublicKeys))
    guard !keys.isEmpty else {
      throw StartError(description: "\(tokenPublicKeys) contains no public key")
    }
    return TokenVerifier(keys: keys, standings: standings, clock: .system)
  }
}

extension Store {
  /// Checks that every field of some records has its column.
  ///
  /// - Throws: naming the tables and columns that no migration made.
  func requireColumns(of records: [any RecordCollection]) async throws {
    var missing: [String] = []
    for kind in records.map(\.kind) {
      let columns = try await columns(of: kind.table)
      if columns.isEmpty {
        missing.append("no migration creates the table \(kind.table)")
      } else {
        missing += kind.columnNames.subtracting(columns).sorted().map {
          "no migration adds the column \($0) to the table \(kind.table)"
        }
      }
    }
    if !missing.isEmpty { throw StartError(description: missing.joined(separator: "; ")) }
  }
}

/// Small files named by settings, such as keys.
package enum SmallFile {
  private static let largest = 1 << 16

  /// - Throws: naming the file when it cannot be read, is not text or is larger than 64 KiB.
  package static func text(_ path: String) throws -> String {
    try read(path) { _ in }
  }

  /// The text of a file that contains a secret.
  ///
  /// - Throws: as `text` does, and when users other than the file's owner may read or write it.
  package static func secret(_ path: String) throws -> String {
    try read(path) { descriptor in
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else {
        throw StartError(
          description: "\(path) is readable by users other than its owner; chmod 600 it"
        )
      }
    }
  }

  private static func read(
    _ path: String,
    check: (_ descriptor: Int32) throws -> Void
  ) throws -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StartError(description: "\(path): \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    try check(descriptor)
    var bytes = [UInt8](repeating: 0, count: largest + 1)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count >= 0, count <= largest,
      let text = String(validating: bytes[..<count], as: UTF8.self)
    else { throw StartError(description: "\(path) must be a text of at most 64 KiB") }
    return text
  }
}
