import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing

@testable import ErrandsService

@Suite @LoopActor struct `A round` {
  private let tenant: TenantID = IDGenerator.system.next()
  private let rep: MemberID = IDGenerator.system.next()
  private let opened: TestStore
  private let handlers: RoundsRPC

  init() throws {
    opened = try TestStore("errands", ErrandsService.migrations)
    let gate = TestCaller.gate(ErrandsObjects.grants)
    handlers = RoundsRPC(rounds: Records(opened.store, gate))
  }

  private var asManager: Call {
    TestCaller.member(IDGenerator.system.next(), "manager", in: tenant)
  }
  private var asRep: Call { TestCaller.member(rep, "rep", in: tenant) }

  private func create(_ name: String, owner: MemberID? = nil) async throws -> Round {
    let round = Round(displayName: name, ownerId: owner)
    return try await handlers.createRound(CreateRoundRequest(round: round), asManager)
  }

  private func names(_ request: ListRoundsRequest, _ call: Call) async throws -> [String] {
    try await handlers.listRounds(request, call).message().rounds.map(\.displayName)
  }

  @Test func `is listed in an order and found by its words`() async throws {
    for name in ["South", "North", "West"] { _ = try await create(name) }
    let sorted = ListRoundsRequest(orderBy: "display_name")
    #expect(try await names(sorted, asManager) == ["North", "South", "West"])
    #expect(try await names(ListRoundsRequest(query: "sou"), asManager) == ["South"])
  }

  @Test func `is seen by a rep who owns it and by no other`() async throws {
    let own = try await create("Own", owner: rep)
    let other = try await create("Other", owner: IDGenerator.system.next())
    #expect(try await names(ListRoundsRequest(), asRep) == ["Own"])
    #expect(try await handlers.getRound(GetRoundRequest(id: own.idText), asRep).message() == own)
    await #expect(throws: MeshError.self) {
      try await handlers.getRound(GetRoundRequest(id: other.idText), asRep).message()
    }
  }

  @Test func `needs a name`() async throws {
    await #expect(throws: MeshError.self) { try await create("") }
  }

  @Test func `has a column for every field and no other`() async throws {
    let table = Round.schema.table
    #expect(try await opened.store.columns(of: table) == Round.schema.columnNames)
  }
}
