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

@Suite @LoopActor struct `The preview of an import` {
  private let bench: DealsBench

  init() async throws { bench = try await DealsBench() }

  /// An import that was read, and is not started.
  private func ready<Record: StoredRecord>(
    _ text: String,
    of _: Record.Type,
    _ call: Call? = nil
  ) async throws -> String {
    let (handlers, call, bytes) = (bench.handlers, call ?? bench.asAdmin(), Array(text.utf8))
    let asked = RecordImport(fileName: "x.csv", object: Record.schema.object)
    let made = try await handlers.createRecordImport(
      CreateRecordImportRequest(recordImport: asked),
      call
    )
    _ = try await handlers.appendRecordImportContent(
      AppendRecordImportContentRequest(id: made.id, content: bytes, sha256: digest(of: bytes)),
      call
    )
    _ = try await handlers.surveyRecordImport(
      SurveyRecordImportRequest(id: made.id, sizeBytes: Int64(bytes.count)),
      call
    )
    let engine = try handlers.recordImports.engine(for: Record.schema.object)
    let steps = try #require(engine as? ImportEngine<RecordImportPlan<Record>>).steps
    try await steps.work(try #require(ImportID(made.id)), of: bench.tenant)
    return made.id
  }

  private func get(_ id: String, _ call: Call? = nil) async throws -> RecordImport {
    let request = GetRecordImportRequest(id: id)
    return try await bench.handlers.getRecordImport(request, call ?? bench.asAdmin())
  }

  @Test func `is made once and read without writing, by the rules of its kind`() async throws {
    let deals = try await ready("deal_id,name,stage,amount\n1,Pump,new,5\n", of: Deal.self)
    let people = try await ready("contact_id,last_name,job_title\n1,Lee,Chief\n", of: Contact.self)
    let before = bench.opened.store.metrics.writes
    for _ in 0..<3 {
      let deal = try #require(try await get(deals).reading?.samples.first)
      #expect(deal.outcome == .created, "\(deal.refusal)")
      #expect(deal.values.contains { $0.field == "name" && $0.value == "Pump" })
      let person = try #require(try await get(people).reading?.samples.first)
      #expect(person.outcome == .created, "\(person.refusal)")
      #expect(person.values.contains { $0.field == "job_title" && $0.value == "Chief" })
    }
    #expect(bench.opened.store.metrics.writes == before)
  }

  @Test func `follows another mapping or choice, in the answer to it`() async throws {
    let id = try await ready("deal_id,name,description\n1,Pump,Tall\n", of: Deal.self)
    var changed = try await get(id)
    changed.choices = ImportChoices(ownerId: "\(bench.manager)")
    let answer = try await bench.handlers.updateRecordImport(
      UpdateRecordImportRequest(recordImport: changed),
      bench.asAdmin()
    )
    #expect(answer.state == .ready && answer.reading?.samples.count == 1)
    #expect(try await get(id).reading?.samples == answer.reading?.samples)
  }

  @Test func `that cannot be made costs its import nothing`() async throws {
    let id = try await ready("deal_id,name\n1,Pump\n", of: Deal.self)
    let place = try #require(ImportID(id))
    let author = Author(actor: "system:deals")
    // No row can be read by such a mapping.
    try await bench.opened.store.write(bench.tenant, as: author) { transaction in
      _ = try transaction.execute(
        "UPDATE import_columns SET heading = 'Nowhere', place = 900 WHERE import_id = \(place)"
      )
    }
    let read = try await get(id)
    #expect(read.state == .ready && read.reading?.samples.count == 1)
    var changed = read
    changed.choices = ImportChoices(ownerId: "\(bench.manager)")
    let answer = try await bench.handlers.updateRecordImport(
      UpdateRecordImportRequest(recordImport: changed, updateMask: .init(paths: ["choices"])),
      bench.asAdmin()
    )
    #expect(answer.state == .ready && answer.reading?.samples.isEmpty == true)
    #expect(try await get(id).state == .ready)
  }

  @Test func `says nothing of a deal that whoever imports may not read`() async throws {
    bench.follow(bench.reps[1], "rep", "Eve Moe")
    let first = "deal_id,name,owner,description\n1,Secret,Eve Moe,Hers\n"
    #expect(try await bench.importFile(first, of: Deal.self).created == 1)
    let file = "deal_id,name\n1,Secret\n"
    let id = try await ready(file, of: Deal.self, bench.asManager)
    let sample = try #require(try await get(id, bench.asManager).reading?.samples.first)
    #expect(sample.outcome == .created && sample.remarks.isEmpty)
    #expect(!sample.values.contains { $0.value == "Hers" })
    // Whoever may read it is told.
    let own = try await ready(file, of: Deal.self)
    let known = try #require(try await get(own).reading?.samples.first)
    #expect(known.outcome == .unchanged && known.values.contains { $0.value == "Hers" })
  }
}
