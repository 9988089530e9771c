import MeshCore
import MeshLoop
import MeshService
import MeshStore

/// Rescores leads after rule changes in the background, round-robin over tenants, one batch each.
@LoopActor
final class RescoringRunner {
  /// Leads in one transaction.
  nonisolated static let batchLeads = 200

  private let rescorer: Rescorer
  private let log: Log
  private let queue = WorkQueue<TenantID>()
  /// Tenants with leads to score whose transaction may not be committed yet.
  private var awaited: Set<TenantID> = []

  init(_ rescorer: Rescorer, log: Log) {
    self.rescorer = rescorer
    self.log = log
  }

  /// Queues a tenant whose rules changed, or that has leads to score.
  func take(_ tenant: TenantID) {
    awaited.insert(tenant)
    queue.add(tenant)
  }

  /// Runs until cancelled; resumes rescorings that were running when the process ended.
  func run() async {
    await queue.run(
      first: {
        try await self.rescorer.store.systemRead {
          try $0.rescoringTenants() + $0.tenantsWithLeadsToScore()
        }
      },
      again: rescorer.store.lookAgain,
      step: { try await self.step($0) },
      failed: { tenant, error in
        self.log.warning(
          "rescoring_step_failed",
          ["tenant": .id("\(tenant)"), "error": .cause(error)]
        )
      },
      notResumed: { self.log.warning("rescorings_not_resumed", ["error": .cause($0)]) }
    )
  }

  private func step(_ tenant: TenantID) async throws -> Bool {
    if awaited.remove(tenant) != nil {
      // Writes of leads are made one after the other: what asked for this is committed once this one is.
      let author = Author(actor: "system:leads")
      try await rescorer.store.write(tenant, as: author, lock: LeadRules.lock) { _ in }
    }
    return try await rescorer.advance(tenant, by: Self.batchLeads)
  }
}
