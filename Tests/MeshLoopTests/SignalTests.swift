import Glibc
import MeshLoop
import Testing

@Suite struct `Signals` {
  @Test @LoopActor func `reach the loop instead of ending the process`() async {
    // Blocked on the loop's thread already; sent to that thread, it waits for the signalfd.
    let seen = await withCheckedContinuation { done in
      Loop.shared.watchSignals([SIGUSR2]) { done.resume(returning: $0) }
      pthread_kill(pthread_self(), SIGUSR2)
    }
    #expect(seen == SIGUSR2)
  }
}
