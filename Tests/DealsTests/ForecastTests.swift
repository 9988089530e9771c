import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTestScale
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

extension DealsBench {
  func forecast(
    _ period: String,
    by groups: String = "",
    since: String? = nil,
    _ call: Call? = nil
  ) async throws -> ForecastResponse {
    try await handlers.getDealForecast(
      ForecastRequest(
        period: period,
        groupBy: groups,
        since: since.flatMap { CalendarDate($0) }
      ),
      call ?? asAdmin()
    )
  }

  func trends(
    _ unit: String,
    until: String = "",
    _ periods: Int32 = 0,
    _ call: Call? = nil
  ) async throws -> [TrendPeriod] {
    try await handlers.getDealTrends(
      TrendsRequest(unit: unit, until: until, periods: periods),
      call ?? asAdmin()
    ).periods
  }

  /// Keeps the present sums as those of a day.
  func snapshot(_ day: String) async throws {
    while try await !takeSnapshot(day, inPartsOf: TotalsSnapshots.partSize) {}
  }

  /// One part of the same.
  ///
  /// - Returns: whether it was the last one.
  func takeSnapshot(_ day: String, inPartsOf size: Int) async throws -> Bool {
    let day = try #require(CalendarDate(day))
    return try await handlers.store.write(tenant, as: Author(actor: "system:deals")) {
      try $0.takeSnapshot(Deal.forecast.snapshots, of: Deal.self, on: day, inPartsOf: size)
    }
  }
}

extension ForecastGroup {
  func sums(_ category: String) -> RecordSums? {
    categories.first { $0.category == category }?.sums
  }

  func change(_ category: String) -> RecordSums? {
    categories.first { $0.category == category }?.change
  }
}

@Suite @LoopActor struct `A forecast of deals` {
  private let eur = CurrencyCode("EUR") ?? .usd

  private func usd(_ minor: Int64) -> Money { Money(amountMinor: minor, currency: .usd) }

  /// A bench with deals of every category around October to December 2026, the third quarter of its fiscal
  /// year.
  private func filled() async throws -> DealsBench {
    let bench = try await DealsBench()
    bench.convert("EUR", at: "1.1", firstMonth: 4)
    let open: [(String, String?, Money, Int)] = [
      ("new", "2026-10-01", usd(1_001), 0), ("demo", "2026-12-31", usd(10), 1),
      ("proposal", "2026-11-15", Money(amountMinor: 100, currency: eur), 0),
      ("negotiation", "2026-10-31", usd(500), 1), ("new", "2026-09-30", usd(7), 0),
      ("new", "2027-01-01", usd(7), 0), ("new", nil, usd(7), 0),
    ]
    for (stage, day, amount, owner) in open {
      _ = try await bench.deal("Open") {
        ($0.stage, $0.amount, $0.ownerId) = (stage, amount, bench.reps[owner])
        $0.expectedCloseDate = day.flatMap { CalendarDate($0) }
      }
    }
    for stage in ["closed_won", "closed_lost"] {
      _ = try await bench.deal("Closed") {
        ($0.stage, $0.amount, $0.ownerId) = (stage, usd(40), bench.reps[0])
        ($0.winReason, $0.lossReason) = ("price", "price")
        // Won in the quarter, whatever was expected.
        $0.expectedCloseDate = CalendarDate("2026-01-31")
        $0.closeDate = CalendarDate("2026-12-01")
      }
    }
    return bench
  }

  @Test func `counts each deal of a fiscal quarter in its category`() async throws {
    let bench = try await filled()
    let forecast = try await bench.forecast("2026-Q3")
    #expect(forecast.period == "2026-Q3" && forecast.groups.isEmpty)
    #expect(forecast.startDate == CalendarDate("2026-10-01"))
    #expect(forecast.endDate == CalendarDate("2026-12-31"))
    let total = try #require(forecast.total)
    #expect(total.categories.map(\.category) == ["pipeline", "best_case", "commit", "closed"])
    let pipeline = try #require(total.sums("pipeline"))
    #expect(pipeline.count == 2 && pipeline.sum == [usd(1_011)])
    // 100.1 and 4.0 cents.
    #expect(pipeline.weightedSum == [usd(104)])
    let best = try #require(total.sums("best_case"))
    #expect(best.count == 1 && best.sum == [Money(amountMinor: 100, currency: eur)])
    #expect(best.convertedSum == usd(110) && best.convertedWeightedSum == usd(66))
    #expect(total.sums("commit")?.sum == [usd(500)])
    #expect(total.sums("closed")?.sum == [usd(40)] && total.sums("closed")?.count == 1)
    // 104.1 + 66 + 400 + 40.
    #expect(total.all?.count == 5 && total.all?.convertedWeightedSum == usd(610))
    #expect(total.categories.allSatisfy { $0.change == nil } && total.allChange == nil)
  }

  @Test func `is told by owner, team, pipeline, month and category`() async throws {
    let bench = try await filled()
    let owners = try await bench.forecast("2026-Q3", by: "owner").groups
    #expect(owners.map(\.keys) == bench.reps.map { ["\($0)"] })
    #expect(owners.map { $0.all?.count } == [3, 2])
    let months = try await bench.forecast("2026-Q3", by: "month").groups
    #expect(months.map(\.keys) == [["2026-10"], ["2026-11"], ["2026-12"]])
    #expect(months.map { $0.all?.count } == [2, 1, 2])
    let categories = try await bench.forecast("2026-Q3", by: "category").groups
    #expect(categories.map(\.keys) == [["best_case"], ["closed"], ["commit"], ["pipeline"]])
    #expect(categories.map { $0.all?.count } == [1, 1, 1, 2])
    let members = try await bench.forecast("2026-Q3", by: "category, member").groups
    let (first, second) = ("\(bench.reps[0])", "\(bench.reps[1])")
    #expect(
      members.map(\.keys) == [
        ["best_case", first], ["closed", first], ["commit", second], ["pipeline", first],
        ["pipeline", second],
      ]
    )
    let pipeline = try await bench.pipeline().idText
    let both = try await bench.forecast("2026-Q3", by: "pipeline, team").groups
    #expect(both.map(\.keys) == [[pipeline, ""]])
    #expect(try await bench.forecast("2026").total?.all?.count == 7)
    #expect(try await bench.forecast("2026-09").total?.all?.count == 1)
    // On January 1st 2026, in UTC, the tenant in New York is still in December.
    #expect(try await bench.forecast("").period == "2025-Q3")
  }

  @Test func `has fewer groups where they have sums in very many currencies`() async throws {
    let bench = try await DealsBench()
    _ = try await bench.deal("Deal") {
      ($0.amount, $0.expectedCloseDate) = (usd(1 << 52), CalendarDate("2026-02-01"))
    }
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { String($0) }
    let pairs = letters.flatMap { first in letters.map { first + $0 } }
    let texts = pairs.flatMap { pair in letters.map { pair + $0 } }
    let codes = texts.compactMap { CurrencyCode($0) }.filter { $0 != .usd }.prefix(149)
    let all = try await bench.handlers.store.columns(of: "deal_forecasts")
    func rest(but names: Set<String>) -> SQL {
      all.subtracting(names).sorted().map { SQL(name: $0) }.joined(by: ", ")
    }
    let ofCode = rest(but: ["tenant_id", "currency"])
    let ofOwner = rest(but: ["tenant_id", "owner_id"])
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:test")) {
      for code in codes {
        try $0.execute(
          """
          INSERT INTO deal_forecasts (currency, \(ofCode))
          SELECT \(code.text), \(ofCode) FROM deal_forecasts
          WHERE currency = \(CurrencyCode.usd.text)
          """
        )
      }
      for number in 1..<300 {
        try $0.execute(
          """
          INSERT INTO deal_forecasts (owner_id, \(ofOwner))
          SELECT \(MemberID(high: 9, low: UInt64(number))), \(ofOwner) FROM deal_forecasts
          WHERE owner_id = \(bench.admin)
          """
        )
      }
    }
    let forecast = try await bench.forecast("2026-Q1", by: "owner")
    #expect(forecast.total?.all?.count == 45_000 && forecast.moreGroups)
    #expect((100..<300).contains(forecast.groups.count))
    #expect(forecast.wireBytes().count < 4 << 20)
  }

  @Test func `is refused for what is no period, group or day`() async throws {
    let bench = try await DealsBench()
    for period in ["2026-Q5", "2026-W10", "next"] {
      #expect(await refused { _ = try await bench.forecast(period) } == ["period"])
    }
    for groups in [
      "stage", "owner,owner", "owner,member", "owner,team,month", "owner_id", "forecast_category",
    ] {
      let fields = await refused { _ = try await bench.forecast("2026", by: groups) }
      #expect(fields == ["group_by"], "\(groups)")
    }
    let fields = await refused { _ = try await bench.forecast("2026", since: "2026-01-01") }
    #expect(fields == ["since"])
  }

  @Test func `says what has changed since a day, in what the caller reads`() async throws {
    let bench = try await DealsBench()
    let first = try await bench.deal("First") {
      ($0.amount, $0.ownerId) = (usd(1_000), bench.reps[0])
      $0.expectedCloseDate = CalendarDate("2026-02-01")
    }
    try await bench.snapshot("2026-01-10")
    _ = try await bench.change(first, "amount") { $0.amount = usd(1_500) }
    let second = try await bench.deal("Second") {
      ($0.amount, $0.ownerId, $0.stage) = (usd(200), bench.reps[1], "negotiation")
      $0.expectedCloseDate = CalendarDate("2026-03-01")
    }
    // A day is kept as it began.
    try await bench.snapshot("2026-01-10")
    let all = try await bench.forecast("2026-Q1", by: "owner", since: "2026-01-12")
    #expect(all.snapshotDate == CalendarDate("2026-01-10"))
    #expect(all.total?.change("pipeline")?.sum == [usd(500)])
    #expect(all.total?.change("pipeline")?.count == 0)
    #expect(all.total?.change("pipeline")?.weightedSum == [usd(50)])
    #expect(all.total?.change("commit")?.sum == [usd(200)])
    #expect(all.total?.allChange?.count == 1 && all.total?.allChange?.sum == [usd(700)])
    #expect(all.groups.map { $0.allChange?.sum } == [[usd(500)], [usd(200)]])
    try await bench.share(second, with: "\(bench.reps[0])")
    let own = try await bench.forecast("2026-Q1", since: "2026-01-12", bench.asRep(0))
    #expect(own.total?.all?.count == 2)
    #expect(own.total?.allChange?.count == 0 && own.total?.allChange?.sum == [usd(500)])
    // What is gone is told too.
    for deal in try await bench.deals() {
      _ = try await bench.handlers.deleteDeal(.init(id: deal.idText), bench.asAdmin())
    }
    let gone = try await bench.forecast("2026-Q1", by: "owner", since: "2026-01-10")
    #expect(gone.groups.map(\.keys) == [["\(bench.reps[0])"]])
    #expect(gone.groups.first?.change("pipeline")?.sum == [usd(-1_000)])
    #expect(gone.total?.allChange?.count == -1 && gone.total?.all?.count == 0)
  }

  @Test func `is kept of the last days, and of the first of each month of the last year`()
    async throws
  {
    let bench = try await DealsBench()
    _ = try await bench.deal("Deal") { $0.expectedCloseDate = CalendarDate("2026-02-01") }
    let begin = try #require(CalendarDate("2025-01-01"))
    let today = begin.advanced(by: 450)
    for number in 0...450 { try await bench.snapshot("\(begin.advanced(by: number))") }
    let expected = (0...450).map { begin.advanced(by: $0) }.filter { day in
      let age = day.days(to: today)
      return age <= 35 || age <= 400 && day.day == 1
    }
    let (days, dates) = try await bench.handlers.store.read(bench.tenant) { transaction in
      (
        try transaction.rows("SELECT day FROM deal_forecast_days ORDER BY day") { row in
          try row.next(CalendarDate.self)
        },
        try transaction.rows(
          "SELECT DISTINCT snapshot_date FROM deal_forecast_snapshots ORDER BY snapshot_date"
        ) { row in try row.next(CalendarDate.self) }
      )
    }
    #expect(days == expected && dates == expected)
  }

  @Test func `is taken and let go in parts, and told of while it is whole`() async throws {
    let bench = try await DealsBench()
    for month in 1...5 {
      _ = try await bench.deal("\(month)") {
        $0.amount = usd(100)
        $0.expectedCloseDate = CalendarDate(year: 2026, month: month, day: 1)
      }
    }
    func rows(_ day: String) async throws -> Int? {
      try await bench.handlers.store.read(bench.tenant) { transaction in
        try transaction.value(
          "SELECT count(*) FROM deal_forecast_snapshots WHERE snapshot_date = \(day)"
        )
      }
    }
    func isTold() async -> Bool {
      await refused { _ = try await bench.forecast("2026", since: "2026-01-11") } == nil
    }
    var counts: [Int?] = []
    for _ in 0..<2 {
      #expect(try await !bench.takeSnapshot("2026-01-10", inPartsOf: 2))
      #expect(await !isTold())
      counts.append(try await rows("2026-01-10"))
    }
    #expect(try await bench.takeSnapshot("2026-01-10", inPartsOf: 2))
    counts.append(try await rows("2026-01-10"))
    #expect(counts == [2, 4, 5])
    let forecast = try await bench.forecast("2026", since: "2026-01-11")
    #expect(forecast.total?.allChange?.count == 0)
    counts = []
    while try await !bench.takeSnapshot("2026-04-20", inPartsOf: 2) {
      counts.append(try await rows("2026-01-10"))
      #expect(await isTold() == (counts.last == 5))
    }
    #expect(counts == [5, 5, 3, 1, 0])
    #expect(try await rows("2026-04-20") == 5)
  }
}
