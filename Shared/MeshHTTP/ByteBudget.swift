package import MeshLoop

/// Memory that the connections of a process share, such as for the bodies that are being received.
///
/// Who takes bytes keeps the count of them, and gives them back on every way out.
@LoopActor
package final class ByteBudget {
  package let limit: Int
  package private(set) var used = 0

  package nonisolated init(limit: Int) { self.limit = limit }

  /// Changes what one holder has from `held` to `count` bytes; less is always given back.
  ///
  /// - Returns: false, and nothing changed, when there is not enough left.
  package func change(_ held: inout Int, to count: Int) -> Bool {
    guard count <= held || count - held <= limit - used else { return false }
    used += count - held
    held = count
    return true
  }
}
