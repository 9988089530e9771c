import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

/// What the handlers of leads, of what a tenant configures about them, and of imports work with.
///
/// Each handler decodes, asks what the caller may, applies the rules and stores, in that order.
struct LeadsRPC: Sendable {
  let store: Store
  let access: AccessGate
  let rulesCache: RulesCache
  let imports: ImportRunner
  let rescorings: RescoringRunner
  let scoringRules: Records<ScoringRule>

  @LoopActor
  init(store: Store, access: AccessGate, log: Log) {
    self.store = store
    self.access = access
    rulesCache = RulesCache()
    imports = ImportRunner(store: store, rulesCache: rulesCache, log: log)
    let rescorings = RescoringRunner(store: store, rulesCache: rulesCache, log: log)
    self.rescorings = rescorings
    scoringRules = Records(
      store,
      access,
      pageSize: 1_000,
      committed: { tenant in Loop.shared.enqueue { rescorings.take(tenant) } },
      rules: { ScoringRuleRules(transaction: $0) }
    )
  }

  /// Records that a caller may do something with, as a condition on the table of leads.
  func scope(_ call: Call, _ action: RecordAction) -> SQL {
    access.records(call, "lead", action).predicate(owner: "owner_id")
  }

  /// The lead as the caller may see it.
  func view(_ lead: Lead, _ call: Call) -> LeadsAPI.Lead {
    LeadsAPI.Lead(lead).showing(access.fields(call, "lead").visible)
  }
}

extension LeadsRPC: LeadsServiceHandlers {}
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
  guard let id = ID<Kind>(text) else { throw .notFound(object, text) }
  return id
}

/// Runs rules of leads; what they refuse becomes the client's error.
func faults<Value>(_ body: () throws(LeadFault) -> Value) throws(MeshError) -> Value {
  do throws(LeadFault) {
    return try body()
  } catch {
    throw error.meshError
  }
}
