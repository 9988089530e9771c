import Glibc
import MeshAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

/// A service at work in this process: started in order, stopped in reverse.
@LoopActor
struct ServiceProcess<S: Service> {
  private let mesh: MeshSettings
  private let log: Log
  private let store: Store?
  private let server: RPCServer
  private let service: S
  private let runtime: ServiceRuntime
  private let metricsServer: MetricsServer?
  private let operations: OperationRunner?
  private let reactions: [ReactionRunner]
  private let replicas: [any Replicated]
  private let readiness: Readiness
  private let keyUpgrade: RecordKeyUpgrade?

  /// Starts everything but the background work: when this returns, calls are answered.
  init(mesh: MeshSettings, settings: S.Settings, log: Log) async throws {
    (self.mesh, self.log) = (mesh, log)
    try mesh.followSupervisor()
    try mesh.makeSocketFolder()
    let readiness = Readiness()
    self.readiness = readiness
    let metrics = Metrics(service: S.name)
    metricsServer = try mesh.metricsListen.map { try MetricsServer($0, metrics, readiness) }
    store = try await mesh.openStore(of: S.self)
    let news = StandingNews()
    let standings = Standings(news)
    var runtime = ServiceRuntime(
      name: S.name,
      mesh: mesh,
      store: store,
      verifier: try mesh.tokenVerifier(standings),
      standings: news,
      teams: standings,
      grants: S.grants + MeshObjects.grants,
      log: log
    )
    runtime.readiness = readiness
    self.runtime = runtime
    service = try await S(settings: settings, runtime: runtime)
    try await store?.requireColumns(of: service.records)
    try await runtime.start(service.replicas)
    // A service without a database starts without them: until it has read them it answers no member.
    if store != nil { try await runtime.start(standings.replicas) }
    replicas = service.replicas + standings.replicas
    let (author, ownStore, records) = (runtime.author, store, service.records)
    reactions = service.reactions.compactMap { reaction in
      ownStore.map { ReactionRunner(reaction, $0, as: author, log: log) }
    }
    let subscriptions = SubscriptionList(reactions, replicas, runtime)
    let router = Self.router(service, runtime, reactions, replicas, subscriptions)
    operations = records.isEmpty ? nil : store.map { OperationRunner(records, $0, log) }
    keyUpgrade = store.map { RecordKeyUpgrade(records, $0, log) }
    metrics.observe(store, replicas, subscriptions)
    let access = runtime.access
    server = RPCServer(
      router: router,
      authenticate: { head throws(MeshError) in try access.authenticate(head) },
      observer: RPCObserver(
        completed: { path, status, duration in metrics.count(path, status, duration) },
        failed: { call, error in
          log.error(
            "handler_failed",
            [
              "method": .word(call.path), "request_id": .id(call.origin.requestID),
              "error": .cause(error),
            ]
          )
        }
      )
    )
    try server.listen(on: .unix(path: mesh.ownSocketPath(of: S.name)))
    readiness.serve(store, replicas, needs: S.needs.map { runtime.need($0) }, server.health)
    log.info("serving", ["schema": .number(store?.schema.applied ?? 0)])
  }

  /// The service's RPCs, and those that every service has.
  private static func router(
    _ service: S,
    _ runtime: ServiceRuntime,
    _ reactions: [ReactionRunner],
    _ replicas: [any Replicated],
    _ subscriptions: SubscriptionList
  ) -> RPCRouter {
    var router = RPCRouter()
    service.register(in: &router)
    subscriptions.register(in: &router)
    let records = service.records
    if let store = runtime.database {
      ChangeFeed(store: store, sources: records + service.snapshots).register(in: &router)
      let letters = replicas.map { ReplicaLetters(replica: $0, runtime: runtime) }
      DeadLetterList(store: store, consumers: reactions + letters, log: runtime.log)
        .register(in: &router)
      CommandList(store: store, drivers: service.commands, log: runtime.log)
        .register(in: &router)
      TimerList(store: store).register(in: &router)
      if !records.isEmpty {
        RecordServices(records, store).register(in: &router)
        LiveChanges(store: store, records: records, access: runtime.access)
          .register(in: &router)
      }
    }
    if !S.schemas.isEmpty {
      ObjectDescriber(schemas: S.schemas, access: runtime.access).register(in: &router)
    }
    return router
  }

  /// What one process of the service does for all its processes, each piece independently.
  private var work: [BackgroundWork] {
    var work: [BackgroundWork] = reactions.map { reaction in
      { await reaction.follow(runtime) }
    }
    work += service.work
    if let operations { work.append { await operations.run() } }
    if let keyUpgrade { work.append { await keyUpgrade.run() } }
    if let store {
      let compactor = ChangeLogCompactor(service.records, store, mesh.logRetention, log)
      work.append { await compactor.run() }
      let commands = CommandRunner(service.commands, store, log)
      if !service.commands.isEmpty { work.append { await commands.run() } }
      let timers = TimerRunner(service.timers, store, log)
      if !service.timers.isEmpty { work.append { await timers.run() } }
    }
    return work
  }

  /// Reacts, works and answers until `stop` is pulled, then finishes running calls.
  func run(until stop: StopSignal) async {
    var background = [Task.immediate { @LoopActor in await readiness.watch(log) }]
    background += replicas.map { replica in
      Task.immediate { @LoopActor in await replica.follow(runtime) }
    }
    background += work.map { work in
      Task.immediate { @LoopActor in
        if let store { await store.lease.whileHeld(work) } else { await work() }
      }
    }
    await stop.wait()
    log.info("draining")
    readiness.drain()
    // Otherwise callers that wait for changes would be waited for.
    store?.endWaiting()
    let draining = Task.immediate { @LoopActor in await server.drain(within: mesh.drainTime) }
    for task in background { task.cancel() }
    await draining.value
    for task in background { await task.value }
    await metricsServer?.close()
    store?.close()
    log.info("stopped")
  }
}

/// Tells that the process was asked to stop, by SIGTERM or SIGINT.
@LoopActor
final class StopSignal {
  private var wasPulled = false
  private var isStarting = true
  private var waiter: CheckedContinuation<Void, Never>?

  /// Watches the signals, which must be blocked.
  init(_ signals: [Int32]) {
    Loop.shared.watchSignals(signals) { [self] _ in
      if isStarting { _exit(0) }
      pull()
    }
  }

  /// Before this is called, a signal ends the process at once: it has taken no calls.
  func hasStarted() { isStarting = false }

  func wait() async {
    if wasPulled { return }
    await withCheckedContinuation { waiter = $0 }
  }

  /// Stops the process as a signal does after the start.
  func pull() {
    wasPulled = true
    waiter?.resume()
    waiter = nil
  }
}
