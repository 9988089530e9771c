import ErrandsService
import MeshLoop
import MeshRPC
import MeshService
import MeshStore

/// A service of nothing but reminders in a process of its own, for journeys that kill it.
struct ErrandReminders: Service {
  static let name = "errands"
  static let summary = "reminders, for tests"
  static var migrations: [Migration] { ErrandsService.migrations }

  @LoopActor
  init(settings: NoSettings, runtime: ServiceRuntime) {}

  @LoopActor
  func register(in router: inout RPCRouter) {}

  /// Each is noted in the change log, by its key.
  var timers: [TimerKind] {
    [
      TimerKind("errand.remind") { timer, transaction in
        let action = timer.isLate ? "remind_late" : "remind"
        try transaction.record(Change(action: action, object: "errand", id: timer.key))
      }
    ]
  }
}
