import ErrandsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import MeshRecords

@Suite @LoopActor struct `A filtered list` {
  /// Errands of which some have minutes, a budget and a time, and some have not.
  private func filled(_ count: Int) async throws -> ErrandBench {
    let bench = try ErrandBench()
    let euro = try #require(CurrencyCode("EUR"))
    for number in 0..<count {
      _ = try await bench.create("E\(number)") { errand in
        errand.minutes = number % 3 == 0 ? nil : Int32(number % 50 + 1)
        errand.budget = number % 4 == 0 ? nil : Money(amountMinor: Int64(number), currency: euro)
        errand.dueTime = number % 5 == 0 ? nil : bench.clock.now
        errand.urgent = number % 2 == 1 && number % 5 != 0
      }
      bench.clock.advance(by: .seconds(1))
    }
    return bench
  }

  @Test(
    arguments: [
      "minutes > 5", "minutes >= 5 && minutes < 20", "!(minutes > 5)", "minutes == null",
      "minutes == 7", "minutes in [1, 2, null]", "budget > 0.2", "budget.amount_minor <= 30",
      "budget == null || budget.currency == 'EUR' && budget < 0.1",
      "create_time > timestamp('2026-01-01T00:00:20Z')", "due_time < create_time",
      "due_time == null", "urgent && minutes != 3", "title > 'E3' && !urgent",
    ]
  )
  func `has the same records whether they are gathered or walked through`(
    filter: String
  ) async throws {
    let bench = try await filled(60)
    let conditions = RecordConditions(Errand.schema)
    let expression = try conditions.compile(filter)
    let forms = [
      try conditions.sql(expression), try conditions.sql(expression, along: "create_time"),
      try conditions.sql(expression, along: "minutes"),
    ]
    let found = try await bench.opened.store.read(bench.tenant) { transaction in
      try forms.map { condition in
        try transaction.rows("SELECT title FROM errands WHERE \(condition) ORDER BY id") { row in
          try row.next(String.self)
        }
      }
    }
    #expect(found[1] == found[0] && found[2] == found[0])
  }

  @Test func `is whole and in order, be there few, some or many`() async throws {
    let bench = try await filled(1_100)
    for (filter, order) in [
      ("minutes == 7", "title"), ("minutes > 45", "create_time desc"), ("minutes > 25", "title"),
      ("minutes > 0 || minutes == null", "create_time"), ("minutes > 90", "minutes desc"),
    ] {
      let all = try await bench.titles(filter: "", order: order, size: 1_100)
      let kept = try await bench.titles(filter: filter, order: order, size: 1_000)
      let pages = try await bench.titles(filter: filter, order: order, size: 97)
      #expect(kept == pages, "\(filter)")
      let set = Set(kept)
      #expect(set.count == kept.count && kept == all.filter(set.contains), "\(filter)")
    }
  }
}

extension ErrandBench {
  /// The titles of all pages.
  fileprivate func titles(
    filter: String,
    order: String,
    size: Int32
  ) async throws -> [String] {
    var titles: [String] = []
    var token = ""
    repeat {
      let page = try await handlers.listErrands(
        ListErrandsRequest(filter: filter, orderBy: order, pageSize: size, pageToken: token),
        asManager
      ).message()
      titles += page.errands.map(\.title)
      token = page.nextPageToken
    } while !token.isEmpty
    return titles
  }
}
