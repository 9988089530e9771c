import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TenantsAPI

/// Creates a tenant: a row here and an owner in Access, both or neither.
///
/// It begins by reserving the subdomain for the new tenant, which is not listed and whose host is unknown until
/// it has an owner. If Access refuses the owner, or has none when no call can be creating one any more, the
/// subdomain is free again.
///
/// The password is passed on and never stored, so an interrupted creation is not repeated: it
/// continues if Access has the owner.
struct TenantCreation: CommandKind {
  static let name = "tenant.create"

  let store: Store
  let owners: OwnerAccounts
  /// The owner with the password, while the request that began the creation is answered.
  var owner: TenantOwner?

  var steps: [CommandStep<Tenant>] {
    [CommandStep("owner", call: createOwner, write: openTenant)]
  }

  var afterRefusal: AfterRefusal<Tenant> { .undo(freeName) }

  @LoopActor
  private func createOwner(_ tenant: Tenant, _ work: CommandWork) async throws -> Tenant {
    if let owner {
      try await owners.create(owner, work.options)
      return tenant
    }
    // The call with the password may still be under way.
    guard work.age >= StoredCommand.lease else { throw TenantFault.beingCreated }
    guard try await owners.exist(work.options) else { throw TenantFault.interrupted }
    return tenant
  }

  private func openTenant(_ tenant: inout Tenant, _ transaction: WriteTransaction) throws {
    tenant = try transaction.create(
      tenant,
      id: transaction.tenant.words,
      by: TenantRules(transaction: transaction)
    )
  }

  @LoopActor
  private func freeName(_ tenant: Tenant, _ work: CommandWork) async throws {
    try await store.systemWrite(as: work.author) { transaction in
      try transaction.free(tenant.subdomain, of: work.tenant)
    }
  }
}
