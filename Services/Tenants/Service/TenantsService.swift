import AccessAPI
import MeshAccess
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService
package import MeshStore
import TenantsAPI

/// Tenants, their host names and settings.
package struct TenantsService: Service {
  package static let name = "tenants"
  package static let summary = "tenants, their host names and settings"
  package static let grants = TenantsObjects.grants
  package static let schemas = TenantsObjects.schemas

  private let rpc: TenantsRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) async throws {
    let creation = TenantCreation(
      store: runtime.store,
      owners: OwnerAccounts(AccessServiceClient(runtime.channel(to: "access")))
    )
    rpc = TenantsRPC(
      store: runtime.store,
      access: runtime.access,
      creations: Commands(creation, runtime.store, runtime.log)
    )
    try await runtime.store.systemWrite(as: Author(actor: "system:tenants")) { transaction in
      try transaction.adoptPendingTenants()
    }
  }

  package var records: [any RecordCollection] { [rpc.tenants] }
  package var commands: [any CommandDriver] { [rpc.creations] }

  /// What every service knows about tenants.
  package var snapshots: [any SnapshotSource] {
    [
      StandingSource.tenants("tenant_id, tenant_id, state", from: "tenants") { row in
        try TenantState(rawValue: row.next(Int32.self)) == .active
      }
    ]
  }

  @LoopActor
  package func register(in router: inout RPCRouter) { rpc.register(in: &router) }
}
