import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import ErrandsService

/// The fixture service's handlers on a real store, with members and a team.
@LoopActor
struct ErrandBench {
  let tenant: TenantID = IDGenerator.system.next()
  let manager: MemberID = IDGenerator.system.next()
  let rep: MemberID = IDGenerator.system.next()
  let other: MemberID = IDGenerator.system.next()
  /// Is in the rep's team.
  let mate: MemberID = IDGenerator.system.next()
  let team: TeamID = IDGenerator.system.next()
  let clock = TestClock()
  let handlers: ErrandsRPC
  let opened: TestStore
  let gate: AccessGate

  init(
    custom: [RecordField] = [],
    standings: any StandingDirectory = StandingsInTokens(),
    granting more: [RoleGrant] = [],
    plans: PlanLog? = nil
  ) throws {
    let migrations = ErrandsService.migrations
    opened = try TestStore("errands", migrations, clock: clock.clock, plans: plans)
    gate = TestCaller.gate(
      ErrandsObjects.grants + more,
      teams: OneTeam(team: team, members: [rep, mate]),
      standings: standings,
      clock: clock.clock
    )
    handlers = ErrandsRPC(opened.store, gate, custom: custom)
  }

  var asManager: Call { TestCaller.member(manager, "manager", in: tenant) }
  var asRep: Call { TestCaller.member(rep, "rep", in: tenant) }
  var asOther: Call { TestCaller.member(other, "rep", in: tenant) }

  var asOperator: Call { TestCaller.system("operator", in: tenant) }

  /// A manager of another tenant.
  var asManagerElsewhere: Call {
    TestCaller.member(manager, "manager", in: TenantID(high: 7, low: 7))
  }

  func keyed(_ key: String) -> Call { TestCaller.member(manager, "manager", in: tenant, key: key) }

  func create(_ title: String, _ fill: (inout Errand) -> Void = { _ in }) async throws -> Errand {
    var errand = Errand(title: title)
    fill(&errand)
    return try await handlers.createErrand(CreateErrandRequest(errand: errand), asManager)
  }

  func update(
    _ errand: Errand,
    _ paths: [String],
    _ call: Call? = nil
  ) async throws -> Errand {
    try await handlers.updateErrand(
      UpdateErrandRequest(errand: errand, updateMask: .init(paths: paths)),
      call ?? asManager
    )
  }

  func titles(
    filter: String = "",
    query: String = "",
    order: String = "",
    _ call: Call? = nil
  ) async throws -> [String] {
    try await handlers.listErrands(
      ListErrandsRequest(filter: filter, query: query, orderBy: order),
      call ?? asManager
    ).message().errands.map(\.title)
  }

  func get(_ errand: Errand, _ call: Call? = nil) async throws -> Errand {
    try await handlers.getErrand(GetErrandRequest(id: errand.idText), call ?? asManager).message()
  }

  // MARK: What the service offers for all kinds alike

  var records: [any RecordCollection] { [handlers.errands, handlers.rounds] }
  var services: RecordServices { RecordServices(records, opened.store) }

  /// Works an operation through, and gives it as it is then.
  func finish(
    _ operation: RecordsAPI.Operation,
    _ call: Call? = nil,
    with records: [any RecordCollection]? = nil
  ) async throws -> RecordsAPI.Operation {
    let worker = OperationWorker(records ?? self.records, opened.store)
    let id = try #require(IDWords(operation.id, prefix: "errands_operation"))
    while try await worker.step(id, of: tenant) {}
    return try await services.getOperation(
      GetOperationRequest(id: operation.id),
      call ?? asManager
    )
  }

  func results(
    of operation: RecordsAPI.Operation,
    _ call: Call? = nil
  ) async throws -> [OperationResult] {
    try await services.listOperationResults(
      ListOperationResultsRequest(id: operation.id, pageSize: 1_000),
      call ?? asManager
    ).results
  }

  /// How often each errand was changed in some way.
  func changes(_ action: String) async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    var after: Int64 = 0
    while true {
      let batch = try await opened.store.changes(after: after, max: 1_000)
      for entry in batch.entries where entry.action == action { counts[entry.id, default: 0] += 1 }
      guard let last = batch.entries.last else { return counts }
      after = last.sequence
    }
  }
}

/// A tenant with one team.
private struct OneTeam: TeamDirectory {
  let team: TeamID
  let members: [MemberID]

  func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership {
    members.contains(member)
      ? TeamMembership(own: [team], teams: [team], members: members) : TeamMembership()
  }

  func isActive(_ team: TeamID, _ tenant: TenantID) -> Bool { team == self.team }
}
