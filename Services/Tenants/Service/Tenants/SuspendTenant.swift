import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func suspendTenant(_ request: SuspendTenantRequest, _ call: Call) async throws -> Tenant {
    try await tenants.change(
      request.id,
      action: "suspend",
      request,
      call.acting(inTenant: request.id)
    ) { $0.with(.suspended) }
  }
}
