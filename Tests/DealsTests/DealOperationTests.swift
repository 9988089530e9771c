import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `An undone operation on many deals` {
  private func update(
    _ deals: [Deal],
    _ mask: [String],
    _ bench: DealsBench,
    _ change: (inout Deal) -> Void
  ) async throws -> RecordsAPI.Operation {
    var values = Deal()
    change(&values)
    let started = try await bench.handlers.batchUpdateDeals(
      BatchUpdateDealsRequest(
        ids: deals.map(\.idText),
        deal: values,
        updateMask: .init(paths: mask)
      ),
      bench.asAdmin()
    )
    try await bench.finishOperations()
    return started
  }

  private func undo(
    _ operation: RecordsAPI.Operation,
    _ bench: DealsBench
  ) async throws -> RecordsAPI.Operation {
    let request = UndoOperationRequest(id: operation.id)
    _ = try await bench.services.undoOperation(request, bench.asAdmin())
    try await bench.finishOperations()
    return try await bench.services.getOperation(
      GetOperationRequest(id: operation.id),
      bench.asAdmin()
    )
  }

  @Test func `puts deals back into a stage whose condition they met when they came`() async throws {
    let bench = try await DealsBench()
    _ = try await bench.change(try await bench.pipeline(), "stages") {
      $0.stages[2].entryCondition = "amount >= 10"
    }
    let deal = try await bench.deal("Machines") {
      ($0.stage, $0.amount) = ("demo", Money(amountMinor: 1_000, currency: .usd))
    }
    _ = try await bench.change(deal, "amount") { $0.amount = nil }
    let ended = try await update([deal], ["stage"], bench) { $0.stage = "proposal" }
    #expect(try await bench.get(deal).stage == "proposal")
    let undone = try await undo(ended, bench)
    #expect(undone.state == .undone && undone.undone == 1 && undone.undoFailed == 0)
    #expect(try await bench.get(deal).stage == "demo")
  }

  @Test func `puts deals back into the stage that took over the one they were in`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("Machines") { $0.stage = "demo" }
    let ended = try await update([deal], ["stage"], bench) { $0.stage = "proposal" }
    let pipeline = try await bench.pipeline()
    var request = ChangeStagesRequest(id: pipeline.idText)
    request.stages = pipeline.stages.filter { $0.key != "demo" }
    // A former stage is known once a deal has gone from it by a mapping.
    request.mapping = [StageMapping(from: "demo", to: "qualified")]
    _ = try await bench.handlers.changeStages(request, bench.asAdmin())
    let undone = try await undo(ended, bench)
    #expect(undone.undone == 1 && undone.undoFailed == 0)
    #expect(try await bench.get(deal).stage == "qualified")
  }

  @Test func `opens deals again that it had closed`() async throws {
    let bench = try await DealsBench()
    let deals = [try await bench.deal("One"), try await bench.deal("Two") { $0.stage = "demo" }]
    let ended = try await update(deals, ["stage", "win_reason"], bench) {
      ($0.stage, $0.winReason) = ("closed_won", "price")
    }
    #expect(try await bench.get(deals[0]).status == "won")
    let undone = try await undo(ended, bench)
    #expect(undone.undone == 2 && undone.undoFailed == 0)
    for deal in deals {
      let present = try await bench.get(deal)
      #expect(present.stage == deal.stage && present.status == "open")
      #expect(present.probability == deal.probability)
      #expect(present.closeDate == nil && present.winReason.isEmpty)
    }
  }

  @Test func `brings back closed deals that it had deleted`() async throws {
    let bench = try await DealsBench()
    let deal = try await bench.deal("One") { ($0.stage, $0.winReason) = ("closed_won", "price") }
    let started = try await bench.handlers.batchDeleteDeals(
      BatchDeleteRequest(ids: [deal.idText]),
      bench.asAdmin()
    )
    try await bench.finishOperations()
    #expect(try await undo(started, bench).undone == 1)
    let present = try await bench.get(deal)
    #expect(present.status == "won" && present.closeDate == deal.closeDate)
  }
}
