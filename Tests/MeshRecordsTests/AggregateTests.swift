import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import MeshRecords

@Suite @LoopActor struct `Counts and sums` {
  private func aggregate(
    _ bench: ErrandBench,
    _ groupBy: String,
    _ sum: String = "",
    filter: String = "",
    by call: Call? = nil
  ) async throws -> AggregateResponse {
    try await bench.handlers.aggregateErrands(
      AggregateRequest(filter: filter, groupBy: groupBy, sum: sum),
      call ?? bench.asManager
    )
  }

  private func counts(_ response: AggregateResponse) -> [[String]: Int64] {
    Dictionary(
      response.groups.map { ($0.keys, $0.count) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  private let euro = CurrencyCode("EUR") ?? .usd

  private func fill(_ bench: ErrandBench) async throws {
    let usd = { Money(amountMinor: $0, currency: .usd) }
    _ = try await bench.create("a") { errand in
      (errand.state, errand.minutes, errand.ownerId) = ("done", 10, bench.rep)
      (errand.budget, errand.day) = (usd(100), CalendarDate("2026-01-31"))
    }
    _ = try await bench.create("b") { errand in
      (errand.minutes, errand.ownerId, errand.budget) = (20, bench.rep, usd(250))
      (errand.day, errand.urgent) = (CalendarDate("2026-02-01"), true)
      errand.dueTime = Timestamp(microseconds: -1)
    }
    bench.clock.advance(by: .seconds(31 * 24 * 3600))
    _ = try await bench.create("c") { errand in
      errand.budget = Money(amountMinor: 700, currency: euro)
      errand.ownerId = bench.other
    }
    // A debt, which the rules of errands do not let in.
    try await bench.opened.store.write(bench.tenant, as: Author(actor: "system:test")) {
      _ = try $0.execute("UPDATE errands SET budget_minor = -250 WHERE budget_minor = 250")
    }
  }

  @Test func `are of all records together when nothing is grouped by`() async throws {
    let bench = try ErrandBench()
    let empty = try await aggregate(bench, "", "minutes, budget")
    #expect(empty.groups == [AggregateGroup()])
    try await fill(bench)
    let all = try #require(try await aggregate(bench, "", "minutes, budget").groups.first)
    #expect(all.keys.isEmpty && all.count == 3)
    #expect(
      all.sums == [
        AggregateSum(field: "minutes", integer: 30),
        AggregateSum(field: "budget", money: Money(amountMinor: 700, currency: euro)),
        AggregateSum(field: "budget", money: Money(amountMinor: -150, currency: .usd)),
      ]
    )
  }

  @Test func `group by choices, ids, bools and months, the largest group first`() async throws {
    let bench = try ErrandBench()
    try await fill(bench)
    let (rep, other) = (bench.rep.description, bench.other.description)
    #expect(counts(try await aggregate(bench, "state")) == [["open"]: 2, ["done"]: 1])
    #expect(try await aggregate(bench, "state").groups.map(\.keys) == [["open"], ["done"]])
    #expect(counts(try await aggregate(bench, "owner_id")) == [[rep]: 2, [other]: 1])
    #expect(counts(try await aggregate(bench, "urgent")) == [["false"]: 2, ["true"]: 1])
    #expect(counts(try await aggregate(bench, "team_id")) == [[""]: 3])
    #expect(
      counts(try await aggregate(bench, "create_time.month")) == [["2026-01"]: 2, ["2026-02"]: 1]
    )
    #expect(
      counts(try await aggregate(bench, "day.month")) == [
        ["2026-01"]: 1, ["2026-02"]: 1, [""]: 1,
      ]
    )
    #expect(
      counts(try await aggregate(bench, "due_time.month")) == [["1969-12"]: 1, [""]: 2],
      "a moment before 1970 is in December"
    )
    let both = try await aggregate(bench, "owner_id, state", "minutes")
    #expect(counts(both) == [[rep, "done"]: 1, [rep, "open"]: 1, [other, "open"]: 1])
    let sums = both.groups.map { $0.keys + [$0.sums.first?.integer.map { "\($0)" } ?? "none"] }
    #expect(Set(sums) == [[rep, "done", "10"], [rep, "open", "20"], [other, "open", "none"]])
  }

  @Test func `order groups of one size by keys, and amounts by currencies`() async throws {
    let bench = try ErrandBench()
    for (state, currency) in [("open", "USD"), ("done", "EUR"), ("done", "CHF"), ("open", "GBP")] {
      let budget = Money(amountMinor: 1, currency: try #require(CurrencyCode(currency)))
      _ = try await bench.create("a") { ($0.state, $0.budget) = (state, budget) }
    }
    _ = try await bench.create("b") { $0.day = CalendarDate("2026-01-31") }
    _ = try await bench.create("c") { $0.day = CalendarDate("2025-01-31") }
    let months = try await aggregate(bench, "day.month", filter: "title != 'a' || state == 'done'")
    #expect(months.groups.map(\.keys) == [[""], ["2025-01"], ["2026-01"]])
    let states = try await aggregate(bench, "state", "budget", filter: "title == 'a'")
    #expect(states.groups.map(\.keys) == [["done"], ["open"]])
    let currencies = states.groups.map { $0.sums.map { $0.money?.currency.text } }
    #expect(currencies == [["CHF", "EUR"], ["GBP", "USD"]])
  }

  @Test func `are of the records that the caller may read and the filter finds`() async throws {
    let bench = try ErrandBench()
    try await fill(bench)
    #expect(counts(try await aggregate(bench, "", by: bench.asRep)) == [[]: 2])
    #expect(counts(try await aggregate(bench, "", filter: "minutes > 15")) == [[]: 1])
    #expect(counts(try await aggregate(bench, "", by: bench.asManagerElsewhere)) == [[]: 0])
    let own = try await aggregate(bench, "owner_id", "budget", by: bench.asOther)
    #expect(own.groups.map(\.keys) == [[bench.other.description]])
    #expect(own.groups[0].sums.map(\.money?.currency) == [euro])
  }

  @Test(arguments: [
    ("title", "", "group_by", ErrorReason.invalidField),
    ("create_time", "", "group_by", .invalidField), ("state.month", "", "group_by", .invalidField),
    ("minutes", "", "group_by", .invalidField), ("colour", "", "group_by", .unknownField),
    ("state,", "", "group_by", .unknownField), ("state, state", "", "group_by", .invalidField),
    ("state, urgent, team_id, owner_id", "", "group_by", .invalidField),
    ("", "title", "sum", .invalidField), ("", "custom.x", "sum", .unknownField),
  ])
  func `refuse fields that do not fit, naming them`(
    groupBy: String,
    sum: String,
    field: String,
    reason: ErrorReason
  ) async throws {
    let bench = try ErrandBench()
    let refused = await refusal { _ = try await aggregate(bench, groupBy, sum) }
    #expect(refused?.violations.map(\.field) == [field])
    #expect(refused?.reason == reason)
  }

  @Test func `know no field that the caller does not see`() throws {
    var visible = FieldSet.all
    visible.bits.remove(try #require(Errand.schema["state"]).index)
    visible.bits.remove(try #require(Errand.schema["minutes"]).index)
    func refusal(_ groupBy: String, _ sum: String) -> String? {
      do throws(MeshError) {
        _ = try AggregateQuery(Errand.schema, groupBy: groupBy, sum: sum, visible: visible)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(refusal("state", "") == "group_by names “state”, which does not exist")
    #expect(refusal("stale", "") == "group_by names “stale”, which does not exist")
    #expect(refusal("", "minutes") == "sum names “minutes”, which does not exist")
    #expect(refusal("urgent", "budget") == nil)
  }

  @Test func `stay exact to 64 bits and say when they are beyond`() async throws {
    let bench = try ErrandBench()
    for amount in [Int64.max - 1, 1] {
      _ = try await bench.create("much") {
        $0.budget = Money(amountMinor: amount, currency: .usd)
      }
    }
    let sum = try await aggregate(bench, "", "budget").groups.first?.sums.first
    #expect(sum?.money?.amountMinor == .max)
    _ = try await bench.create("more") { $0.budget = Money(amountMinor: 1, currency: .usd) }
    let beyond = try await aggregate(bench, "", "budget,minutes").groups.first?.sums
    #expect(beyond?.first?.tooLarge == true)
    #expect(beyond?.first?.money == Money(amountMinor: 0, currency: .usd))
  }

  @Test func `give the 1,000 largest groups and say that there are more`() async throws {
    let bench = try ErrandBench()
    for number in 0..<1_001 {
      _ = try await bench.create("e") { $0.ownerId = MemberID(high: 1, low: UInt64(number)) }
    }
    _ = try await bench.create("again") { $0.ownerId = MemberID(high: 1, low: 7) }
    let response = try await aggregate(bench, "owner_id")
    #expect(response.groups.count == 1_000 && response.moreGroups)
    #expect(response.groups[0].count == 2)
  }
}
