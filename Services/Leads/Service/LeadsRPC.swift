import LeadsAPI
import MeshAccess
import MeshImport
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

/// The handlers of leads, their settings and imports.
struct LeadsRPC: Sendable {
  let store: Store
  let access: AccessGate
  let rulesCache: RulesCache
  let imports: ImportEngine<LeadImports>
  let rescorings: RescoringRunner
  let rescorer: Rescorer
  let previews = ScoringPreviews()
  let leads: Records<Lead>
  let leadStatuses: Records<LeadStatus>
  let leadSources: Records<LeadSource>
  let scoringRules: Records<ScoringRule>

  @LoopActor
  init(store: Store, access: AccessGate, replicas: PeerReplicas, log: Log) {
    self.store = store
    self.access = access
    let cache = RulesCache(replicas)
    rulesCache = cache
    let rescorer = Rescorer(store: store, cache: cache)
    let rescorings = RescoringRunner(rescorer, log: log)
    self.rescorer = rescorer
    self.rescorings = rescorings
    let foresight = LeadForesight(cache: cache, store: store) { tenant in
      Loop.shared.enqueue { rescorings.take(tenant) }
    }
    imports = ImportEngine(LeadImports(foresight), store, service: "leads") { job, error in
      guard let job else {
        return log.warning("imports_not_resumed", ["error": .cause(error)])
      }
      log.warning("import_step_failed", ["import": .id("\(job)"), "error": .cause(error)])
    }
    leads = Records(
      store,
      access,
      prepare: { try await cache.refresh($0, from: store) },
      lock: LeadRules.lock,
      foresight: Foresight(concerns: foresight.concerns, rules: foresight.rules),
      rules: foresight.rules()
    )
    func picklist<Entry: PicklistEntry>(
      _ rules: @escaping @Sendable (WriteTransaction) -> PicklistRules<Entry>
    ) -> Records<Entry> {
      Records(store, access, pageSize: 1_000, lock: LeadRules.lock, rules: rules)
    }
    leadStatuses = picklist { PicklistRules($0) }
    leadSources = picklist { PicklistRules($0) }
    scoringRules = Records(
      store,
      access,
      pageSize: 1_000,
      lock: LeadRules.lock,
      committed: { tenant in Loop.shared.enqueue { rescorings.take(tenant) } },
      rules: { ScoringRuleRules(transaction: $0) }
    )
  }
}

extension LeadsRPC: LeadsServiceHandlers, LeadMethods {}
extension LeadsRPC: LeadSettingsServiceHandlers, ScoringRuleMethods {}
extension LeadsRPC: LeadStatusMethods, LeadSourceMethods {}
