import MeshAccess
import MeshCore
import Synchronization

/// The trees of tenants' teams, each made when it is first needed after a change.
final class TeamTrees: Sendable {
  private static let mostKept = 1_000

  private struct State {
    var trees: [TenantID: TeamTree] = [:]
    /// How often any team changed.
    var changes = 0
  }

  private let state = Mutex(State())

  /// A tenant's teams have changed.
  func forget(_ tenant: TenantID) {
    state.withLock { state in
      state.trees[tenant] = nil
      state.changes += 1
    }
  }

  /// The tree of the teams that `read` returns.
  func tree(of tenant: TenantID, _ read: () -> [IDWords: TeamPlace]) -> TeamTree {
    let (known, changes) = state.withLock { ($0.trees[tenant], $0.changes) }
    if let known { return known }
    let places = read().map { (TeamID(high: $0.key.high, low: $0.key.low), $0.value) }
    let tree = TeamTree(Dictionary(uniqueKeysWithValues: places))
    state.withLock { state in
      // What was read before a change may be older than the change.
      guard state.changes == changes else { return }
      if state.trees.count >= Self.mostKept { state.trees = [:] }
      state.trees[tenant] = tree
    }
    return tree
  }
}
