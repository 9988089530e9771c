import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshImport

@LoopActor
@Suite struct `An import of somebody else` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  /// What each call about an import is refused with.
  private func refusals(_ id: String, _ call: Call) async -> [StatusCode?] {
    let handlers = bench.handlers
    let calls: [@LoopActor () async throws -> Void] = [
      { _ = try await handlers.getImport(GetImportRequest(id: id), call) },
      { _ = try await handlers.listRefusedRows(ListRefusedRowsRequest(id: id), call) },
      { _ = try await handlers.downloadImportRows(DownloadImportRowsRequest(id: id), call) },
      { _ = try await handlers.updateImport(.init(import: LeadsAPI.Import(id: id)), call) },
      { _ = try await handlers.surveyImport(SurveyImportRequest(id: id), call) },
      { _ = try await handlers.startImport(StartImportRequest(id: id), call) },
      { _ = try await handlers.pauseImport(PauseImportRequest(id: id), call) },
      { _ = try await handlers.cancelImport(CancelImportRequest(id: id), call) },
      { _ = try await handlers.undoImport(UndoImportRequest(id: id), call) },
    ]
    var codes: [StatusCode?] = []
    for body in calls { codes.append(await refusal(body)?.code) }
    return codes
  }

  @Test func `is not there for reps, nor for other tenants, whatever they ask`() async throws {
    let done = try await bench.importFile("Last Name,Email\nSecret,\nBerg,ida@berg.example\n")
    let rep = TestCaller.member(bench.reps[0], "rep", in: bench.tenant)
    let nowhere = Array(repeating: StatusCode.notFound, count: 9)
    #expect(await refusals(done.id, rep) == nowhere)
    let other: TenantID = IDGenerator.system.next()
    try await bench.begin(other)
    let admin = TestCaller.member(bench.admin, "admin", in: other)
    #expect(await refusals(done.id, admin) == nowhere)
    let listed = try await bench.handlers.listImports(ListImportsRequest(), rep)
    #expect(listed.imports.isEmpty)
    // Its rows are for whoever may read it.
    let rows = try await bench.handlers.downloadImportRows(
      DownloadImportRowsRequest(id: done.id),
      bench.asAdmin()
    )
    #expect(String(decoding: rows.content, as: UTF8.self).contains("Secret"))
    #expect(try await bench.allLeads().count == 1)
  }

  @Test func `has rows that no made-up place leads to`() async throws {
    let done = try await bench.importFile("Last Name,Email\nBerg,\n")
    for cursor in ["-1", "x", "99999999999999999999"] {
      let refused = await refusal {
        _ = try await bench.handlers.downloadImportRows(
          DownloadImportRowsRequest(id: done.id, cursor: cursor),
          bench.asAdmin()
        )
      }
      #expect(refused?.code == .invalidArgument)
      #expect(refused?.violations.map(\.field) == ["cursor"])
    }
  }
}

@LoopActor
@Suite struct `What is asked of an import` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func refused(_ asked: LeadsAPI.Import) async -> MeshError? {
    await refusal {
      _ = try await bench.handlers.createImport(CreateImportRequest(import: asked), bench.asAdmin())
    }
  }

  @Test func `has a bounded mapping whose faults are named by field and rule`() async throws {
    let column = ColumnMapping(column: "Last Name", field: "last_name")
    let many = Array(repeating: column, count: 10_000)
    let tooMany = await refused(LeadsAPI.Import(mapping: many))
    #expect(tooMany?.violations.map(\.field) == ["mapping"])
    #expect(tooMany?.violations.first?.description.contains("import_columns") == true)
    let value = ImportedValue(column: "Status", from: "a", to: "b")
    let values = await refused(
      LeadsAPI.Import(values: Array(repeating: value, count: 10_000))
    )
    #expect(values?.violations.map(\.field) == ["values"])
    let places = await refused(
      LeadsAPI.Import(
        mapping: [
          ColumnMapping(column: "x", field: "city", place: 1_001),
          ColumnMapping(column: "x", field: "city", place: -4),
          ColumnMapping(column: "", field: "city"), ColumnMapping(column: "x", field: "score"),
        ],
        externalIdColumn: String(repeating: "x", count: 1_001),
        values: [ImportedValue(column: "", from: "a", place: -4)]
      )
    )
    let fields = [
      "values[0].place", "mapping[0].place", "mapping[1].place", "mapping[2].column",
      "mapping[3].field", "external_id_column",
    ]
    #expect(places?.violations.map(\.field) == fields)
  }

  @Test func `has choices in words that are known`() async throws {
    let choices = ImportChoices(
      known: "overwrite",
      deleted: "keep",
      decimal: ".",
      region: "Germany",
      ownerId: "me",
      sheet: String(repeating: "x", count: 256),
      newValues: "all"
    )
    let error = await refused(LeadsAPI.Import(dateOrder: "mdy", choices: choices))
    let fields = ["known", "deleted", "decimal", "new_values", "region", "owner_id", "sheet"]
    #expect(error?.violations.map(\.field) == fields.map { "choices.\($0)" })
    #expect(error?.violations.first?.description.contains("fill_empty") == true)
  }

  @Test func `is answered with a bounded reading, however many columns fill one list`()
    async throws
  {
    let columns = 0..<30
    var text = "Last Name,Email" + columns.map { _ in ",Status" }.joined() + "\n"
    for row in 0..<300 {
      text += "L\(row),l\(row)@x.example" + columns.map { ",S\($0) \(row)" }.joined() + "\n"
    }
    let sent = try await bench.sent(text)
    _ = try await bench.handlers.surveyImport(
      SurveyImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
      bench.asAdmin()
    )
    let read = try await bench.worked(sent.id)
    #expect(read.state == .ready && read.questions.map(\.decision) == [.newValues])
    #expect(read.reading?.newValues.count == 200 && read.reading?.columns.count == 32)
  }

  @Test func `is refused when it names a column that the file does not have`() async throws {
    for place in [1, 900] as [Int32] {
      let sent = try await bench.sent("Last Name,Email\nBerg,ida@berg.example\n")
      var changed = sent
      changed.mapping = [ColumnMapping(column: "Nowhere", field: "city", place: place)]
      _ = try await bench.handlers.updateImport(
        UpdateImportRequest(import: changed),
        bench.asAdmin()
      )
      _ = try await bench.handlers.startImport(
        StartImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
        bench.asAdmin()
      )
      let done = try await bench.worked(sent.id)
      #expect(done.state == .failed && done.failure.contains("“Nowhere”"))
    }
  }
}
