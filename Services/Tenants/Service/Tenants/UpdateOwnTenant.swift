import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func updateOwnTenant(_ request: UpdateOwnTenantRequest, _ call: Call) async throws -> Tenant {
    var draft = request.tenant
    draft?.id = call.tenant
    return try await tenants.update(
      draft,
      named: "tenant",
      mask: request.updateMask?.paths ?? [],
      request,
      key: request.requestId,
      call
    )
  }
}
