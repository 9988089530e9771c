import MeshCore
import MeshLoop
import MeshRPC
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func createTenant(_ request: CreateTenantRequest, _ call: Call) async throws -> Tenant {
    guard let draft = request.tenant else { throw MeshError.invalid("tenant", "must be given") }
    guard var owner = request.owner else { throw MeshError.invalid("owner", "must be given") }
    if owner.displayName.isEmpty { owner.displayName = String(owner.email.prefix { $0 != "@" }) }
    var key = request
    key.owner?.password = ""
    let tenant = try await provisioning.create(Tenant(checking: draft), owner: owner, key, call)
    return view(tenant, call)
  }
}
