import MeshLoop
import MeshRPC
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func getOwnTenant(
    _ request: GetOwnTenantRequest,
    _ call: Call
  ) async throws -> TenantsAPI.Tenant {
    let tenant = try await store.read(call.tenant) { try $0.ownTenant(of: call) }
    return ownView(tenant, call)
  }
}
