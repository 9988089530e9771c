import MeshCore
import MeshStore

/// SQL of one tenant about itself.
extension ReadTransaction {
  /// The transaction's tenant; nil when there is none of that id.
  func ownTenant() throws -> Tenant? {
    try first("SELECT \(TenantRow.columns) FROM tenants") { row in try TenantRow.tenant(&row) }
  }
}

extension WriteTransaction {
  /// Writes every value of the transaction's tenant that a change can touch.
  func update(_ tenant: Tenant) throws {
    let settings = tenant.profile.settings
    try execute(
      """
      UPDATE tenants SET
        version = \(tenant.version), display_name = \(tenant.profile.displayName),
        state = \(tenant.state.rawValue), default_region = \(settings.defaultRegion),
        time_zone = \(settings.timeZone), currency = \(settings.currency.text),
        update_time = \(tenant.updateTime)
      WHERE TRUE
      """
    )
  }
}

/// SQL about tenants that is in nobody's name: for the operator, and for whoever has only a host.
extension SystemReadTransaction {
  func tenant(_ id: TenantID) throws -> Tenant? {
    try first("SELECT \(TenantRow.columns) FROM tenants WHERE tenant_id = \(id)") { row in
      try TenantRow.tenant(&row)
    }
  }

  func tenant(subdomain: String) throws -> Tenant? {
    try first(
      """
      SELECT \(TenantRow.columns) FROM tenants
      WHERE tenant_id = (SELECT owner FROM subdomains WHERE name = \(subdomain))
      """
    ) { row in try TenantRow.tenant(&row) }
  }

  /// One page of all tenants, by subdomain.
  func tenants(_ page: PageRequest) throws -> Page<Tenant> {
    try self.page(
      TenantRow.columns,
      from: "subdomains CROSS JOIN tenants",
      where: "tenant_id = owner",
      by: Keyset([], unique: "name"),
      page,
      bound: ["tenants"]
    ) { row in try TenantRow.tenant(&row) }
  }

  func pendingTenant(_ id: TenantID) throws -> PendingTenant? {
    try first("SELECT \(PendingRow.columns) FROM pending_tenants WHERE id = \(id)") { row in
      try PendingRow.pending(&row)
    }
  }

  func pendingTenant(subdomain: Subdomain) throws -> PendingTenant? {
    try first(
      """
      SELECT \(PendingRow.columns) FROM pending_tenants
      WHERE id = (SELECT owner FROM subdomains WHERE name = \(subdomain.description))
      """
    ) { row in try PendingRow.pending(&row) }
  }

  /// Creations whose attempt is over at `now`.
  func abandonedTenants(at now: Timestamp) throws -> [PendingTenant] {
    try rows(
      "SELECT \(PendingRow.columns) FROM pending_tenants WHERE lease_end <= \(now) ORDER BY id"
    ) { row in try PendingRow.pending(&row) }
  }
}

extension SystemWriteTransaction {
  /// Holds a name for a tenant.
  ///
  /// - Returns: false when it is another's.
  func hold(_ subdomain: Subdomain, for tenant: TenantID) throws -> Bool {
    try execute(
      """
      INSERT INTO subdomains (name, owner) VALUES (\(subdomain.description), \(tenant))
      ON CONFLICT (name) DO NOTHING
      """
    ) == 1
  }

  /// Gives back the name of a tenant that has not come into being.
  func release(_ subdomain: Subdomain, of tenant: TenantID) throws {
    try execute(
      "DELETE FROM subdomains WHERE name = \(subdomain.description) AND owner = \(tenant)"
    )
  }

  func insert(_ pending: PendingTenant) throws {
    let settings = pending.profile.settings
    try execute(
      """
      INSERT INTO pending_tenants (
        id, subdomain, display_name, default_region, time_zone, currency, lease_end
      ) VALUES (
        \(pending.id), \(pending.profile.subdomain.description), \(pending.profile.displayName),
        \(settings.defaultRegion), \(settings.timeZone), \(settings.currency.text),
        \(pending.leaseEnd)
      )
      """
    )
  }

  /// Forgets one attempt.
  ///
  /// - Returns: false when it is gone already, or another attempt has followed it.
  func delete(_ pending: PendingTenant) throws -> Bool {
    try execute(
      "DELETE FROM pending_tenants WHERE id = \(pending.id) AND lease_end = \(pending.leaseEnd)"
    ) == 1
  }

  func insert(_ tenant: Tenant) throws {
    let settings = tenant.profile.settings
    try execute(
      """
      INSERT INTO tenants (
        tenant_id, version, subdomain, display_name, state, default_region, time_zone, currency,
        create_time, update_time
      ) VALUES (
        \(tenant.id), \(tenant.version), \(tenant.profile.subdomain.description),
        \(tenant.profile.displayName), \(tenant.state.rawValue), \(settings.defaultRegion),
        \(settings.timeZone), \(settings.currency.text), \(tenant.createTime),
        \(tenant.updateTime)
      )
      """
    )
  }
}

/// The columns of a tenant, in the order they are read.
private enum TenantRow {
  static let columns: SQL = """
    tenant_id, version, subdomain, display_name, default_region, time_zone, currency, state,
    create_time, update_time
    """

  static func tenant(_ row: inout Row) throws -> Tenant {
    let id: TenantID = try row.next()
    let version: Int64 = try row.next()
    let profile = try ProfileColumns.profile(&row)
    guard let state = TenantState(rawValue: try row.next()) else {
      throw StoreError.decoding(column: 7, expected: "a tenant's state")
    }
    return Tenant(
      id: id,
      version: version,
      profile: profile,
      state: state,
      createTime: try row.next(),
      updateTime: try row.next()
    )
  }
}

/// The columns of a creation under way, in the order they are read.
private enum PendingRow {
  static let columns: SQL = """
    id, subdomain, display_name, default_region, time_zone, currency, lease_end
    """

  static func pending(_ row: inout Row) throws -> PendingTenant {
    PendingTenant(
      id: try row.next(),
      profile: try ProfileColumns.profile(&row),
      leaseEnd: try row.next()
    )
  }
}

/// Subdomain, name and settings, which both kinds of rows have in this order.
private enum ProfileColumns {
  static func profile(_ row: inout Row) throws -> TenantProfile {
    guard let subdomain = Subdomain(try row.next()) else {
      throw StoreError.decoding(column: 2, expected: "a subdomain")
    }
    let displayName: String = try row.next()
    let region: String = try row.next()
    let zone: String = try row.next()
    guard let currency = CurrencyCode(try row.next()) else {
      throw StoreError.decoding(column: 6, expected: "a currency")
    }
    return TenantProfile(
      subdomain: subdomain,
      displayName: displayName,
      settings: TenantSettings(defaultRegion: region, timeZone: zone, currency: currency)
    )
  }
}
