import LeadsAPI
import MeshAccess
import MeshImport
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

/// The handlers of leads, their settings and imports.
struct LeadsRPC: Sendable {
  let store: Store
  let gate: AccessGate
  let rulesCache: RulesCache
  let imports: ImportEngine<LeadImports>
  let rescorings: RescoringRunner<Lead>
  let rescorer: Rescorer<Lead>
  let deals: DealsPeer
  let foresight: LeadForesight
  let conversions: Commands<LeadConversionCommand>
  let unconversions: Commands<LeadUnconversionCommand>
  let readyLeads: ReadyLeadRunner
  let previews = ScoringPreviews()
  let leads: Records<Lead>
  let leadStatuses: Records<LeadStatus>
  let leadSources: Records<LeadSource>
  let disqualificationReasons: Records<DisqualificationReason>
  let scoringRules: Records<ScoringRule>

  @LoopActor
  init(
    store: Store,
    replicas: LeadPeers,
    deals: DealsPeer,
    log: Log
  ) {
    self.store = store
    let gate = replicas.access
    self.gate = gate
    let cache = RulesCache(replicas)
    rulesCache = cache
    rescorer = Rescorer(store, cache.scoring)
    rescorings = RescoringRunner(rescorer, log)
    let foresight = LeadForesight(cache: cache, store: store)
    self.deals = deals
    self.foresight = foresight
    conversions = Commands(
      LeadConversionCommand(store: store, deals: deals, foresight: foresight),
      store,
      log
    )
    unconversions = Commands(
      LeadUnconversionCommand(deals: deals, foresight: foresight),
      store,
      log
    )
    readyLeads = ReadyLeadRunner(store, deals, foresight, conversions, log)
    imports = ImportEngine(
      LeadImports(foresight),
      store,
      gate,
      service: "leads",
      failed: log.importFailed
    )
    leads = Records(
      store,
      gate,
      prepare: { try await cache.refresh($0, from: store) },
      lock: LeadRules.lock,
      foresight: Foresight(concerns: foresight.concerns, rules: foresight.rules),
      rules: foresight.rules()
    )
    let records = LockedRecords(store, gate, lock: LeadRules.lock)
    leadStatuses = records(pageSize: 1_000, followers: leads.operations) { LeadStatusRules($0) }
    leadSources = records(pageSize: 1_000) { PicklistRules<LeadSource>($0) }
    disqualificationReasons = records(pageSize: 1_000) { PicklistRules<DisqualificationReason>($0) }
    scoringRules = records(pageSize: 1_000) { PointRuleRules<ScoringRule>($0) }
  }
}

extension LeadsRPC: LeadsServiceHandlers, LeadMethods {}
extension LeadsRPC: LeadSettingsServiceHandlers, ScoringRuleMethods {}
extension LeadsRPC: LeadStatusMethods, LeadSourceMethods {}
extension LeadsRPC: LeadQualificationServiceHandlers {}
extension LeadsRPC: LeadConversionServiceHandlers {}
extension LeadsRPC: DisqualificationReasonsServiceHandlers, DisqualificationReasonMethods {}
