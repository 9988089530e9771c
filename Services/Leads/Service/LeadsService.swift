import LeadsAPI
import MeshImport
package import MeshLoop
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService

/// Leads: import, duplicates, assignment and scoring.
package struct LeadsService: Service {
  package static let name = "leads"
  package static let summary = "leads, their import, duplicates, scores and assignment"
  package static let grants = LeadsObjects.grants
  package static let schemas = LeadsObjects.schemas

  private let peerReplicas = PeerReplicas()
  private let handlers: LeadsRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    handlers = LeadsRPC(
      store: runtime.store,
      access: runtime.access,
      replicas: peerReplicas,
      log: runtime.log
    )
  }

  @LoopActor
  package func register(in router: inout RPCRouter) {
    (handlers as any LeadsServiceHandlers).register(in: &router)
    (handlers as any LeadSettingsServiceHandlers).register(in: &router)
    (handlers as any ImportsServiceHandlers).register(in: &router)
  }

  package var records: [any RecordCollection] {
    [handlers.leads, handlers.leadStatuses, handlers.leadSources, handlers.scoringRules]
  }

  package var reactions: [Reaction] { [LeadsReactions.tenants] }
  package var replicas: [any Replicated] { [peerReplicas.tenants, peerReplicas.members] }

  @LoopActor
  package func work() async {
    let handlers = handlers
    let rescoring = Task.immediate { @LoopActor in await handlers.rescorings.run() }
    await handlers.imports.run()
    // Both end when the work is cancelled.
    rescoring.cancel()
    await rescoring.value
  }
}
