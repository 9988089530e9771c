import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

/// What the handlers of leads, of what a tenant configures about them, and of imports work with.
struct LeadsRPC: Sendable {
  let store: Store
  let access: AccessGate
  let rulesCache: RulesCache
  let imports: ImportRunner
  let rescorings: RescoringRunner
  let leads: Records<Lead>
  let scoringRules: Records<ScoringRule>

  @LoopActor
  init(store: Store, access: AccessGate, log: Log) {
    self.store = store
    self.access = access
    let cache = RulesCache()
    rulesCache = cache
    imports = ImportRunner(store: store, rulesCache: cache, log: log)
    let rescorings = RescoringRunner(store: store, rulesCache: cache, log: log)
    self.rescorings = rescorings
    leads = Records(
      store,
      access,
      prepare: { try await cache.refresh($0, from: store) },
      rules: { LeadRules($0, try $0.intakeRules(cache)) }
    )
    scoringRules = Records(
      store,
      access,
      pageSize: 1_000,
      committed: { tenant in Loop.shared.enqueue { rescorings.take(tenant) } },
      rules: { ScoringRuleRules(transaction: $0) }
    )
  }
}

extension LeadsRPC: LeadsServiceHandlers, LeadMethods {}
extension LeadsRPC: LeadSettingsServiceHandlers, ScoringRuleMethods {}
extension LeadsRPC: ImportsServiceHandlers {}

/// An id that a request names.
///
/// - Throws: NOT_FOUND when the text is no id of that kind: nothing has it.
func requireID<Kind: IDKind>(
  _ text: String,
  _ object: String,
  as _: ID<Kind>.Type = ID<Kind>.self
) throws(MeshError) -> ID<Kind> {
  guard let id = ID<Kind>(text) else { throw .notFound(object, text.quoted) }
  return id
}
