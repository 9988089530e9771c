import CLinux
import Glibc

/// Keeps `signals` from ending the process, so that `watchSignals` can read them.
///
/// Called first thing in main: threads started before would still take them. A child inherits the
/// block unless it is spawned with an empty signal mask.
package func blockSignals(_ signals: [Int32]) {
  var set = signalSet(signals)
  pthread_sigmask(SIG_BLOCK, &set, nil)
}

extension Loop {
  /// Calls `handler` on the loop with each of `signals` that reaches the process.
  ///
  /// The signals must be blocked (`blockSignals`). The watch lasts as long as the process.
  @LoopActor
  package func watchSignals(_ signals: [Int32], handler: @escaping @LoopActor (Int32) -> Void) {
    var set = signalSet(signals)
    let descriptor = signalfd(-1, &set, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
    precondition(descriptor >= 0, "no signalfd: out of descriptors at start")
    _ = watch(descriptor, .readable) { _ in
      var signal = signalfd_siginfo()
      while read(descriptor, &signal, MemoryLayout<signalfd_siginfo>.size) > 0 {
        handler(Int32(signal.ssi_signo))
      }
    }
  }
}

private func signalSet(_ signals: [Int32]) -> sigset_t {
  var set = sigset_t()
  sigemptyset(&set)
  for signal in signals { sigaddset(&set, signal) }
  return set
}
