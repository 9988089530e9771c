import MeshCore
import MeshLoop
import MeshService
import MeshStore

/// Rescores leads after rule changes in the background, round-robin over tenants, one batch each.
@LoopActor
final class RescoringRunner {
  /// Leads in one transaction.
  nonisolated static let batchLeads = 200

  private let store: Store
  private let rulesCache: RulesCache
  private let log: Log
  private let queue = WorkQueue<TenantID>()

  init(store: Store, rulesCache: RulesCache, log: Log) {
    self.store = store
    self.rulesCache = rulesCache
    self.log = log
  }

  /// Queues a tenant whose rules changed.
  func take(_ tenant: TenantID) { queue.add(tenant) }

  /// Runs until cancelled; resumes rescorings that were running when the process ended.
  func run() async {
    await queue.run(
      first: { try await self.store.systemRead { try $0.rescoringTenants() } },
      step: { try await self.step($0) },
      failed: { tenant, error in
        self.log.warning(
          "rescoring_step_failed",
          ["tenant": .id("\(tenant)"), "error": .cause(error)]
        )
      }
    )
  }

  private func step(_ tenant: TenantID) async throws -> Bool {
    let cache = rulesCache
    try await cache.refresh(tenant, from: store)
    return try await store.write(tenant, as: Author(actor: "system:leads")) { transaction in
      try transaction.rescoreNext(Self.batchLeads, cache)
    }
  }
}
