import Synchronization

/// How far a backup or a restore is, and whether it is to end: for whoever watches it from another thread.
package final class BackupProgress: Sendable {
  package struct State: Sendable, Equatable {
    /// What is being done, as in `reading leads`.
    package var stage = ""
    package var rows = 0
    /// Bytes of the file that were written or read.
    package var bytes = 0
    var stopped: String?
  }

  private let state = Mutex(State())

  package init() {}

  package var current: State { state.withLock { $0 } }

  /// Ends the work within moments; nothing of it remains.
  ///
  /// - Parameter reason: shown to the operator.
  package func stop(because reason: String) {
    state.withLock { state in
      if state.stopped == nil { state.stopped = reason }
    }
  }

  func begin(_ stage: String) { state.withLock { $0.stage = stage } }

  /// Begins to count anew.
  func restart(_ stage: String) {
    state.withLock { state in
      state = State(stage: stage, stopped: state.stopped)
    }
  }

  func addRow() { state.withLock { $0.rows += 1 } }

  /// Takes note of bytes of the file.
  ///
  /// - Throws: `.stopped` when the work is to end.
  func add(bytes: Int) throws(BackupError) {
    let reason: String? = state.withLock { state in
      state.bytes += bytes
      return state.stopped
    }
    if let reason { throw .stopped(reason) }
  }
}
