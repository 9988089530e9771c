import DealsAPI
import MeshCore
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
    let steps = try #require(engine as? ImportEngine<RecordImports<Account>>).steps
    let id = try #require(ImportID(created.id))
    try await steps.work(id, of: bench.tenant)
    let done = try await handlers.getRecordImport(GetRecordImportRequest(id: created.id), call)
    #expect(done.state == .cancelled && done.created == 0)
    let list = try await handlers.listAccounts(ListAccountsRequest(), call)
    #expect(try list.message().accounts.isEmpty)
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
    try await #require(accounts as? ImportEngine<RecordImports<Account>>).steps.sweep()
    let request = GetRecordImportRequest(id: id)
    #expect(try await handlers.getRecordImport(request, call).state == .receiving)
    let contacts = try handlers.recordImports.engine(for: "contact")
    try await #require(contacts as? ImportEngine<RecordImports<Contact>>).steps.sweep()
    #expect(try await handlers.getRecordImport(request, call).state == .failed)
  }
}
