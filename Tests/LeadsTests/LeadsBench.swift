import AccessAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import TenantsAPI
import Testing

@testable import LeadsService
@testable import MeshService

/// The service's handlers on a real store, with a tenant and members as Tenants and Access would
/// tell of them.
@LoopActor
struct LeadsBench {
  let tenant: TenantID
  let admin = MemberID(high: 1, low: 1)
  let reps = [MemberID(high: 1, low: 2), MemberID(high: 1, low: 3)]
  let handlers: LeadsRPC
  let replicas: LeadPeers
  let teams = BenchTeams()
  let deals = DealsDouble()
  let access: AccessGate
  private let standings = BenchStandings()
  private let opened: TestStore
  let clock: TestClock

  /// - Parameters:
  ///   - tenant: whose leads there are.
  ///   - grants: what roles may do, in place of what the protos say.
  /// - Throws: what the store throws.
  init(
    tenant: TenantID = IDGenerator.system.next(),
    grants: [RoleGrant] = LeadsObjects.grants
  ) async throws {
    let clock = TestClock()
    let store = try TestStore("leads", LeadsService.migrations, clock: clock.clock)
    self.init(tenant, store, clock, grants: grants)
    try await begin(tenant)
  }

  /// On a store that may have been filled; what other services have is not known.
  init(
    _ tenant: TenantID,
    _ opened: TestStore,
    _ clock: TestClock,
    grants: [RoleGrant] = LeadsObjects.grants
  ) {
    self.tenant = tenant
    self.opened = opened
    self.clock = clock
    access = TestCaller.gate(grants, teams: teams, standings: standings)
    replicas = LeadPeers(access: access)
    handlers = LeadsRPC(
      store: opened.store,
      replicas: replicas,
      deals: deals.peer,
      log: Log(service: "leads", level: .error)
    )
  }

  /// Lets a tenant in, with an admin and two reps who take leads.
  func begin(_ tenant: TenantID, region: String = "US") async throws {
    let settings = TenantsAPI.TenantSettings(
      defaultRegion: region,
      timeZone: "UTC",
      currency: "USD"
    )
    let record = TenantsAPI.Tenant(id: tenant, settings: settings)
    replicas.tenants.take(record, of: tenant)
    try await react(to: record, of: tenant)
    for (member, role) in [(admin, "admin"), (reps[0], "rep"), (reps[1], "rep")] {
      follow(member, role, takesLeads: role == "rep", of: tenant)
    }
    replicas.members.markComplete()
  }

  func follow(
    _ id: MemberID,
    _ role: String,
    takesLeads: Bool,
    dailyCap: Int32? = nil,
    isActive: Bool = true,
    of tenant: TenantID? = nil
  ) {
    var member = AccessAPI.Member()
    member.id = id
    member.role = role
    member.takesLeads = takesLeads
    member.dailyLeadCap = dailyCap
    member.active = isActive
    replicas.members.take(member, of: tenant ?? self.tenant)
    standings.set(isActive ? [role] : [], of: id)
  }

  /// Reacts to a change of a tenant's record.
  func react(to record: TenantsAPI.Tenant, of tenant: TenantID) async throws {
    let reaction = LeadsReactions.tenants
    let entry = ChangeEntry(
      hearing: Change(action: "create", object: "tenant", id: "x", after: record.wireBytes()),
      of: tenant,
      at: clock.clock.now
    )
    try await handlers.store.write(tenant, as: Author(actor: "system:leads")) { transaction in
      try reaction.apply(entry, transaction)
    }
  }

  func asAdmin(key: String? = nil) -> Call {
    TestCaller.member(admin, "admin", in: tenant, key: key)
  }

  func asRep(_ index: Int = 0) -> Call { TestCaller.member(reps[index], "rep", in: tenant) }

  /// Carries on, as in the background, the conversions that are due.
  func resume() async throws {
    let runner = CommandRunner(
      [handlers.conversions, handlers.unconversions],
      handlers.store,
      Log(service: "leads", level: .error)
    )
    for task in try await runner.resumeDue() { await task.value }
  }

  /// Creates a lead as the admin.
  func create(
    _ last: String,
    email: String = "",
    _ change: (inout LeadsAPI.Lead) -> Void = { _ in }
  ) async throws -> LeadsAPI.Lead {
    var lead = LeadsAPI.Lead()
    lead.lastName = last
    lead.email = email.isEmpty ? "\(last.lowercased())@example.com" : email
    change(&lead)
    return try await handlers.createLead(CreateLeadRequest(lead: lead), asAdmin())
  }

  /// The changes of leads so far, oldest first.
  func changes() async throws -> [ChangeEntry] {
    try await handlers.store.settle()
    return try await handlers.store.changes(after: 0, max: 1_000, objects: ["lead"], wait: .zero)
      .entries
  }
}

extension LeadsAPI.Lead {
  /// All fields of a lead as filters name them.
  static let conditions = RecordConditions(LeadsAPI.Lead.schema)
}
