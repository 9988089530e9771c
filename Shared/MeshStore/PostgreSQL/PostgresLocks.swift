/// The advisory locks of a connection: those it holds, and those that its transaction has found it needs.
struct PostgresLocks {
  private var held: Set<Int64> = []
  private var wanted: Set<Int64> = []

  var isEmpty: Bool { held.isEmpty && wanted.isEmpty }

  func isHeld(_ key: Int64) -> Bool { held.contains(key) }

  mutating func want(_ key: Int64) { wanted.insert(key) }

  /// The next to take: the least, so that two transactions do not wait for one another.
  var next: Int64? { wanted.min() }

  mutating func take(_ key: Int64) {
    wanted.remove(key)
    held.insert(key)
  }

  /// Makes all that were held wanted again: the connection has lost them.
  mutating func lose() {
    wanted.formUnion(held)
    held = []
  }
}
