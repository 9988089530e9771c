package import MeshStore
import Synchronization

/// The plans of the queries that a store runs.
package final class PlanLog: Sendable {
  private let noted = Mutex<[StatementPlan]>([])

  package init() {}

  func note(_ plan: StatementPlan) { noted.withLock { $0.append(plan) } }

  /// The plans since this was asked last.
  package func take() -> [StatementPlan] {
    noted.withLock { noted in
      defer { noted = [] }
      return noted
    }
  }
}
