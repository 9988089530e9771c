package import MeshCore
import MeshLoop

/// What a server tells of its calls: for metrics and the log.
package struct RPCObserver: Sendable {
  /// Each call that ended: its path, its status and how long it took, from its first byte.
  ///
  /// Paths that no method has are told as "".
  package var completed: (@Sendable @LoopActor (String, StatusCode, Duration) -> Void)?
  /// A call whose handler failed with INTERNAL, and the error behind it.
  package var failed: (@Sendable @LoopActor (Call, any Error) -> Void)?

  package init(
    completed: (@Sendable @LoopActor (String, StatusCode, Duration) -> Void)? = nil,
    failed: (@Sendable @LoopActor (Call, any Error) -> Void)? = nil
  ) {
    self.completed = completed
    self.failed = failed
  }
}
