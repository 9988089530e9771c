import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func suspendTenant(_ request: SuspendTenantRequest, _ call: Call) async throws -> Tenant {
    guard let id = TenantID(request.id) else { throw MeshError.notFound("tenant", request.id) }
    return try await tenants.change(
      request.id,
      action: "suspend",
      request,
      call.acting(in: id)
    ) { tenant in tenant.with(.suspended) }
  }
}
