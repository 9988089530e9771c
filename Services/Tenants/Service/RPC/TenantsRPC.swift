import MeshAccess
import MeshCore
import MeshRPC
import MeshStore
import TenantsAPI

/// What the handlers of tenants work with.
///
/// Each handler decodes, asks what the caller may, applies the rules and stores, in that order.
struct TenantsRPC: Sendable {
  let store: Store
  let access: AccessGate
  let provisioning: Provisioning

  /// The tenant as the operator, or a service, may see it.
  func view(_ tenant: Tenant, _ call: Call) -> TenantsAPI.Tenant {
    TenantsAPI.Tenant(tenant).showing(access.fields(call, "tenant").visible)
  }

  /// The tenant as its own member may see it.
  func ownView(_ tenant: Tenant, _ call: Call) -> TenantsAPI.Tenant {
    TenantsAPI.Tenant(tenant).showing(access.fields(call, "own_tenant").visible)
  }
}

extension TenantsRPC: TenantsServiceHandlers {}

extension ReadTransaction {
  /// The caller's tenant.
  ///
  /// - Throws: NOT_FOUND when there is none of that id; PERMISSION_DENIED with reason
  ///   TENANT_SUSPENDED to members of one that is closed.
  func ownTenant(of call: Call) throws -> Tenant {
    guard let tenant = try ownTenant() else {
      throw MeshError.notFound("tenant", "\(call.tenant)")
    }
    guard tenant.state == .active || call.caller.member == nil else {
      throw MeshError(
        code: .permissionDenied,
        reason: .tenantSuspended,
        message: "the tenant is suspended"
      )
    }
    return tenant
  }
}

/// A tenant's id that a request names.
///
/// - Throws: NOT_FOUND when the text is no id of a tenant: nothing has it.
func requireTenantID(_ text: String) throws(MeshError) -> TenantID {
  guard let id = TenantID(text) else { throw .notFound("tenant", text) }
  return id
}
