import MeshCore
import MeshLoop
import MeshRPC
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func getTenant(_ request: GetTenantRequest, _ call: Call) async throws -> Tenant {
    guard request.id.isEmpty != request.subdomain.isEmpty else {
      let rule = "give either id or subdomain"
      throw MeshError(
        code: .invalidArgument,
        reason: .invalidField,
        message: rule,
        violations: [FieldViolation(field: "id", description: rule)]
      )
    }
    let tenant = try await store.systemRead { transaction in
      request.id.isEmpty
        ? try transaction.tenant(subdomain: request.subdomain)
        : try TenantID(request.id).flatMap { try transaction.tenant($0) }
    }
    guard let tenant else { throw MeshError.notFound("tenant", request.id + request.subdomain) }
    return view(tenant, call)
  }
}
