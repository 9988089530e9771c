import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func getTenant(_ request: GetTenantRequest, _ call: Call) async throws -> TenantsAPI.Tenant {
    guard request.id.isEmpty != request.subdomain.isEmpty else {
      throw MeshError.invalid("id", "or subdomain must be set, and not both")
    }
    let tenant: Tenant?
    if request.subdomain.isEmpty {
      let id = try requireTenantID(request.id)
      tenant = try await store.systemRead { try $0.tenant(id) }
    } else {
      tenant = try await store.systemRead { try $0.tenant(subdomain: request.subdomain) }
    }
    guard let tenant else { throw MeshError.notFound("tenant", request.id + request.subdomain) }
    return view(tenant, call)
  }
}
