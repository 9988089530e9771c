import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func resumeTenant(_ request: ResumeTenantRequest, _ call: Call) async throws -> Tenant {
    try await tenants.change(
      request.id,
      action: "resume",
      request,
      call.acting(inTenant: request.id)
    ) { $0.with(.active) }
  }
}
