import LeadsAPI
import MeshCore
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshImport

/// The sum of what became of an import's rows.
private func ended(_ job: LeadsAPI.Import) -> Int64 {
  job.created + job.updated + job.restored + job.unchanged + job.refused
}

@LoopActor
@Suite struct `The course of an import` {
  /// Seven rows, one of which is refused.
  private static let file =
    "Last Name,Email\n"
    + (0..<7).map { "L\($0),\($0 == 4 ? "" : "l\($0)@x.example")\n" }.joined()

  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private var steps: ImportSteps<LeadImports> {
    let steps = bench.handlers.imports.steps
    return ImportSteps(
      plan: steps.plan,
      store: steps.store,
      actor: steps.actor,
      batchRows: 3,
      gate: steps.gate
    )
  }

  /// An import with its first three rows done, as a process leaves it that is killed then.
  private func begun(isDryRun: Bool = false) async throws -> ImportID {
    let sent = try await bench.sent(Self.file, isDryRun: isDryRun)
    try await start(sent)
    let id = try #require(ImportID(sent.id))
    let file = try #require(try await steps.surveyed(id, of: bench.tenant))
    #expect(try await steps.advance(id, of: bench.tenant, file))
    await file.ahead.end()
    return id
  }

  private func start(_ job: LeadsAPI.Import) async throws {
    _ = try await bench.handlers.startImport(
      StartImportRequest(id: job.id, sizeBytes: job.receivedBytes),
      bench.asAdmin()
    )
  }

  private func get(_ id: ImportID) async throws -> LeadsAPI.Import {
    try await bench.handlers.getImport(GetImportRequest(id: "\(id)"), bench.asAdmin())
  }

  private func pause(_ id: ImportID) async throws -> LeadsAPI.Import {
    try await bench.handlers.pauseImport(PauseImportRequest(id: "\(id)"), bench.asAdmin())
  }

  @Test(arguments: [true, false]) func `goes on after a restart where it was`(isDryRun: Bool)
    async throws
  {
    let id = try await begun(isDryRun: isDryRun)
    let half = try await get(id)
    #expect(half.rows == 3 && ended(half) == 3)
    let done = try await bench.worked("\(id)")
    #expect(done.state == .succeeded)
    #expect([done.rows, done.created, done.refused] == [7, 6, 1] && ended(done) == done.rows)
    #expect(try await bench.allLeads().count == (isDryRun ? 0 : 6))
  }

  @Test func `counts a batch once, though it is written again`() async throws {
    let id = try await begun()
    let file = try #require(try await steps.open(id, of: bench.tenant))
    let late = try #require(try await steps.open(id, of: bench.tenant))
    let old = try #require(try await steps.job(id, bench.tenant))
    let read = try #require(try await steps.batch(of: old, late, bench.tenant))
    #expect(try await steps.advance(id, of: bench.tenant, file))
    // Another process that had read the same rows comes too late.
    #expect(try await steps.write(read, old, late, bench.tenant) == false)
    await file.ahead.end()
    let half = try await get(id)
    #expect(half.rows == 6 && ended(half) == 6)
    #expect(try await bench.worked("\(id)").rows == 7)
    #expect(try await bench.allLeads().count == 6)
  }

  @Test func `can be paused and continued`() async throws {
    let id = try await begun()
    let file = try #require(try await steps.open(id, of: bench.tenant))
    #expect(try await pause(id).state == .paused)
    #expect(try await pause(id).state == .paused)
    #expect(try await steps.advance(id, of: bench.tenant, file) == false)
    await file.ahead.end()
    let paused = try await bench.worked("\(id)")
    #expect(paused.state == .paused && paused.rows == 3 && ended(paused) == 3)
    let other = await refusal {
      _ = try await bench.handlers.undoImport(UndoImportRequest(id: "\(id)"), bench.asAdmin())
    }
    #expect(other?.code == .failedPrecondition)
    bench.clock.advance(by: .seconds(3 * 86_400))
    try await start(paused)
    let done = try await bench.worked("\(id)")
    #expect(done.state == .succeeded && ended(done) == done.rows && done.rows == 7)
    #expect(try await pause(id).state == .succeeded)
    #expect(try await bench.allLeads().count == 6)
  }

  @Test func `ends when nobody continues it, and when it is cancelled while it is paused`()
    async throws
  {
    let late = try await begun()
    _ = try await pause(late)
    bench.clock.advance(by: .seconds(30 * 86_400))
    let paused = try await get(late)
    let refused = await refusal { try await start(paused) }
    #expect(refused?.code == .failedPrecondition && refused?.message.contains("paused") == true)
    try await steps.sweep()
    let expired = try await get(late)
    #expect(expired.state == .failed && expired.failure.contains("paused"))
    let id = try await begun()
    _ = try await pause(id)
    let request = CancelImportRequest(id: "\(id)")
    #expect(try await bench.handlers.cancelImport(request, bench.asAdmin()).state == .cancelled)
    #expect(try await get(id).rows == 3)
  }

  @Test func `waits when it is paused while its file is read`() async throws {
    let sent = try await bench.sent(Self.file)
    try await start(sent)
    let id = try #require(ImportID(sent.id))
    #expect(try await pause(id).state == .surveying)
    let read = try await bench.worked(sent.id)
    #expect(read.state == .ready && read.rows == 0)
    try await start(read)
    #expect(try await bench.worked(sent.id).created == 6)
  }

  @Test func `is paused and continued by its creator alone`() async throws {
    let id = try await begun()
    let admin = TestCaller.member(MemberID(high: 7, low: 7), "admin", in: bench.tenant)
    let refused = await refusal {
      _ = try await bench.handlers.pauseImport(PauseImportRequest(id: "\(id)"), admin)
    }
    #expect(refused?.code == .permissionDenied)
    #expect(try await get(id).state == .running)
  }

  @Test func `keeps what it did when it is cancelled, and takes back just that`() async throws {
    let id = try await begun()
    let request = CancelImportRequest(id: "\(id)")
    let cancelled = try await bench.handlers.cancelImport(request, bench.asAdmin())
    #expect(cancelled.state == .cancelled && cancelled.rows == 3 && ended(cancelled) == 3)
    _ = try await bench.handlers.undoImport(UndoImportRequest(id: "\(id)"), bench.asAdmin())
    let undone = try await bench.worked("\(id)")
    #expect(undone.state == .undone && undone.undo?.deleted == 3)
    #expect(undone.rows == 3 && ended(undone) == 3)
    #expect(try await bench.allLeads().isEmpty)
  }
}

@LoopActor
@Suite struct `The preview of an import` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func surveyed(_ text: String, _ choices: ImportChoices? = nil) async throws
    -> LeadsAPI.Import
  {
    let sent = try await bench.sent(text, choices: choices)
    _ = try await bench.handlers.surveyImport(
      SurveyImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
      bench.asAdmin()
    )
    return try await bench.worked(sent.id)
  }

  private func values(_ sample: ImportSample) -> [String: String] {
    Dictionary(sample.values.map { ($0.field, $0.value) }) { first, _ in first }
  }

  @Test func `has its first rows as they would be stored, and makes nothing`() async throws {
    let read = try await surveyed(
      """
      First Name,Last Name,Email,Phone,Annual Revenue,Unsubscribed,Website
      Ida,Berg,Ida <ida@berg.example>,(212) 555-0101,"1,200.50",yes,n/a
      ,,,,,,
      Ole,,,,,,
      Eva,Holm,eva@holm.example,not a number,,no,
      """
    )
    let samples = try #require(read.reading?.samples)
    #expect(samples.map(\.line) == [2, 4, 5])
    #expect(samples.map(\.outcome) == [.created, .refused, .created])
    let first = values(samples[0])
    #expect(first["email"] == "ida@berg.example" && first["phone"] == "+12125550101")
    #expect(first["do_not_email"] == "yes" && first["website"] == nil)
    #expect(first["annual_revenue"] == "1200.50 USD")
    let name = try #require(samples[0].values.first { $0.field == "last_name" })
    #expect(name.label.lowercased() == "last name")
    #expect([name.value, name.column] == ["Berg", "Last Name"])
    #expect(samples[1].values.isEmpty && samples[1].refusal.contains("Email"))
    #expect(samples[2].remarks.map(\.value) == ["not a number"] && samples[2].refusal.isEmpty)
    #expect(try await bench.allLeads().isEmpty)
    // A preview is of what is asked for now, and no part of what is stored.
    let listed = try await bench.handlers.listImports(ListImportsRequest(), bench.asAdmin())
    #expect(listed.imports.first?.reading == nil)
  }

  @Test func `follows the choices, and knows who is there already`() async throws {
    _ = try await bench.importFile("Lead Id,Last Name,Email\n1,Berg,ida@berg.example\n")
    let read = try await surveyed(
      "Lead Id,Last Name,Email,Phone,City\n1,Berg,ida@berg.example,030 901820,Oslo\n"
    )
    #expect(read.reading?.samples.map(\.outcome) == [.updated])
    var changed = read
    changed.choices = ImportChoices(known: "skip", region: "DE")
    let skipped = try await bench.handlers.updateImport(
      UpdateImportRequest(import: changed),
      bench.asAdmin()
    )
    #expect(skipped.state == .ready && skipped.reading?.samples.map(\.outcome) == [.unchanged])
    changed.choices = ImportChoices(known: "create", region: "DE")
    let made = try await bench.handlers.updateImport(
      UpdateImportRequest(import: changed),
      bench.asAdmin()
    )
    let sample = try #require(made.reading?.samples.first)
    #expect(sample.outcome == .created && values(sample)["phone"] == "+4930901820")
    #expect(try await bench.allLeads().count == 1)
  }

  @Test func `has five rows at most, of bounded length`() async throws {
    let note = String(repeating: "x", count: 9_000)
    let rows = (0..<9).map { "L\($0),l\($0)@x.example,\(note)\n" }.joined()
    let read = try await surveyed("Last Name,Email,Description\n" + rows)
    let samples = try #require(read.reading?.samples)
    #expect(samples.count == 5)
    #expect(samples.allSatisfy { $0.values.allSatisfy { $0.value.count <= 200 } })
    _ = try await bench.handlers.startImport(
      StartImportRequest(id: read.id, sizeBytes: read.receivedBytes),
      bench.asAdmin()
    )
    let done = try await bench.worked(read.id)
    #expect(done.created == 9 && done.reading?.samples.isEmpty == true)
  }
}
