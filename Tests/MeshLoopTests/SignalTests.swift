import Glibc
import MeshLoop
import Testing

@Suite struct `Signals` {
  @Test @LoopActor func `reach the loop instead of ending the process`() async {
    let seen = await withCheckedContinuation { done in
      Loop.shared.watchSignals([SIGUSR2]) { done.resume(returning: $0) }
      kill(getpid(), SIGUSR2)
    }
    #expect(seen == SIGUSR2)
  }
}
