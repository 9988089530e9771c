import DealsAPI
import MeshImport
package import MeshLoop
import MeshPeers
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService

/// Deals: accounts, contacts, pipelines and deals.
package struct DealsService: Service {
  package static let name = "deals"
  package static let summary = "accounts, contacts, pipelines and deals"
  package static let grants = DealsObjects.grants
  package static let schemas = DealsObjects.schemas

  private let peers: Peers
  private let handlers: DealsRPC
  private let snapshotKeeper: SnapshotKeeper<Deal>
  private let rescorings: RescoringRunner<Account>

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    peers = Peers(access: runtime.access)
    handlers = DealsRPC(runtime.store, peers, runtime.log)
    snapshotKeeper = SnapshotKeeper(Deal.forecast.snapshots, runtime, peers.today)
    rescorings = RescoringRunner(handlers.rescorer, runtime.log, today: peers.today)
  }

  @LoopActor
  package func register(in router: inout RPCRouter) {
    (handlers as any AccountsServiceHandlers).register(in: &router)
    (handlers as any ContactsServiceHandlers).register(in: &router)
    (handlers as any PipelinesServiceHandlers).register(in: &router)
    (handlers as any DealsServiceHandlers).register(in: &router)
    (handlers as any ConversionsServiceHandlers).register(in: &router)
    (handlers as any RecordImportsServiceHandlers).register(in: &router)
    (handlers as any CloseReasonsServiceHandlers).register(in: &router)
  }

  package var records: [any RecordCollection] {
    [
      handlers.accounts, handlers.contacts, handlers.pipelines, handlers.deals,
      handlers.winReasons, handlers.lossReasons, handlers.healthRules,
    ]
  }

  package var reactions: [Reaction] {
    [DealsReactions.tenants, DealsReactions.activities, DealsReactions.tasks]
  }
  package var replicas: [any Replicated] { peers.replicas }
  package var work: [BackgroundWork] {
    handlers.recordImports.work + [{ await snapshotKeeper.run() }, { await rescorings.run() }]
  }
}
