import DealsAPI
import LeadsAPI
import MeshImport
package import MeshLoop
import MeshPeers
package import MeshProto
package import MeshRPC
package import MeshRecords
package import MeshService

/// Leads: import, duplicates, assignment, scoring, qualification and conversion.
package struct LeadsService: Service {
  package static let name = "leads"
  package static let summary =
    "leads, their import, duplicates, scores, assignment, qualification and conversion"
  package static let grants = LeadsObjects.grants
  package static let schemas = LeadsObjects.schemas

  private let peers: LeadPeers
  private let handlers: LeadsRPC

  @LoopActor
  package init(settings: NoSettings, runtime: ServiceRuntime) {
    peers = LeadPeers(access: runtime.access)
    handlers = LeadsRPC(
      store: runtime.store,
      replicas: peers,
      deals: DealsPeer(ConversionsServiceClient(runtime.channel(to: "deals"))),
      log: runtime.log
    )
  }

  @LoopActor
  package func register(in router: inout RPCRouter) {
    (handlers as any LeadsServiceHandlers).register(in: &router)
    (handlers as any LeadSettingsServiceHandlers).register(in: &router)
    (handlers as any LeadQualificationServiceHandlers).register(in: &router)
    (handlers as any LeadConversionServiceHandlers).register(in: &router)
    (handlers as any DisqualificationReasonsServiceHandlers).register(in: &router)
    (handlers as any ImportsServiceHandlers).register(in: &router)
  }

  package var records: [any RecordCollection] {
    [
      handlers.leads, handlers.leadStatuses, handlers.leadSources,
      handlers.disqualificationReasons, handlers.scoringRules,
    ]
  }

  package var commands: [any CommandDriver] { [handlers.conversions, handlers.unconversions] }
  package var reactions: [Reaction] { [LeadsReactions.tenants, LeadsReactions.activities] }
  package var replicas: [any Replicated] { peers.replicas }

  package var work: [BackgroundWork] {
    [
      { await handlers.imports.run() }, { await handlers.rescorings.run() },
      { await handlers.readyLeads.run() },
    ]
  }
}
