import MeshCore
import MeshRecords
import MeshStore
import TenantsAPI

/// SQL across tenants: for the operator, and for lookups by host name.
extension SystemReadTransaction {
  func tenant(_ id: TenantID) throws -> Tenant? {
    try first("SELECT \(Tenant.columns) FROM tenants WHERE tenant_id = \(id)") { row in
      Tenant(row: row, at: row.place)
    }
  }

  func tenant(subdomain: String) throws -> Tenant? {
    let owner: TenantID? = try value("SELECT owner FROM subdomains WHERE name = \(subdomain)")
    return try owner.flatMap { try tenant($0) }
  }

  /// One page of all tenants, by subdomain.
  func tenants(_ page: PageRequest) throws -> Page<Tenant> {
    try self.page(
      Tenant.columns,
      from: "subdomains CROSS JOIN tenants",
      where: "tenants.tenant_id = subdomains.owner",
      by: Keyset([], unique: "subdomains.name"),
      page,
      bound: ["tenants"]
    ) { row in Tenant(row: row, at: row.place) }
  }
}
