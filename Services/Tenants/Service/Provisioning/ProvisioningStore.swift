import MeshCore
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

/// SQL of names and pending tenants.
extension SystemReadTransaction {
  func pendingTenant(_ id: TenantID) throws -> PendingTenant? {
    try pendingTenants("id = \(id)").first
  }

  func pendingTenant(subdomain: String) throws -> PendingTenant? {
    try pendingTenants("id = (SELECT owner FROM subdomains WHERE name = \(subdomain))").first
  }

  /// Pending tenants whose lease has expired at `now`.
  func abandonedTenants(at now: Timestamp) throws -> [PendingTenant] {
    try pendingTenants("lease_end <= \(now)")
  }

  private func pendingTenants(_ condition: SQL) throws -> [PendingTenant] {
    try rows(
      """
      SELECT
        id, subdomain, display_name, default_region, time_zone, currency, session_idle_minutes,
        lease_end
      FROM pending_tenants WHERE \(condition) ORDER BY id
      """
    ) { row in
      let id: TenantID = try row.next()
      let draft = Tenant(
        subdomain: try row.next(),
        displayName: try row.next(),
        state: .active,
        settings: TenantSettings(
          defaultRegion: try row.next(),
          timeZone: try row.next(),
          currency: try row.next(),
          sessionIdleMinutes: try row.next()
        )
      )
      return PendingTenant(id: id, draft: draft, leaseEnd: try row.next())
    }
  }
}

extension SystemWriteTransaction {
  /// Reserves a name for a tenant.
  ///
  /// - Returns: false when another tenant has it.
  func hold(_ subdomain: String, for tenant: TenantID) throws -> Bool {
    try execute(
      """
      INSERT INTO subdomains (name, owner) VALUES (\(subdomain), \(tenant))
      ON CONFLICT (name) DO NOTHING
      """
    ) == 1
  }

  func insert(_ pending: PendingTenant) throws {
    let settings = pending.draft.settingsParts
    try execute(
      """
      INSERT INTO pending_tenants (
        id, subdomain, display_name, default_region, time_zone, currency, session_idle_minutes,
        lease_end
      ) VALUES (
        \(pending.id), \(pending.draft.subdomain), \(pending.draft.displayName),
        \(settings.defaultRegion), \(settings.timeZone), \(settings.currency),
        \(settings.sessionIdleMinutes), \(pending.leaseEnd)
      )
      """
    )
  }

  /// Turns a pending tenant whose owner exists into a tenant, or returns it if that was done
  /// already.
  ///
  /// - Throws: `.givenUp` when the pending tenant was withdrawn.
  func activate(_ pending: PendingTenant) throws -> Tenant {
    if let tenant = try tenant(pending.id) { return tenant }
    guard try delete(pending) else { throw TenantFault.givenUp }
    try record(.standing(of: pending.id, isOpen: true), of: pending.id)
    return try create(pending.draft, pending.id.words, in: pending.id)
  }

  /// Deletes a pending tenant that has no owner, and frees its name.
  func withdraw(_ pending: PendingTenant) throws {
    guard try delete(pending) else { return }
    try execute(
      "DELETE FROM subdomains WHERE name = \(pending.draft.subdomain) AND owner = \(pending.id)"
    )
  }

  /// Deletes one attempt.
  ///
  /// - Returns: false when it was deleted already or replaced by another attempt.
  private func delete(_ pending: PendingTenant) throws -> Bool {
    try execute(
      "DELETE FROM pending_tenants WHERE id = \(pending.id) AND lease_end = \(pending.leaseEnd)"
    ) == 1
  }
}
