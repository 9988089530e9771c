import CLinux
import Glibc
import Synchronization

/// Work for the loop from other threads: a locked list and one wake-up however much is added.
final class LoopInbox: Sendable {
  enum Entry {
    case body(@Sendable @LoopActor () -> Void)
    case job(UnownedJob)
  }

  private struct State {
    var entries: [Entry] = []
    var isWoken = false
  }

  /// Becomes readable, edge-triggered, when the list stops being empty; never read.
  let wakeDescriptor: Int32
  private let state = Mutex(State())

  init() {
    wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
    precondition(wakeDescriptor >= 0, "no eventfd: out of descriptors at start")
  }

  func add(_ entry: Entry) {
    let wakes = state.withLock { state in
      state.entries.append(entry)
      defer { state.isWoken = true }
      return !state.isWoken
    }
    if wakes { eventfd_write(wakeDescriptor, 1) }
  }

  /// Takes everything that was added, in order.
  @LoopActor
  func drain(_ handle: @LoopActor (Entry) -> Void) {
    let entries = state.withLock { state in
      state.isWoken = false
      let entries = state.entries
      state.entries = []
      return entries
    }
    for entry in entries { handle(entry) }
  }
}
