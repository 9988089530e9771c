import MeshAPI
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore

/// Shows this service's timers to the operator, who retries or discards dead ones.
struct TimerList: TimersHandlers {
  let store: Store

  @LoopActor
  func describeTimers(
    _ request: DescribeTimersRequest,
    _ call: Call
  ) async throws -> DescribeTimersResponse {
    DescribeTimersResponse(timers: try await store.timerCounts().map { TimerState($0) })
  }

  @LoopActor
  func retryTimers(
    _ request: RetryTimersRequest,
    _ call: Call
  ) async throws -> RetryTimersResponse {
    let count = try await store.retryDeadTimers(name(request.timer), as: author(call))
    return RetryTimersResponse(retried: Int32(clamping: count))
  }

  @LoopActor
  func dropTimers(_ request: DropTimersRequest, _ call: Call) async throws -> DropTimersResponse {
    guard let name = name(request.timer) else {
      throw MeshError.invalid("timer", "must name the timers to discard")
    }
    let count = try await store.discardDeadTimers(name, as: author(call))
    return DropTimersResponse(dropped: Int32(clamping: count))
  }

  private func name(_ text: String) -> String? { text.isEmpty ? nil : text }

  private func author(_ call: Call) -> Author {
    Author(actor: call.caller.actor, origin: call.origin)
  }
}

extension TimerState {
  fileprivate init(_ counts: TimerCounts) {
    self.init(
      timer: counts.name,
      due: Int64(counts.due),
      late: Int64(counts.late),
      dead: Int64(counts.dead),
      oldestTime: counts.oldest,
      error: counts.error
    )
  }
}
