import DealsAPI
import MeshCore
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService
@testable import MeshImport

@Suite @LoopActor struct `An import of accounts that is cancelled` {
  @Test func `makes nothing more`() async throws {
    let bench = try await DealsBench()
    let (handlers, call) = (bench.handlers, bench.asAdmin())
    let bytes = Array("account\nNorthwind\n".utf8)
    let created = try await handlers.createRecordImport(
      CreateRecordImportRequest(
        recordImport: RecordImport(fileName: "x.csv", object: "account")
      ),
      call
    )
    _ = try await handlers.appendRecordImportContent(
      AppendRecordImportContentRequest(id: created.id, content: bytes, sha256: digest(of: bytes)),
      call
    )
    _ = try await handlers.startRecordImport(
      StartRecordImportRequest(id: created.id, sizeBytes: Int64(bytes.count)),
      call
    )
    let cancelled = try await handlers.cancelRecordImport(
      CancelRecordImportRequest(id: created.id),
      call
    )
    #expect(cancelled.state == .cancelled && cancelled.object == "account")
    let engine = try handlers.recordImports.engine(for: "account")
    let steps = try #require(engine as? ImportEngine<RecordImportPlan<Account>>).steps
    let id = try #require(ImportID(created.id))
    try await steps.work(id, of: bench.tenant)
    let done = try await handlers.getRecordImport(GetRecordImportRequest(id: created.id), call)
    #expect(done.state == .cancelled && done.created == 0)
    let list = try await handlers.listAccounts(ListAccountsRequest(), call)
    #expect(try list.message().accounts.isEmpty)
  }

  @Test func `loses the links of its rows afterwards, a part at a time`() async throws {
    let bench = try await DealsBench()
    let (handlers, call) = (bench.handlers, bench.asAdmin())
    let asked = RecordImport(fileName: "x.csv", object: "account")
    let created = try await handlers.createRecordImport(
      CreateRecordImportRequest(recordImport: asked),
      call
    )
    let id = try #require(ImportID(created.id))
    let (store, author) = (bench.opened.store, Author(actor: "system:deals"))
    let most = ImportLimits.deletedRows
    try await store.write(bench.tenant, as: author) { transaction in
      for line in 1...most + 5 {
        let link = ImportLink(line: line, field: "parent_id", text: "x", record: nil)
        try transaction.add(link, to: id)
      }
    }
    _ = try await handlers.cancelRecordImport(CancelRecordImportRequest(id: created.id), call)
    var counts: [Int] = []
    repeat {
      counts.append(
        try await store.read(bench.tenant) {
          try $0.value("SELECT count(*) FROM import_links", as: Int.self) ?? 0
        }
      )
    } while try await store.write(bench.tenant, as: author) { try $0.sweepLinks() }
    #expect(counts == [most + 5, 5, 0])
  }
}

@Suite @LoopActor struct `An import that nobody continued` {
  @Test func `is ended by those of its kind alone`() async throws {
    let bench = try await DealsBench()
    let (handlers, call) = (bench.handlers, bench.asAdmin())
    func create(_ object: String) async throws -> RecordImport {
      let asked = RecordImport(fileName: "x.csv", object: object)
      return try await handlers.createRecordImport(
        CreateRecordImportRequest(recordImport: asked),
        call
      )
    }
    let (account, deal) = (try await create("account"), try await create("deal"))
    bench.clock.advance(by: .seconds(25 * 60 * 60))
    _ = try await create("deal")
    let all = try await handlers.listRecordImports(ListRecordImportsRequest(), call).recordImports
    #expect(all.first { $0.id == account.id }?.state == .receiving)
    #expect(all.first { $0.id == deal.id }?.state == .failed)
  }

  @Test func `is said to be paused too long if it was paused`() async throws {
    let bench = try await DealsBench()
    let (handlers, call) = (bench.handlers, bench.asAdmin())
    let asked = RecordImport(fileName: "x.csv", object: "deal")
    let made = try await handlers.createRecordImport(
      CreateRecordImportRequest(recordImport: asked),
      call
    )
    let id = try #require(ImportID(made.id))
    let author = Author(actor: "system:deals")
    try await bench.opened.store.write(bench.tenant, as: author) { transaction in
      _ = try transaction.execute(
        "UPDATE imports SET state = 'paused', start_time = create_time WHERE id = \(id)"
      )
    }
    bench.clock.advance(by: .seconds(31 * 24 * 60 * 60))
    let refused = await refusal {
      _ = try await handlers.startRecordImport(StartRecordImportRequest(id: made.id), call)
    }
    #expect(refused?.message.contains("continued within 30 days") == true)
  }
}

@Suite @LoopActor struct `An import that nobody sends a file for` {
  @Test func `ends with the imports of its own kind`() async throws {
    let bench = try await DealsBench()
    let (handlers, call) = (bench.handlers, bench.asAdmin())
    let id = try await handlers.createRecordImport(
      CreateRecordImportRequest(
        recordImport: RecordImport(fileName: "x.csv", object: "contact")
      ),
      call
    )
    .id
    bench.clock.advance(by: .seconds(24 * 3_600))
    let accounts = try handlers.recordImports.engine(for: "account")
    try await #require(accounts as? ImportEngine<RecordImportPlan<Account>>).steps.sweep()
    let request = GetRecordImportRequest(id: id)
    #expect(try await handlers.getRecordImport(request, call).state == .receiving)
    let contacts = try handlers.recordImports.engine(for: "contact")
    try await #require(contacts as? ImportEngine<RecordImportPlan<Contact>>).steps.sweep()
    #expect(try await handlers.getRecordImport(request, call).state == .failed)
  }
}
