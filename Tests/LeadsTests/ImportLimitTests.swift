import LeadsAPI
import MeshCore
import MeshCrypto
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

@testable import LeadsService
@testable import MeshImport

@LoopActor
@Suite struct `What an import may not do` {
  private func created(
    _ bench: LeadsBench,
    _ call: Call? = nil,
    _ choices: ImportChoices? = nil
  ) async throws -> String {
    let request = CreateImportRequest(
      import: LeadsAPI.Import(fileName: "leads.csv", choices: choices)
    )
    return try await bench.handlers.createImport(request, call ?? bench.asAdmin()).id
  }

  private func append(_ text: String, to id: String, _ bench: LeadsBench, _ call: Call? = nil)
    async throws
  {
    let content = Array(text.utf8)
    _ = try await bench.handlers.appendImportContent(
      AppendImportContentRequest(
        id: id,
        offset: 0,
        content: content,
        sha256: Hex.encode(SHA256.hash(content))
      ),
      call ?? bench.asAdmin()
    )
  }

  private func start(_ id: String, _ size: Int, _ bench: LeadsBench, _ call: Call? = nil)
    async throws
  {
    let request = StartImportRequest(id: id, sizeBytes: Int64(size))
    _ = try await bench.handlers.startImport(request, call ?? bench.asAdmin())
  }

  private func steps(_ bench: LeadsBench) -> ImportSteps<LeadImports> {
    bench.handlers.imports.steps
  }

  private func work(
    _ text: String,
    _ bench: LeadsBench,
    _ choices: ImportChoices? = nil
  ) async throws -> LeadsAPI.Import {
    let id = try await created(bench, nil, choices)
    let bytes = Array(text.utf8)
    for offset in stride(from: 0, to: bytes.count, by: 1 << 20) {
      let content = Array(bytes[offset..<min(offset + 1 << 20, bytes.count)])
      _ = try await bench.handlers.appendImportContent(
        AppendImportContentRequest(
          id: id,
          offset: Int64(offset),
          content: content,
          sha256: Hex.encode(SHA256.hash(content))
        ),
        bench.asAdmin()
      )
    }
    try await start(id, bytes.count, bench)
    try await run(id, bench)
    return try await get(id, bench)
  }

  private func run(_ id: String, _ bench: LeadsBench) async throws {
    let job = try #require(ImportID(id))
    try await steps(bench).work(job, of: bench.tenant)
  }

  private func get(_ id: String, _ bench: LeadsBench) async throws -> LeadsAPI.Import {
    try await bench.handlers.getImport(GetImportRequest(id: id), bench.asAdmin())
  }

  @Test func `is refused with more columns than a file may have, a million among them`()
    async throws
  {
    let bench = try await LeadsBench()
    let wide = (0...1_000).map { "c\($0)" }.joined(separator: ",")
    let done1001 = try await work(wide + "\nx\n", bench)
    #expect(done1001.state == .failed && done1001.failure.contains("1001 columns"))
    #expect(done1001.failure.contains("import_columns") && done1001.failure.contains("1000"))
    let endless = try await work(String(repeating: "c,", count: 1_000_000) + "c\nx\n", bench)
    #expect(endless.state == .failed && endless.failure.contains("import_columns"))
    // Separators alone are a blank line.
    let blank = try await work(
      String(repeating: ",", count: 1_000) + "\nLast Name,Email\nHall,hall@example.com\n",
      bench
    )
    #expect(blank.state == .succeeded && blank.created == 1)
    let headings = ["Last Name", "E-mail"] + (0..<998).map { "c\($0)" }
    let done = try await work(headings.joined(separator: ",") + "\nHall,h@example.com\n", bench)
    #expect(done.state == .succeeded && done.created == 1)
  }

  @Test func `reads a long header whole, and refuses a heading that is none`() async throws {
    let bench = try await LeadsBench()
    // Longer than what is read at a time, and as long as headings may be.
    let filler = (0..<998).map { "c\($0)" + String(repeating: "x", count: 120) }
    let headings = ["Last Name", "E-mail"] + filler
    let done = try await work(headings.joined(separator: ",") + "\nHall,h@example.com\n", bench)
    #expect(done.state == .succeeded && done.created == 1)
    let long = try await work("Last Name," + String(repeating: "x", count: 2_000) + "\n", bench)
    #expect(long.state == .failed && long.failure.contains("column 2"))
    let endless = try await work(String(repeating: "x", count: 3 << 20), bench)
    #expect(endless.created == 0 && endless.state != .succeeded)
  }

  @Test func `refuses a row with far more cells than the header, and only that`() async throws {
    let bench = try await LeadsBench()
    let wide = "Wide,w@example.com" + String(repeating: ",x", count: 500_000)
    let done = try await work("Last Name,E-mail\n\(wide)\nHall,h@example.com\n", bench)
    #expect(done.state == .succeeded && done.created == 1 && done.refused == 1)
    let rows = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: done.id),
      bench.asAdmin()
    )
    #expect(rows.refusedRows.first?.reason.contains("more values than the header") == true)
  }

  @Test func `survives a field of many megabytes, and takes what follows`() async throws {
    let bench = try await LeadsBench()
    let field = "\"" + String(repeating: "x", count: 4 << 20) + "\""
    let text = "Last Name,E-mail\n\(field),h@example.com\nHall,hall@example.com\n"
    let done = try await work(text, bench)
    #expect(done.state == .succeeded && done.created >= 1)
    #expect(done.rows == done.created + done.refused)
  }

  @Test(arguments: [150, 1_500])
  func `makes no list of a column that has another value in each row`(rows: Int) async throws {
    let bench = try await LeadsBench()
    let before = try await sources(bench)
    var text = "Last Name,E-mail,Lead Source\n"
    for row in 0..<rows { text += "L\(row),l\(row)@example.com,Value \(row)\n" }
    let done = try await work(text, bench, ImportChoices(newValues: "add"))
    #expect(done.created == Int64(rows))
    #expect(try await sources(bench) - before <= 100)
    let remark = try #require(done.remarks.first { $0.value.isEmpty })
    #expect(remark.text.contains("“Lead Source”") && remark.text.contains("Map another column"))
    #expect(done.remarks.count <= 101)
  }

  private func sources(_ bench: LeadsBench) async throws -> Int {
    try await bench.handlers.listLeadSources(ListLeadSourcesRequest(), bench.asAdmin()).message()
      .leadSources.count
  }

  @Test func `waits for its content for a day, and not longer`() async throws {
    let bench = try await LeadsBench()
    let id = try await created(bench)
    bench.clock.advance(by: .seconds(24 * 3_600 - 1))
    try await append("Last Name\n", to: id, bench)
    try await steps(bench).sweep()
    #expect(try await get(id, bench).state == .receiving)
    bench.clock.advance(by: .seconds(1))
    let late = await refusal { try await start(id, 10, bench) }
    #expect(late?.code == .failedPrecondition)
    try await steps(bench).sweep()
    let ended = try await get(id, bench)
    #expect(ended.state == .failed && ended.failure.contains("24 hours"))
    let chunks = try await bench.handlers.store.read(bench.tenant) {
      try $0.value("SELECT count(*) FROM import_chunks", as: Int.self)
    }
    #expect(chunks == 0)
  }

  @Test func `has a limit of bytes, and a tenant one of open imports`() async throws {
    let bench = try await LeadsBench()
    for _ in 0..<Limit.openImports.most { _ = try await created(bench) }
    let refused = await refusal { _ = try await created(bench) }
    #expect(refused?.reason == .limitReached && refused?.metadata["limit"] == "open_imports")
    bench.clock.advance(by: .seconds(24 * 3_600))
    let id = try #require(ImportID(try await created(bench)))
    var job = try #require(
      try await bench.handlers.store.read(bench.tenant) { try $0.importJob(id) }
    )
    job.receivedBytes = Limit.importBytes.most - 1
    #expect(try job.receive(offset: Int64(job.receivedBytes), count: 1))
    #expect(throws: AppendFault.tooLarge) {
      _ = try job.receive(offset: Int64(job.receivedBytes), count: 1)
    }
    #expect(AppendFault.tooLarge.meshError.metadata["limit"] == "import_bytes")
  }

  /// An import that was read and waits to be started.
  private func ready(_ bench: LeadsBench, _ call: Call) async throws -> String {
    let text = "Last Name,Email\nBerg,ida@berg.example\n"
    let id = try await created(bench, call)
    try await append(text, to: id, bench, call)
    let request = SurveyImportRequest(id: id, sizeBytes: Int64(text.utf8.count))
    _ = try await bench.handlers.surveyImport(request, call)
    try await run(id, bench)
    bench.clock.advance(by: .seconds(1))
    return id
  }

  @Test func `takes the place of the oldest that waits, of ten that its creator has`()
    async throws
  {
    let bench = try await LeadsBench()
    let others = try await ready(bench, bench.asRep())
    var ids: [String] = []
    for _ in 0...ImportLimits.readyImports { ids.append(try await ready(bench, bench.asAdmin())) }
    #expect(try await get(ids[0], bench).state == .cancelled)
    for id in ids.dropFirst() + [others] { #expect(try await get(id, bench).state == .ready) }
    let kept = try await bench.handlers.store.read(bench.tenant) {
      try $0.value("SELECT count(DISTINCT import_id) FROM import_chunks", as: Int.self)
    }
    #expect(kept == ImportLimits.readyImports + 1)
    // Those that wait leave room for others, which they need themselves once they are started.
    for _ in 0..<Limit.openImports.most { _ = try await created(bench) }
    let size = Int(try await get(ids[1], bench).receivedBytes)
    let refused = await refusal { try await start(ids[1], size, bench) }
    #expect(refused?.metadata["limit"] == "open_imports")
  }

  @Test func `is for its creator alone to fill and start`() async throws {
    let bench = try await LeadsBench()
    let id = try await created(bench)
    let admin = TestCaller.member(MemberID(high: 7, low: 7), "admin", in: bench.tenant)
    let appended = await refusal { try await append("Last Name\n", to: id, bench, admin) }
    #expect(appended?.code == .permissionDenied)
    try await append("Last Name\n", to: id, bench)
    let started = await refusal { try await start(id, 10, bench, admin) }
    #expect(started?.code == .permissionDenied)
    #expect(try await get(id, bench).state == .receiving)
  }

  @Test func `configures only what whoever starts it may then`() async throws {
    let bench = try await LeadsBench()
    let id = try await created(bench)
    let text = "Last Name,E-mail,Lead Source\nHall,h@example.com,Fair\n"
    try await append(text, to: id, bench)
    // Meanwhile a manager.
    let demoted = TestCaller.member(bench.admin, "manager", in: bench.tenant)
    try await start(id, text.utf8.count, bench, demoted)
    try await run(id, bench)
    let done = try await get(id, bench)
    #expect(done.created == 1)
    let told = "is unknown; new records have it in their description, and known ones kept theirs"
    #expect(done.remarks.map(\.text) == [told] && done.remarks[0].unmatched)
  }

  @Test func `stops when its creator has left, and says so`() async throws {
    let bench = try await LeadsBench()
    let id = try await created(bench)
    var text = "Last Name,E-mail\n"
    for row in 0..<500 { text += "L\(row),l\(row)@example.com\n" }
    try await append(text, to: id, bench)
    try await start(id, text.utf8.count, bench)
    let job = try #require(ImportID(id))
    let file = try #require(try await steps(bench).surveyed(job, of: bench.tenant))
    #expect(try await steps(bench).advance(job, of: bench.tenant, file))
    bench.follow(bench.admin, "admin", takesLeads: false, isActive: false)
    #expect(try await steps(bench).advance(job, of: bench.tenant, file) == false)
    await file.ahead.end()
    let stopped = try await get(id, bench)
    #expect(stopped.state == .failed && stopped.created == 200)
    #expect(stopped.failure.contains("no longer active"))
  }
}
