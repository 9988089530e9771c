import MeshCore
import MeshStore
import Synchronization

/// Tenants' rules as they were last read, so that conditions are compiled once and not once a lead.
///
/// Every transaction asks the store which version the rules have and compares: the cache is never
/// believed.
final class RulesCache: Sendable {
  private static let capacity = 1_000

  private struct Entry: Sendable {
    let version: Int64
    let rules: IntakeRules
    /// Whether a transaction has found the rules changed since.
    var isStale = false
  }

  private let entries = Mutex<[TenantID: Entry]>([:])

  func rules(of tenant: TenantID, version: Int64) -> IntakeRules? {
    entries.withLock { entries in
      guard let entry = entries[tenant], entry.version == version else {
        entries[tenant]?.isStale = true
        return nil
      }
      return entry.rules
    }
  }

  /// Reads a tenant's rules again where they are not here or no longer so, beside the writer's thread.
  func refresh(_ tenant: TenantID, from store: Store) async throws {
    let isFresh = entries.withLock { $0[tenant].map { !$0.isStale } ?? false }
    if isFresh { return }
    _ = try await store.read(tenant) { try $0.intakeRules(self) }
  }

  func keep(_ rules: IntakeRules, of tenant: TenantID, version: Int64) {
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries.removeAll() }
      entries[tenant] = Entry(version: version, rules: rules)
    }
  }
}

extension ReadTransaction {
  /// All that a new lead is made with, as of this transaction.
  ///
  /// - Throws: UNAVAILABLE while the service has not heard of the tenant, moments after its creation.
  func intakeRules(_ cache: RulesCache) throws -> IntakeRules {
    let version = try rulesVersion()
    if var rules = cache.rules(of: tenant, version: version) {
      rules.rotation = Rotation(try assignees())
      return rules
    }
    let rules = IntakeRules(
      settings: try tenantSettings(),
      statuses: KeyTable(try statuses()),
      sources: KeyTable(try sources()),
      scorer: Scorer(try scoringRules()),
      rotation: Rotation(try assignees())
    )
    // A transaction that writes may itself have changed the rules, and may still be rolled back.
    if !(self is WriteTransaction) { cache.keep(rules, of: tenant, version: version) }
    return rules
  }
}
