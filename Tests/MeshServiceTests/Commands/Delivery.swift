import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting

@testable import MeshService

/// A command that has other services do three things, each of which is noted here.
struct Delivery: CommandKind {
  static let name = "errand.deliver"

  let others: OtherServices

  var steps: [CommandStep<Errand>] {
    [
      CommandStep("fetch", call: fetch, write: note),
      CommandStep("bring", call: bring, write: note),
      CommandStep("bill", call: bill, write: note),
    ]
  }

  var afterRefusal: AfterRefusal<Errand> { .undo(takeBack) }

  @LoopActor
  func fetch(_ errand: Errand, _ work: CommandWork) async throws -> Errand {
    errand.with(try await others.make("fetch", work.options))
  }

  @LoopActor
  func bring(_ errand: Errand, _ work: CommandWork) async throws -> Errand {
    errand.with(try await others.make("bring", work.options))
  }

  @LoopActor
  func bill(_ errand: Errand, _ work: CommandWork) async throws -> Errand {
    errand.with(try await others.make("bill", work.options))
  }

  @LoopActor
  func takeBack(_ errand: Errand, _ work: CommandWork) async throws {
    _ = try await others.make("undo", work.options)
  }

  func note(_ errand: inout Errand, _ transaction: WriteTransaction) throws {
    try transaction.record(Change(action: "deliver", object: "errand", id: errand.notes))
  }
}

/// The same, which is left as it is when a step is refused.
struct LooseDelivery: CommandKind {
  static let name = "errand.deliver_loosely"

  let delivery: Delivery

  var steps: [CommandStep<Errand>] { delivery.steps }

  var afterRefusal: AfterRefusal<Errand> { .leave }
}

extension Errand {
  fileprivate func with(_ made: String) -> Errand {
    var errand = self
    errand.notes += errand.notes.isEmpty ? made : " \(made)"
    return errand
  }
}

/// Services that make a thing once for each request id, and can be down, refuse, or be waited for.
@LoopActor
final class OtherServices {
  /// A moment at which the process that calls has ended.
  struct Stop: Hashable, CustomStringConvertible {
    let step: String
    /// Whether the other service has done its part by then.
    let isMade: Bool

    var description: String { "\(isMade ? "after" : "before") \(step)" }

    /// Calls that were made until then.
    var calls: Int { 1 + (Self.steps.firstIndex(of: step) ?? 0) }

    private static let steps = ["fetch", "bring", "bill"]
    static let all = steps.flatMap { step in
      [Stop(step: step, isMade: false), Stop(step: step, isMade: true)]
    }
  }

  /// What a call for a thing is answered with instead.
  var faults: [String: MeshError] = [:]
  /// Where the next call goes no further until it is let.
  var stop: Stop?
  private(set) var calls: [CallOptions] = []
  /// Things by request id.
  private var made: [String: String] = [:]
  private var gate: CheckedContinuation<Void, Never>?
  private var watcher: CheckedContinuation<Void, Never>?

  nonisolated init() {}

  /// What was made, in the order of names.
  var things: [String] { made.values.sorted() }

  func make(_ thing: String, _ options: CallOptions) async throws(MeshError) -> String {
    calls.append(options)
    await halt(Stop(step: thing, isMade: false))
    if let fault = faults[thing] { throw fault }
    let key = options.idempotencyKey ?? ""
    made[key] = thing
    await halt(Stop(step: thing, isMade: true))
    return thing
  }

  private func halt(_ place: Stop) async {
    guard stop == place else { return }
    stop = nil
    await withCheckedContinuation { continuation in
      gate = continuation
      watcher?.resume()
      watcher = nil
    }
  }

  /// Suspends until a call has stopped.
  func stopped() async {
    if gate != nil { return }
    await withCheckedContinuation { watcher = $0 }
  }

  /// Lets the call go on that has stopped.
  func go() {
    gate?.resume()
    gate = nil
  }
}

/// A service's store, and the processes that share it.
@LoopActor
struct DeliveryBench {
  let clock = TestClock()
  let others = OtherServices()
  let store: Store
  let acme: TenantID = IDGenerator.system.next()
  let globex: TenantID = IDGenerator.system.next()
  let member: MemberID = IDGenerator.system.next()
  private let opened: TestStore

  init() throws {
    opened = try TestStore("test", [], clock: clock.clock)
    store = opened.store
  }

  /// As another process of the service opens it.
  func anotherStore() throws -> Store {
    try Store(configuration: opened.configuration, migrations: [], clock: clock.clock)
  }

  /// What one process of the service has of it.
  @LoopActor
  struct Process {
    let deliveries: Commands<Delivery>
    let loose: Commands<LooseDelivery>
    let runner: CommandRunner
    let list: CommandList

    /// Carries on, as in the background, what is due.
    func resume() async throws {
      for task in try await runner.resumeDue() { await task.value }
    }
  }

  func process(_ store: Store? = nil) -> Process {
    let store = store ?? self.store
    let log = Log(service: "test", level: .error)
    let delivery = Delivery(others: others)
    let deliveries = Commands(delivery, store, log)
    let loose = Commands(LooseDelivery(delivery: delivery), store, log)
    return Process(
      deliveries: deliveries,
      loose: loose,
      runner: CommandRunner([deliveries, loose], store, log),
      list: CommandList(store: store, drivers: [deliveries, loose], log: log)
    )
  }

  /// A member's request to deliver something.
  func deliver<Kind: CommandKind>(
    _ title: String,
    key: String = "",
    about subject: String = "",
    in tenant: TenantID? = nil,
    by commands: Commands<Kind>
  ) async throws -> Errand where Kind.State == Errand {
    let call = TestCaller.member(member, "rep", in: tenant ?? acme)
    let errand = Errand(title: title)
    let mark = RequestMark(errand, key: key, call)
    let beginning = try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.begin(commands, once: mark) {
        NewCommand(in: call.tenant, about: subject, errand)
      }
    }
    return try await commands.finish(beginning)
  }

  /// Begins something that its process does not carry on.
  func leave(in tenant: TenantID? = nil, by process: Process) async throws {
    let call = TestCaller.member(member, "rep", in: tenant ?? acme)
    _ = try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.begin(process.deliveries, once: RequestMark(Errand(), key: "", call)) {
        NewCommand(in: call.tenant, Errand(title: "left"))
      }
    }
  }

  /// The commands that are listed.
  func listed() async throws -> [StoredCommand] { try await store.commands(after: 0, limit: 1000) }

  /// What was noted, and by whom: the actor, on whose behalf, and what was made until then.
  func notes() async throws -> [String] {
    try await opened.changes().map { "\($0.actor) \($0.onBehalfOf ?? "-") \($0.id)" }
  }
}

/// The error that `body` ends with; nil when it ends well.
@LoopActor
func failure(_ body: @LoopActor () async throws -> Void) async -> MeshError? {
  do {
    try await body()
    return nil
  } catch {
    return MeshError.clientError(for: error)
  }
}
