import ErrandsAPI
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

@Suite @LoopActor struct `The plan of a list` {
  private let log = PlanLog()

  private func filled() async throws -> (bench: ErrandBench, first: Errand) {
    let bench = try ErrandBench(plans: log)
    let first = try await bench.create("Fetch") { $0.ownerId = bench.rep }
    for number in 0..<19 {
      _ = try await bench.create("Errand \(number)") { errand in
        errand.ownerId = number % 5 == 0 ? bench.rep : bench.other
        errand.minutes = Int32(number + 1)
      }
    }
    try await bench.opened.multiply("errands", of: bench.tenant, doublings: 8)
    try bench.opened.settle("errands", "rounds")
    return (bench, first)
  }

  private func faults(_ rule: PlanRule = PlanRule()) -> [String] {
    log.take().compactMap { rule.fault(of: $0) }
  }

  @Test(arguments: ["create_time", "create_time desc"])
  func `is good in the order of an index`(order: String) async throws {
    let (bench, _) = try await filled()
    for filter in ["", "owner_id == '\(bench.rep)'", "minutes == 3 && owner_id != null"] {
      _ = log.take()
      _ = try await bench.titles(filter: filter, order: order)
      #expect(faults() == [], "\(filter)")
    }
  }

  @Test(arguments: ["title", "minutes desc", "due_time", "update_time"])
  func `is found to be bad in an order that no index has`(order: String) async throws {
    let (bench, _) = try await filled()
    _ = log.take()
    _ = try await bench.titles(order: order)
    #expect(faults().contains { $0.hasPrefix("sorts rows") || $0.hasPrefix("reads all") })
  }

  @Test func `is found to be bad when all of a tenant's records are read`() async throws {
    let (bench, _) = try await filled()
    _ = log.take()
    _ = try await bench.opened.store.read(bench.tenant) { transaction in
      try transaction.value("SELECT count(*) FROM errands WHERE minutes = 3", as: Int.self)
    }
    #expect(faults().contains { $0.hasPrefix("reads all") })
  }

  @Test func `is good for the history of a record and the results of an operation`() async throws {
    let (bench, first) = try await filled()
    let started = try await bench.handlers.batchUpdateErrands(
      BatchUpdateErrandsRequest(
        filter: "minutes == 4",
        errand: Errand(notes: "soon"),
        updateMask: .init(paths: ["notes"])
      ),
      bench.asManager
    )
    for text in ["one", "two", "three"] {
      var errand = try await bench.get(first)
      errand.notes = text
      _ = try await bench.update(errand, ["notes"])
    }
    _ = try await bench.finish(started)
    try bench.opened.settle("errands")
    _ = log.take()
    var history = try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: first.idText, pageSize: 2),
      bench.asManager
    )
    history = try await bench.handlers.listErrandHistory(
      ListHistoryRequest(id: first.idText, pageSize: 2, pageToken: history.nextPageToken),
      bench.asManager
    )
    #expect(history.entries.count == 2)
    for outcome in [OperationOutcome.unspecified, .done] {
      let request = ListOperationResultsRequest(id: started.id, pageSize: 5, outcome: outcome)
      _ = try await bench.services.listOperationResults(request, bench.asManager)
    }
    #expect(faults() == [])
  }
}
