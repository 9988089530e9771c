package import MeshAccess
package import MeshCore
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshStore

/// A service of the mesh, as its composition root describes it; `run` does the rest.
package protocol Service: Sendable {
  associatedtype Settings: ServiceSettings

  /// Lower case; names the socket, the database and `system:<name>`.
  static var name: String { get }
  /// One line for `--help`.
  static var summary: String { get }
  /// Of its database, in their order; empty for a service that stores nothing.
  static var migrations: [Migration] { get }

  /// What roles may do with its objects.
  static var grants: [RoleGrant] { get }

  /// The kinds of records it has, for what it says of itself.
  static var schemas: [RecordSchema] { get }

  /// Puts the service together.
  ///
  /// The process answers health checks once this has returned. What it throws keeps it from starting.
  @LoopActor init(settings: Settings, runtime: ServiceRuntime) async throws

  /// Adds the service's RPCs.
  @LoopActor func register(in router: inout RPCRouter)

  /// Its records, kind by kind: for what every service offers for all kinds alike.
  var records: [any RecordCollection] { get }

  /// What it does when records of other services change.
  var reactions: [Reaction] { get }

  /// What it keeps of the records of other services: read before calls are answered.
  var replicas: [any Replicated] { get }

  /// Work of its own beside the RPCs, until the task is cancelled.
  @LoopActor func work() async
}

extension Service {
  package static var grants: [RoleGrant] { [] }
  package static var schemas: [RecordSchema] { [] }
  package var records: [any RecordCollection] { [] }
  package var reactions: [Reaction] { [] }
  package var replicas: [any Replicated] { [] }
  package func work() async {}
}

/// What a service is given to work with.
package struct ServiceRuntime: Sendable {
  package let name: String
  package let mesh: MeshSettings
  let database: Store?
  package let access: AccessGate
  /// Verifies tokens for a service that meets callers before they become calls.
  package let verifier: TokenVerifier
  package let clock: Clock
  package let ids: IDGenerator
  package let log: Log

  package init(
    name: String,
    mesh: MeshSettings,
    store: Store?,
    verifier: TokenVerifier,
    grants: [RoleGrant] = [],
    clock: Clock = .system,
    ids: IDGenerator = .system,
    log: Log
  ) {
    self.name = name
    self.mesh = mesh
    database = store
    self.verifier = verifier
    access = AccessGate(verifier: verifier, policy: Policy(grants: grants), clock: clock)
    self.clock = clock
    self.ids = ids
    self.log = log
  }

  /// The service's database; only a service that declares migrations has one.
  package var store: Store {
    guard let database else { preconditionFailure("\(name) declares no migrations") }
    return database
  }

  /// The connection to another service of the mesh.
  package func channel(to service: String) -> Channel {
    Channel(to: .unix(path: mesh.socketPath(of: service)))
  }
}

/// What a service does when records of another change.
///
/// Each change takes effect exactly once: the place in the other's log is kept in the transaction of
/// the effect.
package struct Reaction: Sendable {
  /// The service whose changes they are.
  package let service: String
  /// Kinds of records it is about.
  package let objects: [String]
  package let apply: @Sendable (ChangeEntry, WriteTransaction) throws -> Void

  /// A reaction to the changes of `objects` in `service`.
  ///
  /// - Parameters:
  ///   - service: whose change log is read.
  ///   - objects: kinds of records it is about.
  ///   - apply: the effect, in a transaction of the change's tenant. A change that it throws for is
  ///     tried again, and those after it wait.
  package init(
    to service: String,
    _ objects: [String],
    apply: @escaping @Sendable (ChangeEntry, WriteTransaction) throws -> Void
  ) {
    self.service = service
    self.objects = objects
    self.apply = apply
  }
}
