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
@testable import MeshImport

@Suite @LoopActor struct `A file of a manager` {
  private let bench: DealsBench

  init() async throws {
    bench = try await DealsBench()
    bench.follow(bench.manager, "manager", "Max Lee")
    bench.follow(bench.reps[1], "rep", "Eve Moe")
  }

  private func counts(_ done: RecordImport) -> [Int64] {
    [done.created, done.updated, done.restored, done.unchanged, done.refused]
  }

  private func deals() async throws -> [Deal] {
    try await bench.handlers.listDeals(
      ListDealsRequest(orderBy: "create_time"),
      bench.asAdmin()
    ).message().deals
  }

  @Test func `does not take over a deal that is shared with them to edit`() async throws {
    let deal = try await bench.deal("Pump") { $0.ownerId = bench.reps[1] }
    let share = ShareRequest(id: deal.idText, granteeId: "\(bench.manager)", mayEdit: true)
    _ = try await bench.services.share(share, bench.asAdmin())
    let file = "deal_id,name,owner,description\n\(deal.idText),Pump,Max Lee,Tall\n"
    let done = try await bench.importFile(file, of: Deal.self, known: "update", bench.asManager)
    #expect(counts(done) == [0, 1, 0, 0, 0])
    #expect(done.rowRemarks.map(\.column) == ["owner"])
    #expect(done.rowRemarks.first?.text.contains("you may not change it") == true)
    let after = try await bench.get(deal)
    #expect(after.ownerId == bench.reps[1] && after.description == "Tall")
    // Whoever holds it gives it away.
    let given = try await bench.importFile(file, of: Deal.self, known: "update")
    #expect(given.updated == 1)
    #expect(try await bench.get(deal).ownerId == bench.manager)
  }

  @Test func `knows nothing of deals that they may not read, and leaves them to whoever has them`()
    async throws
  {
    let first = "deal_id,name,owner,description\n1,Secret,Eve Moe,Hers\n"
    #expect(try await bench.importFile(first, of: Deal.self).created == 1)
    let second = "deal_id,name,description\n1,Secret,Mine\n"
    let trial = try await bench.importFile(second, of: Deal.self, isDryRun: true, bench.asManager)
    #expect(counts(trial) == [1, 0, 0, 0, 0] && trial.rowRemarks.isEmpty)
    let done = try await bench.importFile(second, of: Deal.self, bench.asManager)
    #expect(counts(done) == [1, 0, 0, 0, 0] && done.rowRemarks.isEmpty)
    #expect(try await deals().map(\.description) == ["Hers", "Mine"])
    // Each file belongs to its own.
    let again = try await bench.importFile(second, of: Deal.self, bench.asManager)
    #expect(counts(again) == [0, 0, 0, 1, 0])
    let admins = try await bench.importFile(first, of: Deal.self)
    #expect(counts(admins) == [0, 0, 0, 1, 0])
    #expect(try await deals().count == 2)
  }

  @Test func `knows nothing of the trash of others by their ids`() async throws {
    let deal = try await bench.deal("Secret") { $0.ownerId = bench.reps[1] }
    _ = try await bench.handlers.deleteDeal(DeleteDealRequest(id: deal.idText), bench.asAdmin())
    let file = "deal_id,name\n\(deal.idText),Mine\n"
    let done = try await bench.importFile(file, of: Deal.self, bench.asManager)
    #expect(counts(done) == [1, 0, 0, 0, 0] && done.rowRemarks.isEmpty)
  }
  @Test func `is asked in a trial of a few names whether another was meant, once of each`()
    async throws
  {
    _ = try await bench.account("Northwind")
    // One of them is the account's own.
    let names = "abcdefghijklmno".map { "Northwin\($0)" }
    let rows = (names + names).enumerated().map { "\($0.offset),Pump,\($0.element)\n" }
    let file = "deal_id,name,account\n" + rows.joined()
    let trial = try await bench.importFile(file, of: Deal.self, isDryRun: true, rows: 200)
    #expect([trial.created, trial.refused] == [2, 28])
    let reasons = try await bench.handlers.listImportFaults(
      ListImportFaultsRequest(id: trial.id, pageSize: 100),
      bench.asAdmin()
    ).faults.map(\.reason)
    let asked = reasons.filter { $0.contains("did you mean “Northwind”") }
    #expect(reasons.count == 28 && asked.count == 2 * ImportLimits.hints)
    #expect(Set(asked).count == ImportLimits.hints)
  }
}
