import MeshCore
import MeshLoop
import MeshProto
import MeshService
import MeshStore
import TenantsAPI

extension SystemWriteTransaction {
  /// Takes over unfinished creations of a release before durable commands, which had a table of their own.
  func adoptPendingTenants() throws {
    let pending = try rows(
      """
      SELECT
        id, subdomain, display_name, default_region, time_zone, currency, session_idle_minutes,
        lease_end
      FROM pending_tenants ORDER BY id
      """
    ) { row in
      let id: TenantID = try row.next()
      let tenant = Tenant(
        subdomain: try row.next(),
        displayName: try row.next(),
        settings: TenantSettings(
          defaultRegion: try row.next(),
          timeZone: try row.next(),
          currency: try row.next(),
          sessionIdleMinutes: try row.next()
        )
      )
      return (id, tenant, leaseEnd: try row.next(Timestamp.self))
    }
    for (id, tenant, leaseEnd) in pending {
      let command = StoredCommand(
        StoredCommand.Name(tenant: id, id: id.words),
        kind: TenantCreation.name,
        subject: tenant.subdomain,
        author: Author(actor: "system:operator"),
        step: "owner",
        state: tenant.wireBytes(),
        createTime: leaseEnd - StoredCommand.lease,
        isHeld: false
      )
      _ = try add(command)
      try execute("DELETE FROM pending_tenants WHERE id = \(id)")
    }
  }
}
