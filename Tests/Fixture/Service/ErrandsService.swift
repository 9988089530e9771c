import ErrandsAPI
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService

/// Rounds.
package struct ErrandsService: Service {
  package static let name = "errands"
  package static let summary = "rounds"
  package static let grants = ErrandsObjects.grants
  package static let schemas = ErrandsObjects.schemas

  private let handlers: RoundsRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    handlers = RoundsRPC(rounds: Records(runtime.store, runtime.access))
  }

  package var records: [any RecordCollection] { [handlers.rounds] }

  @LoopActor
  package func register(in router: inout RPCRouter) { handlers.register(in: &router) }
}

/// The methods that every record has.
struct RoundsRPC: RoundsServiceHandlers, RoundMethods {
  let rounds: Records<Round>
}
