import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func getOwnTenant(_ request: GetOwnTenantRequest, _ call: Call) async throws -> Tenant {
    let tenant = try await tenants.get(call.tenant.description, call)
    try tenant.requireOpen(call)
    return tenant
  }
}
