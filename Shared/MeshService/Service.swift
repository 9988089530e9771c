package import MeshAccess
package import MeshCore
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshStore

/// A service of the mesh: its composition root conforms to this, and `run` does the rest.
package protocol Service: Sendable {
  associatedtype Settings: ServiceSettings

  /// Lower case; names the socket, the database and `system:<name>`.
  static var name: String { get }
  /// One line for `--help`.
  static var summary: String { get }
  /// The migrations of its database, in order; empty for a service without a database.
  static var migrations: [Migration] { get }

  /// Tables that a backup leaves out: what must not be restored, such as sessions.
  static var transient: [String] { get }

  /// What roles may do with its objects.
  static var grants: [RoleGrant] { get }

  /// The schemas of its kinds of records, for describing them to clients.
  static var schemas: [RecordSchema] { get }

  /// The services that it cannot work without: it is not ready while one of them does not answer.
  static var needs: [String] { get }

  /// Creates the service's parts.
  ///
  /// The process answers health checks once this has returned. If it throws, the process does not
  /// start.
  @LoopActor init(settings: Settings, runtime: ServiceRuntime) async throws

  /// Adds the service's RPCs.
  @LoopActor func register(in router: inout RPCRouter)

  /// Its collections of records, for the RPCs that every service offers for all kinds.
  var records: [any RecordCollection] { get }

  /// Reactions to changes of other services' records.
  var reactions: [Reaction] { get }

  /// Replicas of other services' records, loaded before calls are answered.
  var replicas: [any Replicated] { get }

  /// What it offers in snapshots besides its records.
  var snapshots: [any SnapshotSource] { get }

  /// The kinds of work across services that are started here; see `CommandKind`.
  var commands: [any CommandDriver] { get }

  /// What it does at moments that it has set; see `TimerKind`.
  var timers: [TimerKind] { get }

  /// Background work besides the RPCs: each piece goes on until its task is cancelled.
  var work: [BackgroundWork] { get }
}

/// A piece of work that no call waits for.
package typealias BackgroundWork = @LoopActor () async -> Void

extension Service {
  package static var transient: [String] { [] }
  package static var grants: [RoleGrant] { [] }
  package static var schemas: [RecordSchema] { [] }
  package static var needs: [String] { [] }
  package var records: [any RecordCollection] { [] }
  package var reactions: [Reaction] { [] }
  package var replicas: [any Replicated] { [] }
  package var snapshots: [any SnapshotSource] { [] }
  package var commands: [any CommandDriver] { [] }
  package var timers: [TimerKind] { [] }
  package var work: [BackgroundWork] { [] }
}

/// What the runtime provides to a service.
package struct ServiceRuntime: Sendable {
  package let name: String
  package let mesh: MeshSettings
  let database: Store?
  package let access: AccessGate
  /// Verifies tokens, for a service such as the gateway that authenticates before it makes calls.
  package let verifier: TokenVerifier
  /// Announces changes to what the verifier knows of members.
  package let standings: StandingNews
  /// The members of each team.
  package let teams: any TeamDirectory
  package let clock: Clock
  package let ids: IDGenerator
  package let log: Log
  /// Distinguishes the process from every other one, also of the same service.
  let instance = String(UInt64.random(in: .min ... .max), radix: 36)
  /// How long a service without a database waits at its start for others' records.
  package var catchUpTime = Duration.seconds(30)
  /// The readiness of the process; nil in tests of a service alone.
  var readiness: Readiness?

  package init(
    name: String,
    mesh: MeshSettings,
    store: Store?,
    verifier: TokenVerifier,
    standings: StandingNews = StandingNews(),
    teams: any TeamDirectory = NoTeams(),
    grants: [RoleGrant] = [],
    clock: Clock = .system,
    ids: IDGenerator = .system,
    log: Log
  ) {
    self.name = name
    self.mesh = mesh
    database = store
    self.verifier = verifier
    self.standings = standings
    self.teams = teams
    access = AccessGate(
      verifier: verifier,
      policy: Policy(grants: grants),
      teams: teams,
      clock: clock
    )
    self.clock = clock
    self.ids = ids
    self.log = log
  }

  /// The service's database; only a service that declares migrations has one.
  package var store: Store {
    guard let database else { preconditionFailure("\(name) declares no migrations") }
    return database
  }

  /// Whether the service can do its work, as its probes report.
  @LoopActor
  package var isReady: Bool { readiness?.obstacle == nil }

  /// The connection to another service of the mesh.
  package func channel(to service: String) -> Channel {
    Channel(to: mesh.socketPaths(of: service).map { .unix(path: $0) })
  }
}

/// A reaction to changes of another service's records.
///
/// Each change takes effect exactly once: the place in the other's log is stored in the transaction of
/// the effect. A change that cannot be applied becomes a dead letter of the service, together with
/// later changes of the same record; other changes go on.
package struct Reaction: Sendable {
  /// Where a reaction begins that has taken no change yet, or whose log no longer exists.
  package enum Start: Sendable {
    /// With each record as it is, as a change whose action is `snapshot`: for effects that are right
    /// at any time, and that do nothing when repeated.
    case snapshot
    /// With the next change: for effects of the change itself, such as a message to someone.
    case nextChange
  }

  /// The service whose changes it reacts to.
  package let service: String
  /// The kinds of records it reacts to.
  package let objects: [String]
  package let start: Start
  /// Whether the caller's response waits until this reaction has run.
  package let isAwaited: Bool
  package let apply: @Sendable (ChangeEntry, WriteTransaction) throws -> Void

  /// A reaction to the changes of `objects` in `service`.
  ///
  /// - Parameters:
  ///   - service: whose change log is read.
  ///   - objects: the kinds of records it reacts to.
  ///   - start: where it begins.
  ///   - isAwaited: whether the response to whoever made a change waits, for a limited time, until this reaction has
  ///     run. When two services react to each other's changes, this must be false in one of them, or each waits for the
  ///     other.
  ///   - apply: the effect, in a transaction of the change's tenant. If it throws an error that may pass, such as
  ///     UNAVAILABLE, it is tried again; otherwise, and after 20 tries, the change becomes a dead letter.
  package init(
    to service: String,
    _ objects: [String],
    start: Start = .snapshot,
    isAwaited: Bool = true,
    apply: @escaping @Sendable (ChangeEntry, WriteTransaction) throws -> Void
  ) {
    self.service = service
    self.objects = objects
    self.start = start
    self.isAwaited = isAwaited
    self.apply = apply
  }
}
