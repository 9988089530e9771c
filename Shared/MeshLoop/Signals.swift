import CLinux
import Glibc

extension Loop {
  /// Calls `handler` on the loop with each of `signals` that reaches the process from now on.
  ///
  /// The watch lasts as long as the process; a later watch of a signal takes its place.
  ///
  /// A signal handler writes to a pipe that the loop reads. A signalfd would not do: it needs the
  /// signal blocked in every thread, and the concurrency runtime parks the main thread with none
  /// blocked.
  @LoopActor
  package func watchSignals(_ signals: [Int32], handler: @escaping @LoopActor (Int32) -> Void) {
    var ends: [Int32] = [-1, -1]
    precondition(clinux_signal_pipe(&ends) == 0, "no pipe: out of descriptors at start")
    let (reading, writing) = (ends[0], ends[1])
    _ = watch(reading, .readable) { _ in
      var number: UInt8 = 0
      while read(reading, &number, 1) == 1 { handler(Int32(number)) }
    }
    for signal in signals {
      precondition(clinux_catch_signal(signal, writing) == 0, "no signal can be caught")
    }
  }
}
