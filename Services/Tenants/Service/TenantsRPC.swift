import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

/// The handlers of tenants.
///
/// A tenant is changed like any record, in its own transaction; the operator reads across tenants
/// in system transactions.
struct TenantsRPC: TenantsServiceHandlers, TenantMethods {
  let store: Store
  let gate: AccessGate
  let creations: Commands<TenantCreation>
  let tenants: Records<Tenant>

  init(store: Store, access gate: AccessGate, creations: Commands<TenantCreation>) {
    self.store = store
    self.gate = gate
    self.creations = creations
    tenants = Records(
      store,
      gate,
      admit: { call, transaction in try transaction.requireOpen(call) },
      rules: { TenantRules(transaction: $0) }
    )
  }

  /// The tenant with the fields that the operator or a service may see.
  func view(_ tenant: Tenant, _ call: Call) -> Tenant {
    tenant.showing(gate.fields(call, Tenant.schema).visible)
  }
}

extension Call {
  /// The operator's call in the tenant that it changes.
  ///
  /// - Throws: NOT_FOUND when `id` is no tenant's.
  func acting(inTenant id: String) throws(MeshError) -> Call {
    guard let tenant = TenantID(id) else { throw .notFound("tenant", id) }
    return acting(in: tenant)
  }
}

extension WriteTransaction {
  /// - Throws: PERMISSION_DENIED with reason TENANT_SUSPENDED to members of a suspended tenant.
  fileprivate func requireOpen(_ call: Call) throws {
    let tenant: Tenant? = try record(self.tenant.words, in: scope(forCalculation: "state"))
    try tenant?.requireOpen(call)
  }
}
