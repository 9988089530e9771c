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
    rpc = TenantsRPC(
      store: runtime.store,
      access: runtime.access,
      provisioning: Provisioning(
        store: runtime.store,
        owners: OwnerAccounts(AccessServiceClient(runtime.channel(to: "access"))),
        clock: runtime.clock,
        log: runtime.log
      )
    )
  }

  package var records: [any RecordCollection] { [rpc.tenants] }

  /// What every service knows of tenants.
  package var snapshots: [any SnapshotSource] {
    [
      StandingSource.tenants("tenant_id, tenant_id, state", from: "tenants") { row in
        try TenantState(rawValue: row.next(Int32.self)) == .active
      }
    ]
  }

  @LoopActor
  package func register(in router: inout RPCRouter) { rpc.register(in: &router) }

  /// Settles abandoned creations.
  @LoopActor
  package func work() async { await rpc.provisioning.run() }
}
