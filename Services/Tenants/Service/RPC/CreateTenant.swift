import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func createTenant(
    _ request: CreateTenantRequest,
    _ call: Call
  ) async throws -> TenantsAPI.Tenant {
    guard let message = request.tenant else { throw MeshError.invalid("tenant", "is missing") }
    guard let owner = request.owner else { throw MeshError.invalid("owner", "is missing") }
    try access.fields(call, "tenant").checkEditable(["subdomain", "display_name", "settings"])
    let profile = try faults { () throws(TenantFault) in try TenantProfile(message.draft) }
    var key = request
    key.owner?.password = ""
    let tenant = try await provisioning.create(profile, owner: NewOwner(owner), key, call)
    return view(tenant, call)
  }
}
