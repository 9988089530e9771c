import MeshLoop
import MeshRPC
import MeshStore

/// Whether a service can do its work: the answer of `/readyz` and `grpc.health.v1.Health`.
@LoopActor
final class Readiness {
  enum State: Equatable {
    /// Settings, store and replicas are being read.
    case starting
    case serving
    case draining
  }

  private(set) var state = State.starting { didSet { tell() } }
  private var store: Store?
  private var replicas: [any Replicated] = []
  private var health: HealthRegistry?
  private var needs: [Need] = []
  private var lastAsked: Deadline?

  nonisolated init() {}

  /// Another service that this one cannot work without.
  @LoopActor
  final class Need {
    let service: String
    private let patience: Duration
    private let answers: @LoopActor () async -> Bool
    /// Until when the last answer counts; nil before the first.
    private var good: Deadline?

    /// - Parameters:
    ///   - service: its name.
    ///   - patience: how long it may not answer, as while it restarts.
    ///   - answers: whether it answers now.
    init(
      _ service: String,
      patience: Duration = .seconds(5),
      answers: @escaping @LoopActor () async -> Bool
    ) {
      self.service = service
      self.patience = patience
      self.answers = answers
    }

    var isSilent: Bool { good?.hasPassed != false }
    fileprivate var isNew: Bool { good == nil }

    fileprivate func ask() async {
      if await answers() { good = Deadline(after: patience) }
    }
  }

  /// The shortest time between two questions to a needed service that has answered.
  private static let pace = Duration.milliseconds(500)

  /// Why the service cannot do its work; nil when it can.
  var obstacle: String? {
    switch state {
    case .starting: return "starting"
    case .draining: return "draining"
    case .serving: break
    }
    let missing = replicas.filter { !$0.isComplete }.map(\.source.feed)
    if !missing.isEmpty { return "replicas incomplete: \(missing.joined(separator: ", "))" }
    let silent = needs.filter { $0.isSilent }.map { $0.service }
    if !silent.isEmpty { return "no answer from \(silent.joined(separator: ", "))" }
    return store?.failure.map { "store: \($0)" }
  }

  /// Serves from now on, as soon as the replicas are complete.
  func serve(
    _ store: Store?,
    _ replicas: [any Replicated],
    needs: [Need] = [],
    _ health: HealthRegistry
  ) {
    self.store = store
    self.replicas = replicas
    self.needs = needs
    self.health = health
    state = .serving
  }

  func drain() { state = .draining }

  /// Informs the health service when something may have changed.
  func tell() {
    let obstacle = obstacle
    health?.setAll(obstacle == nil ? .serving : .notServing, remark: obstacle ?? warning ?? "")
  }

  /// What is wrong although the service does its work.
  private var warning: String? { store?.warning.map { "store: \($0)" } }

  /// Checks whether a store that was full has room again, and whether the needed services answer.
  func recover() async {
    if state == .serving, let store, store.failure != nil { await store.probe() }
    await askNeeds()
    tell()
  }

  private func askNeeds() async {
    let isDue = lastAsked?.advanced(by: Self.pace).hasPassed != false
    guard state == .serving, isDue || needs.contains(where: { $0.isNew }) else { return }
    lastAsked = .now
    for need in needs { await need.ask() }
  }

  /// Informs the health service when the replicas are complete and whenever the store fails or recovers, and
  /// the log when a service that was ready no longer is, until the task is cancelled.
  func watch(_ log: Log) async {
    var wait = Duration.milliseconds(5)
    var told = (obstacle: String?.none, warning: String?.none)
    var fault: StoreError?
    while !Task.isCancelled, state == .serving {
      await recover()
      let wasReady = wait == .seconds(1)
      if obstacle == nil { wait = .seconds(1) }
      if wasReady, obstacle != told.obstacle {
        if let obstacle {
          log.warning("not_ready", ["reason": .word(obstacle)])
        } else {
          log.info("ready")
        }
      }
      if let store, store.fault != fault {
        fault = store.fault
        if let fault { log.warning("database_unreachable", ["error": .cause(fault)]) }
      }
      if warning != nil, told.warning == nil {
        log.warning("store_warning", ["reason": .word(warning ?? "")])
      }
      told = (obstacle, warning)
      try? await sleep(for: wait)
    }
  }
}

extension ServiceRuntime {
  /// Whether another service answers, by its health service; not whether it can do all of its own work.
  @LoopActor
  func need(_ service: String) -> Readiness.Need {
    let channel = channel(to: service)
    return Readiness.Need(service) {
      let answer = try? await channel.call(
        Health.check,
        Health.CheckRequest(),
        CallOptions(timeout: .seconds(1))
      )
      return answer != nil
    }
  }
}
