import ErrandsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting

@testable import ErrandsService

/// The fixture service's handlers on a real store, with members and a team.
@LoopActor
struct ErrandBench {
  let tenant: TenantID = IDGenerator.system.next()
  let manager: MemberID = IDGenerator.system.next()
  let rep: MemberID = IDGenerator.system.next()
  let other: MemberID = IDGenerator.system.next()
  let team: TeamID = IDGenerator.system.next()
  let clock = TestClock()
  let handlers: ErrandsRPC
  let opened: TestStore

  init(custom: [RecordField] = []) throws {
    opened = try TestStore("errands", ErrandsService.migrations, clock: clock.clock)
    let gate = TestCaller.gate(
      ErrandsObjects.grants,
      teams: OneTeam(team: team, members: [rep]),
      clock: clock.clock
    )
    handlers = ErrandsRPC(opened.store, gate, custom: custom)
  }

  var asManager: Call { TestCaller.member(manager, "manager", in: tenant) }
  var asRep: Call { TestCaller.member(rep, "rep", in: tenant) }
  var asOther: Call { TestCaller.member(other, "rep", in: tenant) }

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
    ).errands.map(\.title)
  }

  func get(_ errand: Errand, _ call: Call? = nil) async throws -> Errand {
    try await handlers.getErrand(GetErrandRequest(id: errand.idText), call ?? asManager)
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

/// A tenant with one team.
private struct OneTeam: TeamDirectory {
  let team: TeamID
  let members: [MemberID]

  func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership {
    members.contains(member) ? TeamMembership(teams: [team], members: members) : TeamMembership()
  }
}
