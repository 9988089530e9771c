import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshTesting
import RecordsAPI
import Testing

@Suite @LoopActor struct `A part of an amount` {
  private let euro: CurrencyCode
  private let bench: ErrandBench

  init() throws {
    euro = try #require(CurrencyCode("EUR"))
    bench = try ErrandBench()
  }

  private func made() async throws -> Errand {
    try await bench.create("Fetch") { $0.budget = Money(amountMinor: 1_250, currency: .usd) }
  }

  @Test func `is changed alone, whether or not the draft has the other`() async throws {
    var errand = try await made()
    errand.etag = nil
    errand.budget = Money(amountMinor: nil, currency: euro)
    let currency = try await bench.update(errand, ["budget.currency"])
    #expect(currency.budget == Money(amountMinor: 1_250, currency: euro))
    errand.budget = Money(amountMinor: 9, currency: .usd)
    let amount = try await bench.update(errand, ["budget.amount_minor"])
    #expect(amount.budget == Money(amountMinor: 9, currency: euro))
    errand.budget = Money(amountMinor: 0, currency: .usd)
    let both = try await bench.update(errand, ["budget.amount_minor", "budget.currency"])
    #expect(both.budget == Money(amountMinor: 0, currency: .usd))
    errand.budget = nil
    let cleared = try await bench.update(errand, ["budget.amount_minor", "budget.currency"])
    #expect(cleared.budget == nil)
  }

  @Test(arguments: [["budget"], ["budget.currency", "budget"], ["*"]])
  func `is too little where the mask names the whole`(mask: [String]) async throws {
    var errand = try await made()
    errand.budget = Money(amountMinor: nil, currency: euro)
    let error = await refusal { _ = try await bench.update(errand, mask) }
    #expect(error?.violations.map(\.field) == ["budget.amount_minor"])
  }

  @Test func `is too little of a new record, and is named`() async throws {
    for (budget, part) in [
      (Money(amountMinor: nil, currency: euro), "budget.amount_minor"),
      (Money(amountMinor: 5, currency: nil), "budget.currency"),
    ] {
      let error = await refusal {
        _ = try await bench.create("Fetch") { $0.budget = budget }
      }
      #expect(error?.violations.map(\.field) == [part])
    }
    let bare = try await bench.create("Fetch")
    var draft = bare
    draft.budget = Money(amountMinor: nil, currency: euro)
    let error = await refusal { _ = try await bench.update(draft, ["budget.currency"]) }
    #expect(error?.violations.map(\.field) == ["budget.amount_minor"])
  }

  @Test func `is changed in many records, each keeping its own of the other`() async throws {
    let first = try await made()
    let second = try await bench.create("Bring") {
      $0.budget = Money(amountMinor: 7, currency: .usd)
    }
    let draft = Errand(budget: Money(amountMinor: nil, currency: euro))
    let started = try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        ids: [first.idText, second.idText],
        errand: draft,
        updateMask: .init(paths: ["budget.currency"])
      ),
      bench.asManager
    )
    let finished = try await bench.finish(started)
    #expect(finished.failed == 0)
    #expect(try await bench.get(first).budget == Money(amountMinor: 1_250, currency: euro))
    #expect(try await bench.get(second).budget == Money(amountMinor: 7, currency: euro))
  }

  @Test func `travels as what it is, and is 0 in what was kept before`() throws {
    let strict = WireLimits(isStrict: true)
    for budget in [
      Money(amountMinor: nil, currency: euro), Money(amountMinor: 0, currency: nil),
      Money(amountMinor: 0, currency: euro),
    ] {
      let errand = Errand(budget: budget)
      #expect(try Errand(wire: errand.wireBytes(), limits: strict).budget == budget)
    }
    let kept = Errand(budget: Money(amountMinor: nil, currency: euro)).wireBytes()
    #expect(try Errand(wire: kept).budget == Money(amountMinor: 0, currency: euro))
  }
}
