import AccessAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import TenantsAPI
import Testing

@testable import LeadsService

/// The service's handlers on a real store, with a tenant and members that came by the same changes
/// that Tenants and Access would send.
@LoopActor
struct LeadsBench {
  let tenant: TenantID
  let admin = MemberID(high: 1, low: 1)
  let reps = [MemberID(high: 1, low: 2), MemberID(high: 1, low: 3)]
  let handlers: LeadsRPC
  private let opened: TestStore
  let clock = TestClock()

  init(tenant: TenantID = IDGenerator.system.next()) async throws {
    opened = try TestStore("leads", LeadsService.migrations, clock: clock.clock)
    handlers = LeadsRPC(
      store: opened.store,
      access: TestCaller.gate(LeadsObjects.grants),
      log: Log(service: "leads", level: .error)
    )
    self.tenant = tenant
    try await begin(tenant)
  }

  /// Lets a tenant in, with an admin and two reps who take leads.
  func begin(_ tenant: TenantID, region: String = "US") async throws {
    let settings = TenantsAPI.TenantSettings(
      defaultRegion: region,
      timeZone: "UTC",
      currency: "USD"
    )
    var message = TenantsAPI.Tenant()
    message.settings = settings
    try await react(0, tenant, "tenant", message.wireBytes())
    for (member, role) in [(admin, "admin"), (reps[0], "rep"), (reps[1], "rep")] {
      try await follow(member, role, takesLeads: role == "rep", of: tenant)
    }
  }

  func follow(
    _ id: MemberID,
    _ role: String,
    takesLeads: Bool,
    isActive: Bool = true,
    of tenant: TenantID? = nil
  ) async throws {
    var member = AccessAPI.Member()
    member.id = id
    member.role = role
    member.takesLeads = takesLeads
    member.active = isActive
    try await react(1, tenant ?? self.tenant, "member", member.wireBytes())
  }

  private func react(
    _ index: Int,
    _ tenant: TenantID,
    _ object: String,
    _ after: [UInt8]
  ) async throws {
    let reaction = LeadsReactions.all[index]
    let entry = ChangeEntry(
      sequence: 1,
      tenant: tenant,
      actor: "system:test",
      onBehalfOf: nil,
      change: Change(action: "create", object: object, id: "x", after: after),
      requestID: "",
      address: "",
      agent: "",
      time: clock.clock.now
    )
    try await handlers.store.write(tenant, as: Author(actor: "system:leads")) { transaction in
      try reaction.apply(entry, transaction)
    }
  }

  func asAdmin(key: String? = nil) -> Call {
    TestCaller.member(admin, "admin", in: tenant, key: key)
  }

  func asRep(_ index: Int = 0) -> Call { TestCaller.member(reps[index], "rep", in: tenant) }

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
    try await handlers.store.changes(after: 0, max: 1_000, objects: ["lead"], wait: .zero).entries
  }

  /// The error that `body` throws.
  func refusal(_ body: @LoopActor () async throws -> Void) async -> MeshError? {
    do {
      try await body()
      return nil
    } catch {
      return error as? MeshError
    }
  }
}
