import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func resumeTenant(_ request: ResumeTenantRequest, _ call: Call) async throws -> Tenant {
    guard let id = TenantID(request.id) else { throw MeshError.notFound("tenant", request.id) }
    return try await tenants.change(
      request.id,
      action: "resume",
      request,
      call.acting(in: id)
    ) { tenant in tenant.with(.active) }
  }
}
