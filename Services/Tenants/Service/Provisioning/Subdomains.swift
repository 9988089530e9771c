import MeshCore
import MeshStore

/// SQL of the subdomains that tenants have or are about to get.
extension SystemReadTransaction {
  /// The creation of the tenant that is about to get a subdomain; nil when it is free, or already a tenant's.
  func creation(of subdomain: String) throws -> StoredCommand? {
    let owner: TenantID? = try value("SELECT owner FROM subdomains WHERE name = \(subdomain)")
    guard let owner else { return nil }
    return try command(TenantCreation.name, about: subdomain, of: owner)
  }
}

extension SystemWriteTransaction {
  /// Reserves a subdomain for a tenant.
  ///
  /// - Throws: ALREADY_EXISTS when another tenant has it; UNAVAILABLE while one is being created.
  func hold(_ subdomain: String, for tenant: TenantID) throws {
    let held = try execute(
      """
      INSERT INTO subdomains (name, owner) VALUES (\(subdomain), \(tenant))
      ON CONFLICT (name) DO NOTHING
      """
    )
    guard held == 1 else {
      throw try creation(of: subdomain) == nil ? TenantFault.subdomainTaken : .beingCreated
    }
  }

  /// Releases a subdomain that was reserved for a tenant.
  func free(_ subdomain: String, of tenant: TenantID) throws {
    try execute("DELETE FROM subdomains WHERE name = \(subdomain) AND owner = \(tenant)")
  }
}
