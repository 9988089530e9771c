import AccessAPI
import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import Synchronization
import TenantsAPI
import TypeAPI

@testable import DealsService
@testable import MeshService

/// The service's handlers on a real store, with a tenant and members as Tenants and Access would tell of
/// them.
@LoopActor
struct DealsBench {
  let tenant: TenantID
  let admin = MemberID(high: 1, low: 1)
  let manager = MemberID(high: 1, low: 2)
  let reps = [MemberID(high: 1, low: 3), MemberID(high: 1, low: 4)]
  let team = TeamID(high: 2, low: 1)
  let handlers: DealsRPC
  let opened: TestStore
  let clock: TestClock
  let teams = BenchTeams()
  private let standings = BenchStandings()
  private let replicas: Peers

  init(tenant: TenantID = IDGenerator.system.next(), plans: PlanLog? = nil) async throws {
    self.tenant = tenant
    clock = TestClock()
    opened = try TestStore("deals", DealsService.migrations, clock: clock.clock, plans: plans)
    replicas = Peers(
      access: TestCaller.gate(
        DealsObjects.grants,
        teams: teams,
        standings: standings,
        clock: clock.clock
      )
    )
    handlers = DealsRPC(opened.store, replicas, Log(service: "deals", level: .error))
    placeTeam()
    try await begin(tenant)
    replicas.members.markComplete()
  }

  /// Puts the manager's team where it stands, with the first rep in it.
  func placeTeam(isActive: Bool = true) {
    let place = TeamPlace(isActive: isActive, manager: manager, members: [reps[0]])
    teams.set([team: place], of: tenant)
  }

  /// Lets a tenant in, with an admin, a manager and two reps, and its defaults unless they are yet to come.
  func begin(_ tenant: TenantID, hasDefaults: Bool = true) async throws {
    let settings = TenantsAPI.TenantSettings(
      defaultRegion: "US",
      timeZone: "America/New_York",
      currency: "USD"
    )
    let record = TenantsAPI.Tenant(id: tenant, settings: settings)
    replicas.tenants.take(record, of: tenant)
    for (id, role) in [
      (admin, "admin"), (manager, "manager"), (reps[0], "rep"), (reps[1], "rep"),
    ] { follow(id, role, of: tenant) }
    if hasDefaults { try await react(to: record, of: tenant) }
  }

  /// Gives the tenant exchange rates, and the month with which its fiscal year begins.
  func convert(
    _ currency: String,
    at rate: String,
    _ other: String = "",
    at second: String = "",
    firstMonth: Int32 = 1
  ) {
    var settings = TenantsAPI.TenantSettings(
      defaultRegion: "US",
      timeZone: "America/New_York",
      currency: "USD"
    )
    settings.fiscalYearStartMonth = firstMonth
    settings.exchangeRates = [
      TenantsAPI.ExchangeRate(currency: currency, rate: rate),
      TenantsAPI.ExchangeRate(currency: other, rate: second),
    ]
    replicas.tenants.take(TenantsAPI.Tenant(id: tenant, settings: settings), of: tenant)
  }

  func follow(
    _ id: MemberID,
    _ role: String,
    _ name: String = "",
    isActive: Bool = true,
    of tenant: TenantID? = nil
  ) {
    var member = AccessAPI.Member()
    member.displayName = name
    (member.id, member.role, member.active) = (id, role, isActive)
    standings.set(isActive ? [role] : [], of: id)
    replicas.members.take(member, of: tenant ?? self.tenant)
  }

  /// Lets a member in of whom no more has arrived; their call.
  func admit(_ id: MemberID, _ role: String) -> Call {
    standings.set([role], of: id)
    return TestCaller.member(id, role, in: tenant)
  }

  func react(to record: TenantsAPI.Tenant, of tenant: TenantID) async throws {
    let entry = ChangeEntry(
      hearing: Change(action: "create", object: "tenant", id: "x", after: record.wireBytes()),
      of: tenant,
      at: clock.now
    )
    try await handlers.store.write(tenant, as: Author(actor: "system:deals")) { transaction in
      try DealsReactions.tenants.apply(entry, transaction)
    }
  }

  func asAdmin(of tenant: TenantID? = nil, key: String? = nil) -> Call {
    TestCaller.member(admin, "admin", in: tenant ?? self.tenant, key: key)
  }

  var asManager: Call { TestCaller.member(manager, "manager", in: tenant) }

  func asRep(_ index: Int = 0) -> Call { TestCaller.member(reps[index], "rep", in: tenant) }

  /// Works through what was started in the background.
  func finishOperations() async throws {
    let worker = OperationWorker(
      [handlers.deals, handlers.accounts, handlers.contacts],
      handlers.store
    )
    let open = try await handlers.store.systemRead { try $0.openOperations() }
    for (tenant, id) in open { while try await worker.step(id, of: tenant) {} }
  }
}

// What tests make, change and read as the admin, unless they say otherwise.
extension DealsBench {
  func account(
    _ name: String,
    _ call: Call? = nil,
    _ change: (inout Account) -> Void = { _ in }
  ) async throws -> Account {
    var account = Account(name: name)
    change(&account)
    return try await handlers.createAccount(
      CreateAccountRequest(account: account),
      call ?? asAdmin()
    )
  }

  func change(
    _ account: Account,
    _ mask: String,
    _ call: Call? = nil,
    _ change: (inout Account) -> Void
  ) async throws -> Account {
    var account = account
    change(&account)
    return try await handlers.updateAccount(
      UpdateAccountRequest(account: account, updateMask: .init(paths: [mask])),
      call ?? asAdmin()
    )
  }

  func contact(
    _ last: String,
    _ call: Call? = nil,
    _ change: (inout Contact) -> Void = { _ in }
  ) async throws -> Contact {
    var contact = Contact(lastName: last)
    change(&contact)
    return try await handlers.createContact(
      CreateContactRequest(contact: contact),
      call ?? asAdmin()
    )
  }

  func change(
    _ contact: Contact,
    _ mask: String...,
    by change: (inout Contact) -> Void
  ) async throws -> Contact {
    var contact = contact
    contact.etag = nil
    change(&contact)
    return try await handlers.updateContact(
      UpdateContactRequest(contact: contact, updateMask: .init(paths: mask)),
      asAdmin()
    )
  }

  func get(_ contact: Contact) async throws -> Contact {
    try await handlers.getContact(GetContactRequest(id: contact.idText), asAdmin()).message()
  }

  func deal(
    _ name: String,
    _ call: Call? = nil,
    _ change: (inout Deal) -> Void = { _ in }
  ) async throws -> Deal {
    var deal = Deal(name: name)
    change(&deal)
    return try await handlers.createDeal(CreateDealRequest(deal: deal), call ?? asAdmin())
  }

  func change(
    _ deal: Deal,
    _ mask: String...,
    as call: Call? = nil,
    by change: (inout Deal) -> Void
  ) async throws -> Deal {
    var deal = deal
    change(&deal)
    return try await handlers.updateDeal(
      UpdateDealRequest(deal: deal, updateMask: .init(paths: mask)),
      call ?? asAdmin()
    )
  }

  func move(
    _ deal: Deal,
    _ stage: String = "",
    at position: Int32? = nil,
    etag: String = "",
    win: String = "",
    loss: String = "",
    _ call: Call? = nil
  ) async throws -> Deal {
    let request = MoveDealRequest(
      id: deal.idText,
      stage: stage,
      position: position,
      etag: etag,
      winReason: win,
      lossReason: loss
    )
    return try await handlers.moveDeal(request, call ?? asAdmin())
  }

  func get(_ deal: Deal, _ call: Call? = nil) async throws -> Deal {
    try await handlers.getDeal(GetDealRequest(id: deal.idText), call ?? asAdmin()).message()
  }

  /// The names of deals, in the order of their places.
  func names(_ filter: String = "", _ call: Call? = nil) async throws -> [String] {
    let request = ListDealsRequest(filter: filter, orderBy: "rank", pageSize: 1_000)
    return try await handlers.listDeals(request, call ?? asAdmin()).message().deals.map(\.name)
  }

  func pipelines() async throws -> [Pipeline] {
    try await handlers.listPipelines(ListPipelinesRequest(), asAdmin()).message().pipelines
  }

  func pipeline() async throws -> Pipeline {
    guard let first = try await pipelines().first(where: \.isDefault) else {
      throw MeshError.notFound("pipeline", "")
    }
    return first
  }

  func change(
    _ pipeline: Pipeline,
    _ mask: String,
    by change: (inout Pipeline) -> Void
  ) async throws -> Pipeline {
    var pipeline = pipeline
    change(&pipeline)
    return try await handlers.updatePipeline(
      UpdatePipelineRequest(pipeline: pipeline, updateMask: .init(paths: [mask])),
      asAdmin()
    )
  }
}
