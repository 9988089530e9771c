import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func suspendTenant(
    _ request: SuspendTenantRequest,
    _ call: Call
  ) async throws -> TenantsAPI.Tenant {
    let id = try requireTenantID(request.id)
    let tenant = try await store.write(id, as: Author(call)) { transaction in
      guard let tenant = try transaction.ownTenant() else {
        throw MeshError.notFound("tenant", request.id)
      }
      return try transaction.suspendTenant(tenant)
    }
    return view(tenant, call)
  }
}
