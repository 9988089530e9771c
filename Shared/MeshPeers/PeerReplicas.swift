package import AccessAPI
package import MeshAccess
package import MeshCore
package import MeshRecords
package import MeshService
package import TenantsAPI

/// What a service knows about tenants and their members, as replicas of the records of Tenants and Access.
package struct PeerReplicas<Settings: Sendable, Member: Sendable>: Sendable {
  /// Knows the tenants' teams, and what roles may do.
  package let access: AccessGate
  /// Keyed by the tenant's own id.
  package let tenants: Replica<Settings>
  /// The active members of each tenant.
  package let members: Replica<Member>

  /// - Parameters:
  ///   - access: of the service.
  ///   - settings: what the service needs of a tenant.
  ///   - member: what it needs of a member; nil for one without access.
  package init(
    access: AccessGate,
    settings: @escaping @Sendable (TenantsAPI.Tenant) -> Settings,
    member: @escaping @Sendable (AccessAPI.Member) -> Member?
  ) {
    self.access = access
    tenants = Replica(of: TenantsAPI.Tenant.self, in: "tenants", settings)
    members = Replica(of: AccessAPI.Member.self, in: "access") { $0.active ? member($0) : nil }
  }

  /// Both, as a service lists them.
  package var replicas: [any Replicated] { [tenants, members] }

  /// - Throws: UNAVAILABLE in the moments before a new tenant has arrived in the replica.
  package func settings(of tenant: TenantID) throws(MeshError) -> Settings {
    guard let settings = tenants[tenant, tenant] else { throw .tenantIsNew }
    return settings
  }

  /// The active members of a tenant.
  ///
  /// - Throws: UNAVAILABLE until all members have been read.
  package func members(of tenant: TenantID) throws(MeshError) -> [IDWords: Member] {
    guard members.isComplete else { throw .tenantIsNew }
    return members.values(of: tenant)
  }
}

extension MeshError {
  package static var tenantIsNew: MeshError {
    .unavailable("the tenant is being set up; try again in a moment")
  }

  /// INVALID_ARGUMENT: what the id in `field` names does not exist.
  ///
  /// Without an id a tenant's default is meant, which is made within moments: then UNAVAILABLE.
  package static func missing<Kind: IDKind>(_ field: String, _ id: ID<Kind>?) -> MeshError {
    id == nil ? .tenantIsNew : .invalid(field, "does not exist")
  }
}

extension FieldCheck {
  /// Says that what the id in `field` names does not exist.
  ///
  /// - Throws: UNAVAILABLE without an id: see `MeshError.missing`.
  package mutating func refuse<Kind: IDKind>(
    _ field: String,
    missing id: ID<Kind>?
  ) throws(MeshError) {
    if id == nil { throw .tenantIsNew }
    refuse(field, "does not exist")
  }
}
