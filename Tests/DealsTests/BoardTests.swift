import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `A board` {
  private let eur = CurrencyCode("EUR") ?? .usd

  private func money(_ minor: Int64, _ currency: CurrencyCode = .usd) -> Money {
    Money(amountMinor: minor, currency: currency)
  }

  private func names(_ column: DealBoardColumn) -> [String] { column.cards.map(\.name) }

  @Test func `has a column for each stage, with count, sums by currency and first cards`()
    async throws
  {
    let bench = try await DealsBench()
    let empty = try await bench.board()
    let pipeline = try await bench.pipeline()
    #expect(empty.pipelineId == pipeline.id)
    #expect(empty.columns.map(\.stage) == pipeline.stages.map(\.key))
    #expect(empty.columns.allSatisfy { $0.count == 0 && $0.sum.isEmpty && $0.cards.isEmpty })
    for (name, amount) in [("c", money(101)), ("b", nil), ("a", money(5, eur)), ("d", money(3))] {
      _ = try await bench.deal(name) { ($0.amount, $0.stage) = (amount, "qualified") }
      bench.clock.advance(by: .seconds(1))
    }
    _ = try await bench.deal("won") {
      ($0.amount, $0.stage, $0.winReason) = (money(7), "closed_won", "price")
    }
    let board = try await bench.board(size: 2)
    let (qualified, won) = (board["qualified"], board["closed_won"])
    #expect(qualified.count == 4 && qualified.sum == [money(5, eur), money(104)])
    // A quarter of 1.04 is 26.0 cents, where the rounded quarters of its parts come to 26.
    #expect(qualified.weightedSum == [money(1, eur), money(26)])
    #expect(names(qualified) == ["d", "a"] && !qualified.nextPageToken.isEmpty)
    #expect(won.count == 1 && won.sum == [money(7)] && won.weightedSum == [money(7)])
    #expect(names(won) == ["won"] && won.nextPageToken.isEmpty)
    #expect(board.columns.reduce(0) { $0 + $1.count } == 5)
  }

  @Test func `rounds no part of a weighted sum before it is shown`() async throws {
    let bench = try await DealsBench()
    for name in ["a", "b", "c", "d"] { _ = try await bench.deal(name) { $0.amount = money(4) } }
    #expect(try await bench.board()["new"].weightedSum == [money(2)], "4 x 0.4 cents, not 4 x 0")
  }

  @Test func `gives more cards of one column, in the order of their places`() async throws {
    let bench = try await DealsBench()
    for number in 0..<5 {
      _ = try await bench.deal("\(number)")
      bench.clock.advance(by: .seconds(1))
    }
    let first = try await bench.board(size: 2)["new"]
    let next = try await bench.board(size: 2, stage: "new", token: first.nextPageToken)
    #expect(next.columns.map(\.stage) == ["new"])
    let last = try await bench.board(size: 2, stage: "new", token: next["new"].nextPageToken)["new"]
    #expect(names(first) + names(next["new"]) + names(last) == ["4", "3", "2", "1", "0"])
    #expect(last.count == 5 && last.nextPageToken.isEmpty)
    let token = first.nextPageToken
    #expect(await refused { _ = try await bench.board(token: token) } == ["stage"])
    let fields = await refused { _ = try await bench.board(stage: "demo", token: token) }
    // Without deals there is no page to come from.
    #expect(fields == nil)
    _ = try await bench.deal("other") { $0.stage = "demo" }
    let other = await refusal { _ = try await bench.board(stage: "demo", token: token) }
    #expect(other?.reason == .invalidPageToken)
  }

  @Test func `refuses what it cannot show, naming it`() async throws {
    let bench = try await DealsBench()
    let unknown = PipelineID(high: 7, low: 7)
    let calls: [(String, GetDealBoardRequest)] = [
      ("pipeline_id", .init(pipelineId: unknown)), ("stage", .init(stage: "gone")),
      ("page_size", .init(pageSize: -1)), ("filter", .init(filter: "nothing == 1")),
      ("fields", .init(fields: .init(paths: ["nothing"]))),
    ]
    for (field, request) in calls {
      let fields = await refused {
        _ = try await bench.handlers.getDealBoard(request, bench.asAdmin())
      }
      #expect(fields == [field])
    }
    let tenant = IDGenerator.system.next(TenantKind.self)
    try await bench.begin(tenant)
    let mine = try await bench.pipeline().id
    let fields = await refused {
      _ = try await bench.handlers.getDealBoard(.init(pipelineId: mine), bench.asAdmin(of: tenant))
    }
    #expect(fields == ["pipeline_id"])
  }

  @Test func `counts and sums what a filter finds, and shows the fields that were asked for`()
    async throws
  {
    let bench = try await DealsBench()
    for number in 1...4 {
      _ = try await bench.deal("\(number)", bench.asRep(number % 2)) {
        ($0.amount, $0.nextStep) = (money(Int64(number) * 100), "Call")
      }
    }
    let request = GetDealBoardRequest(
      filter: "amount >= 3 || name == '1'",
      fields: .init(paths: ["name"])
    )
    for (call, expected) in [(bench.asAdmin(), ["1", "3", "4"]), (bench.asRep(1), ["1", "3"])] {
      let column = try await bench.handlers.getDealBoard(request, call)["new"]
      #expect(column.cards.map(\.name).sorted() == expected)
      #expect(column.count == Int64(expected.count))
      #expect(column.sum == [money(expected.reduce(0) { $0 + (Int64($1) ?? 0) * 100 })])
      #expect(column.cards.allSatisfy { $0.nextStep.isEmpty && $0.amount == nil && $0.id != nil })
    }
  }

  @Test func `is of what its caller may read: own, the teams', all, and what is shared`()
    async throws
  {
    let bench = try await DealsBench()
    let own = try await bench.deal("own", bench.asRep(0)) { $0.amount = money(1) }
    let other = try await bench.deal("other", bench.asRep(1)) { $0.amount = money(10) }
    _ = try await bench.deal("team's") {
      ($0.teamId, $0.ownerId, $0.amount) = (bench.team, bench.admin, money(100))
    }
    _ = try await bench.deal("admin's") { $0.amount = money(1_000, eur) }
    func seen(_ call: Call) async throws -> [Money] { try await bench.board(call)["new"].sum }
    #expect(try await seen(bench.asRep(0)) == [money(1)])
    #expect(try await seen(bench.asRep(1)) == [money(10)])
    #expect(try await seen(bench.asManager) == [money(101)])
    #expect(try await seen(bench.asAdmin()) == [money(1_000, eur), money(111)])
    // To a team, and to a member who reaches it by the team, too: counted once.
    try await bench.share(other, with: "\(bench.team)")
    try await bench.share(other, with: "\(bench.reps[0])")
    try await bench.share(own, with: "\(bench.manager)")
    #expect(try await seen(bench.asRep(0)) == [money(11)])
    #expect(try await seen(bench.asManager) == [money(111)])
    #expect(names(try await bench.board(bench.asRep(0))["new"]).sorted() == ["other", "own"])
    bench.clock.advance(by: .seconds(60))
    try await bench.share(own, with: "\(bench.reps[1])", for: .seconds(60))
    #expect(try await seen(bench.asRep(1)) == [money(11)])
    bench.clock.advance(by: .seconds(60))
    #expect(try await seen(bench.asRep(1)) == [money(10)], "the share has ended")
  }

  @Test(arguments: ["", "name != 'none'"])
  func `gives a rep each card once and in its place, page by page`(filter: String) async throws {
    let bench = try await DealsBench()
    var deals: [Deal] = []
    for number in 0..<18 {
      deals.append(
        try await bench.deal("\(number)") { deal in
          deal.ownerId = bench.reps[number % 3 == 0 ? 1 : 0]
          deal.stage = number % 2 == 0 ? "new" : "demo"
        }
      )
      bench.clock.advance(by: .seconds(1))
    }
    // One that the rep reads by this alone, and one that is the rep's own.
    for number in [6, 10] { try await bench.share(deals[number], with: "\(bench.team)") }
    func page(of stage: String = "", after token: String = "") async throws
      -> GetDealBoardResponse
    {
      try await bench.board(size: 2, stage: stage, token: token, filter: filter, bench.asRep(0))
    }
    let first = try await page()
    for (stage, expected) in [
      ("new", ["16", "14", "10", "8", "6", "4", "2"]), ("demo", ["17", "13", "11", "7", "5", "1"]),
    ] {
      var column = first[stage]
      var seen = names(column)
      while !column.nextPageToken.isEmpty, seen.count < 18 {
        column = try await page(of: stage, after: column.nextPageToken)[stage]
        seen += names(column)
      }
      #expect(seen == expected && first[stage].count == Int64(expected.count))
    }
  }

  @Test func `converts sums to the tenant's currency when it is read, by the rates of that time`()
    async throws
  {
    let bench = try await DealsBench()
    for (minor, currency) in [(1_001, eur), (333, eur), (10, .usd)] as [(Int64, CurrencyCode)] {
      _ = try await bench.deal("Deal") { $0.amount = money(minor, currency) }
    }
    func converted() async throws -> [Money?] {
      let column = try await bench.board()["new"]
      return [column.convertedSum, column.convertedWeightedSum]
    }
    #expect(try await converted() == [nil, nil], "no rate is known of EUR")
    #expect(try await bench.board()["demo"].convertedSum == nil, "there are no amounts")
    bench.convert("EUR", at: "1.5")
    #expect(try await converted() == [money(2_011), money(201)])
    bench.convert("EUR", at: "0.000001")
    #expect(try await converted() == [money(10), money(1)], "10.001334 cents, and a tenth of it")
    let large = try await bench.deal("Large") { $0.amount = money(.max, eur) }
    bench.convert("EUR", at: "2")
    #expect(try await converted() == [nil, money(1_844_674_407_370_955_429)])
    _ = try await bench.handlers.deleteDeal(.init(id: large.idText), bench.asAdmin())
    let jpy = try #require(CurrencyCode("JPY"))
    _ = try await bench.deal("Yen") { $0.amount = money(7, jpy) }
    bench.convert("EUR", at: "1.5", "JPY", at: "0.005")
    #expect(try await converted() == [money(2_015), money(201)], "of 3.5 cents more")
  }

  @Test func `says of which currency a sum is too large, and refuses no deal for it`() async throws
  {
    let bench = try await DealsBench()
    _ = try await bench.deal("eur") { $0.amount = money(3, eur) }
    let all = try await bench.deal("all") { $0.amount = money(.max) }
    #expect(try await bench.board()["new"].sum == [money(3, eur), money(.max)])
    _ = try await bench.deal("more", bench.asRep()) { $0.amount = money(1) }
    let beyond = try await bench.board()["new"]
    #expect(beyond.sum == [money(3, eur)] && beyond.tooLargeCurrencies == ["USD"])
    #expect(beyond.weightedSum == [money(0, eur), money(922_337_203_685_477_581)])
    _ = try await bench.handlers.deleteDeal(.init(id: all.idText), bench.asAdmin())
    let less = try await bench.board()["new"]
    #expect(less.sum == [money(3, eur), money(1)] && less.tooLargeCurrencies.isEmpty)
  }

  @Test func `has the deals of a stage that is gone where they are going`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines") { ($0.amount, $0.stage) = (money(100), "demo") }
    let pipeline = try await bench.pipeline()
    let changed = ChangeStagesRequest(
      id: pipeline.idText,
      stages: pipeline.stages.filter { $0.key != "demo" },
      mapping: [StageMapping(from: "demo", to: "proposal")]
    )
    _ = try await bench.handlers.changeStages(changed, bench.asAdmin())
    for weighted in [money(40), money(60)] {
      let column = try await bench.board()["proposal"]
      #expect(column.count == 1 && column.cards.map(\.id) == [deal.id])
      #expect(column.weightedSum == [weighted], "as the deal says, before and after it follows")
      try await bench.finishOperations()
    }
  }

  @Test func `has no more cards than there is room for, and says so`() async throws {
    let bench = try await DealsBench()
    let long = String(repeating: "\u{1F600}", count: 10_000)
    for number in 0..<30 {
      for stage in ["new", "demo"] {
        _ = try await bench.deal("\(number)") { ($0.description, $0.stage) = (long, stage) }
      }
      bench.clock.advance(by: .seconds(1))
    }
    let board = try await bench.board(size: 1_000)
    #expect(board.wireBytes().count < 4 << 20)
    for stage in ["new", "demo"] {
      let (column, count) = (board[stage], board[stage].cards.count)
      #expect(column.count == 30 && count > 0 && count < 30)
      let rest = try await bench.board(size: 1_000, stage: stage, token: column.nextPageToken)
      #expect(names(rest[stage]).first == "\(29 - count)")
    }
  }
}

extension GetDealBoardResponse {
  subscript(stage: String) -> DealBoardColumn {
    columns.first { $0.stage == stage } ?? DealBoardColumn()
  }
}

extension DealsBench {
  func board(
    size: Int32 = 0,
    stage: String = "",
    token: String = "",
    filter: String = "",
    _ call: Call? = nil
  ) async throws -> GetDealBoardResponse {
    try await handlers.getDealBoard(
      GetDealBoardRequest(filter: filter, pageSize: size, stage: stage, pageToken: token),
      call ?? asAdmin()
    )
  }

  var services: RecordServices { RecordServices([handlers.deals], handlers.store) }

  func share(_ deal: Deal, with grantee: String, for time: Duration? = nil) async throws {
    _ = try await services.share(
      ShareRequest(
        id: deal.idText,
        granteeId: grantee,
        expireTime: time.map { clock.now + $0 }
      ),
      asAdmin()
    )
  }
}
