import DealsAPI
import MeshAccess
import MeshImport
import MeshLoop
import MeshPeers
import MeshRecords
import MeshService
import MeshStore

/// The handlers of accounts, contacts, pipelines, deals, win and loss reasons, conversions of leads and
/// imports.
struct DealsRPC: Sendable {
  /// The lock of all writes of a tenant: a record that is written while the account, contact, pipeline or reason that
  /// it refers to changes could keep a reference to what no longer exists; two moves could take the same rank, and two
  /// changes could close a cycle.
  static let lock = "deals"

  let store: Store
  let gate: AccessGate
  let peers: Peers
  let accounts: Records<Account>
  let healthRules: Records<HealthRule>
  let rescorer: Rescorer<Account>
  let contacts: Records<Contact>
  let pipelines: Records<Pipeline>
  let deals: Records<Deal>
  let winReasons: Records<WinReason>
  let lossReasons: Records<LossReason>
  let recordImports: RecordImportEngines

  @LoopActor
  init(_ store: Store, _ peers: Peers, _ log: Log) {
    (self.store, gate, self.peers) = (store, peers.access, peers)
    let records = LockedRecords(store, peers.access, lock: Self.lock)
    accounts = records { AccountRules(transaction: $0, peers: peers) }
    healthRules = records(pageSize: 1_000) { PointRuleRules<HealthRule>($0) }
    rescorer = Rescorer(store, peers.health(by: store.clock))
    contacts = records { ContactRules(transaction: $0, peers: peers) }
    deals = records(foresight: peers.foresight(in: store)) {
      DealRules(transaction: $0, peers: peers)
    }
    pipelines = records(pageSize: 1_000, followers: deals.operations) { PipelineRules($0) }
    winReasons = records(pageSize: 1_000) {
      PicklistRules($0, usedBy: Deal.schema, "win_reason", isNeeded: true)
    }
    lossReasons = records(pageSize: 1_000) {
      PicklistRules($0, usedBy: Deal.schema, "loss_reason", isNeeded: true)
    }
    let around = peers.importSurroundings(lock: Self.lock)
    var imports = RecordImportEngines(around, service: "deals", failed: log.importFailed)
    imports.add(accounts, contacts, deals)
    recordImports = imports
  }
}

extension DealsRPC: AccountsServiceHandlers, AccountMethods, HealthRuleMethods {}
extension DealsRPC: ContactsServiceHandlers, ContactMethods {}
extension DealsRPC: PipelinesServiceHandlers, PipelineMethods {}
extension DealsRPC: DealsServiceHandlers, DealMethods {}
extension DealsRPC: ConversionsServiceHandlers {}
extension DealsRPC: RecordImportsServiceHandlers, RecordImportMethods {}
extension DealsRPC: CloseReasonsServiceHandlers, WinReasonMethods, LossReasonMethods {}
