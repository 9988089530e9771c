import MeshAccess
import MeshCore
import MeshPeers
import MeshRecords
import MeshStore
import Synchronization

/// The replicas and the tenants' rules in memory, so that conditions are compiled once, not for
/// each lead.
///
/// Every transaction compares the cached version with the store's: the cache is never trusted
/// without a version check.
final class RulesCache: Sendable {
  private static let capacity = 1_000

  private struct Entry: Sendable {
    let version: RulesVersion
    let rules: IntakeRules
    /// Whether a transaction has found a newer version.
    var isStale = false
  }

  let replicas: LeadPeers
  private let entries = Mutex<[TenantID: Entry]>([:])

  init(_ replicas: LeadPeers) { self.replicas = replicas }

  func rules(of tenant: TenantID, version: RulesVersion) -> IntakeRules? {
    entries.withLock { entries in
      guard let entry = entries[tenant], entry.version == version else {
        entries[tenant]?.isStale = true
        return nil
      }
      return entry.rules
    }
  }

  /// A tenant's rules as they were when they were last read; nil before.
  func latest(of tenant: TenantID) -> IntakeRules? { entries.withLock { $0[tenant]?.rules } }

  /// Reloads a tenant's rules off the writer thread if missing or stale.
  func refresh(_ tenant: TenantID, from store: Store) async throws {
    let isFresh = entries.withLock { $0[tenant].map { !$0.isStale } ?? false }
    if isFresh { return }
    _ = try await store.read(tenant) { try $0.intakeRules(self) }
  }

  func keep(_ rules: IntakeRules, of tenant: TenantID, version: RulesVersion) {
    entries.withLock { entries in
      if entries.count >= Self.capacity { entries.removeAll() }
      entries[tenant] = Entry(version: version, rules: rules)
    }
  }
}

extension ReadTransaction {
  /// Everything that creating a lead depends on, as of this transaction.
  ///
  /// - Throws: UNAVAILABLE until a new tenant has arrived in the replica.
  func intakeRules(_ cache: RulesCache) throws -> IntakeRules {
    let version = try rulesVersion()
    let settings = try cache.replicas.settings(of: tenant)
    let members = try cache.replicas.members(of: tenant)
    let rotation = try rotation(of: members)
    if var rules = cache.rules(of: tenant, version: version) {
      rules.settings = settings
      rules.members = members
      rules.rotation = rotation
      return rules
    }
    let isWriting = self is WriteTransaction
    let (gate, own) = (cache.replicas.access, tenant)
    let rules = IntakeRules(
      settings: settings,
      isActive: { gate.isActive($0, in: own) },
      members: members,
      statuses: try picklist(),
      sources: try picklist(),
      disqualificationReasons: try picklist(),
      // Conditions are not even compiled in a transaction that others wait for.
      scoring: isWriting ? nil : Scoring(version.scoring, Scorer(try pointRules())),
      rotation: rotation
    )
    // A transaction that writes may itself have changed the rules, and may still be rolled back.
    if !isWriting { cache.keep(rules, of: tenant, version: version) }
    return rules
  }
}
