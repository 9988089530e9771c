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
  }

  private let entries = Mutex<[TenantID: Entry]>([:])

  func rules(of tenant: TenantID, version: Int64) -> IntakeRules? {
    entries.withLock { entries in
      guard let entry = entries[tenant], entry.version == version else { return nil }
      return entry.rules
    }
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
    // A transaction that has itself changed the rules may still be rolled back.
    if !(self is WriteTransaction) { cache.keep(rules, of: tenant, version: version) }
    return rules
  }
}
