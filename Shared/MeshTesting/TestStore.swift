import Glibc
package import MeshAccess
package import MeshCore
import MeshCrypto
package import MeshProto
package import MeshRPC
package import MeshStore
import Synchronization

/// A real store in a database of its own, which goes with the test.
package final class TestStore: Sendable {
  package let store: Store
  let folder: String
  package let configuration: StoreConfiguration

  /// - Parameters:
  ///   - service: whose store it is.
  ///   - migrations: the service's.
  ///   - clock: of all it writes.
  ///   - plans: notes how each query is made.
  /// - Throws: when the database cannot be made, or a migration fails.
  package init(
    _ service: String,
    _ migrations: [Migration],
    clock: Clock = .system,
    plans: PlanLog? = nil
  ) throws {
    folder = try TestFolder.make()
    var configuration = try TestDatabase.make(service, in: folder)
    if let plans { configuration.planned = plans.note }
    self.configuration = configuration
    store = try Store(configuration: configuration, migrations: migrations, clock: clock)
  }

  /// A store that an earlier release made, opened by this one.
  ///
  /// - Parameters:
  ///   - service: whose store it is.
  ///   - migrations: the service's.
  ///   - count: how many of them the earlier release had.
  ///   - migrates: whether this release makes the others.
  ///   - clock: of all it writes.
  ///   - fill: writes what that release wrote.
  /// - Throws: when the database cannot be made, or a migration fails; what `fill` throws.
  package init(
    _ service: String,
    _ migrations: [Migration],
    upgradedFrom count: Int,
    migrates: Bool = true,
    clock: Clock = .system,
    fill: (Store) async throws -> Void
  ) async throws {
    folder = try TestFolder.make()
    configuration = try TestDatabase.make(service, in: folder)
    let old = try Store(
      configuration: configuration,
      migrations: Array(migrations.prefix(count)),
      clock: clock
    )
    try await fill(old)
    old.close()
    var present = configuration
    present.migrates = migrates
    store = try Store(configuration: present, migrations: migrations, clock: clock)
  }

  deinit {
    store.close()
    TestFolder.remove(folder)
  }
}

/// Folders for tests, under the system's temporary folder.
package enum TestFolder {
  package struct Failure: Error {
    package let path: String
  }

  /// A new, empty folder.
  package static func make() throws -> String {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/leadmesh-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(path: base) }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Removes a folder and the files in it and in folders in it.
  package static func remove(_ path: String) {
    guard let directory = opendir(path) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let inner = "\(path)/\(name)"
      if unlink(inner) != 0 { remove(inner) }
    }
    closedir(directory)
    rmdir(path)
  }
}

/// A clock that tests move by hand.
package final class TestClock: Sendable {
  private let time: Mutex<Timestamp>

  /// 2026-01-01T00:00:00Z, unless said otherwise.
  package init(_ start: Timestamp = Timestamp(microseconds: 1_767_225_600_000_000)) {
    time = Mutex(start)
  }

  package var clock: Clock { Clock(now: { self.now }) }

  package var now: Timestamp { time.withLock { $0 } }

  package func advance(by duration: Duration) { time.withLock { $0 += duration } }
}

/// Callers, as they would be after their tokens were verified.
package enum TestCaller {
  package static func member(
    _ id: MemberID,
    _ role: String,
    in tenant: TenantID,
    path: String = "/test/Call",
    key: String? = nil
  ) -> Call {
    var metadata = Metadata()
    if let key { metadata.add(MetadataKey.idempotencyKey, key) }
    return Call(
      caller: Caller(
        tenant: tenant,
        identity: .member(id),
        onBehalfOf: nil,
        roles: [role],
        session: nil
      ),
      path: path,
      metadata: metadata
    )
  }

  package static func system(
    _ name: String,
    in tenant: TenantID?,
    onBehalfOf member: MemberID? = nil
  ) -> Call {
    Call(
      caller: Caller(
        tenant: tenant,
        identity: .system(name),
        onBehalfOf: member,
        roles: [],
        session: nil
      ),
      path: "/test/Call"
    )
  }

  /// A gate of objects with these grants, which verifies no tokens.
  package static func gate(
    _ grants: [RoleGrant],
    teams: any TeamDirectory = NoTeams(),
    standings: any StandingDirectory = StandingsInTokens(),
    clock: Clock = .system
  ) -> AccessGate {
    AccessGate(
      verifier: TokenVerifier(keys: [], standings: standings, clock: clock),
      policy: Policy(grants: grants),
      teams: teams,
      clock: clock
    )
  }
}
