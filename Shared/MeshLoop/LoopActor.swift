/// The isolation of everything that touches sockets, timers and calls: the process's one loop thread.
///
/// Its state is reached without locks. The loop starts on first use. What would block the thread
/// belongs in `BlockingPool`.
@globalActor
package actor LoopActor {
  package static let shared = LoopActor()

  private nonisolated let loop = Loop.shared

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    loop.asUnownedSerialExecutor()
  }

  /// Runs `body` as if isolated to the loop, in code that only the loop's thread reaches.
  ///
  /// A debug build ends the process when called on any other thread.
  @inlinable
  package nonisolated static func assumeIsolated<Success, Failure: Error>(
    _ body: @LoopActor () throws(Failure) -> Success
  ) throws(Failure) -> Success {
    assert(Loop.isCurrentThread, "not on the loop's thread")
    // The isolation of a closure is a matter of its type alone; the thread was just checked.
    return try withoutActuallyEscaping(body) { (escaping) throws(Failure) -> Success in
      try unsafeBitCast(escaping, to: (() throws(Failure) -> Success).self)()
    }
  }
}
