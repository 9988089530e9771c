import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

extension TenantsRPC {
  @LoopActor
  func createTenant(_ request: CreateTenantRequest, _ call: Call) async throws -> Tenant {
    guard let draft = request.tenant else { throw MeshError.invalid("tenant", "must be given") }
    guard var owner = request.owner else { throw MeshError.invalid("owner", "must be given") }
    if owner.displayName.isEmpty { owner.displayName = String(owner.email.prefix { $0 != "@" }) }
    let tenant = try Tenant(checking: draft)
    // Requests with one key are compared without the password, which is not stored.
    var marked = request
    marked.owner?.password = ""
    let mark = RequestMark(marked, key: request.requestId, call)
    try await settleCreation(of: tenant.subdomain)
    let creations = creations
    let beginning = try await store.systemWrite(as: Author(call)) { transaction in
      try transaction.begin(creations, once: mark) {
        let id: TenantID = transaction.ids.next()
        try transaction.hold(tenant.subdomain, for: id)
        return NewCommand(in: id, about: tenant.subdomain, tenant)
      }
    }
    var creation = creations.kind
    creation.owner = owner
    return view(try await creations.finish(beginning, as: creation), call)
  }

  /// Ends an interrupted creation of a tenant with that subdomain, which is then either taken or free.
  ///
  /// - Throws: UNAVAILABLE while it may still be under way.
  @LoopActor
  private func settleCreation(of subdomain: String) async throws {
    let found = try await store.systemRead { try $0.creation(of: subdomain) }
    guard let found else { return }
    do {
      _ = try await creations.finish(.found(found))
    } catch {
      guard error.isRefusal else { throw error }
    }
  }
}
