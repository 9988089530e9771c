import ErrandsAPI
import MeshAccess
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService
package import MeshStore

/// The smallest service of the mesh: the template for a new one.
package struct ErrandsService: Service {
  package static let name = "errands"
  package static let summary = "errands and rounds"
  package static let migrations = [
    Migration("m0001_create_errands", PackageResources.m0001_create_errands_sql),
    Migration("m0002_create_imports", PackageResources.m0002_create_imports_sql),
  ]
  package static let grants = ErrandsObjects.grants
  package static let schemas = ErrandsObjects.schemas

  private let handlers: ErrandsRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    handlers = ErrandsRPC(runtime.store, runtime.access)
  }

  package var records: [any RecordCollection] { [handlers.errands, handlers.rounds] }

  @LoopActor
  package func register(in router: inout RPCRouter) { handlers.register(in: &router) }
}

/// The methods of records, all of which are generic.
struct ErrandsRPC: ErrandsServiceHandlers, ErrandMethods, RoundMethods {
  let errands: Records<Errand>
  let rounds: Records<Round>

  init(_ store: Store, _ access: AccessGate, custom: [RecordField] = []) {
    errands = Records(
      store,
      access,
      schema: { _ in Errand.schema.adding(custom) },
      rules: { _ in ErrandRules() }
    )
    rounds = Records(store, access)
  }
}
