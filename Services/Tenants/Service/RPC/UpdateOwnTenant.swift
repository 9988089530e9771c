import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func updateOwnTenant(
    _ request: UpdateOwnTenantRequest,
    _ call: Call
  ) async throws -> TenantsAPI.Tenant {
    guard let message = request.tenant else { throw MeshError.invalid("tenant", "is missing") }
    let edit = try faults { () throws(TenantFault) in
      try TenantEdit(
        mask: request.updateMask?.paths ?? [],
        draft: message.draft,
        etag: message.etag
      )
    }
    try access.fields(call, "own_tenant").checkEditable(edit.fields.map(\.rawValue).sorted())
    return try await store.write(call.tenant, as: Author(call)) { transaction in
      try transaction.once(request, key: request.requestId, call) {
        let tenant = try transaction.ownTenant(of: call)
        let edited = try faults { () throws(TenantFault) in try tenant.applying(edit) }
        return ownView(try transaction.updateTenant(tenant, to: edited.profile), call)
      }
    }
  }
}
