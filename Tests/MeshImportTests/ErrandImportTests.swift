import ErrandsAPI
import MeshAccess
import MeshCore
import MeshCrypto
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTestScale
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import ErrandsService
@testable import MeshImport

@Suite @LoopActor struct `Importing errands` {
  private static let file = """
    Title,External ID,Due time,Budget,Urgent,Day,Minutes,Notes,Twitter Handle,Stops,Labels
    '=Fetch,1,2026-01-31,"1,200.50",no,2026-02-01,90,why,abc,2.5,x
    Bring,2,2026-01-31T09:30:00+01:00,,yes,,,WHY,,,
    Late,3,,,yes,,,,,,
    Wrong,4,soon,much,yes,,,,toolong,,
    """

  private let tenant: TenantID = IDGenerator.system.next()
  private let opened: TestStore
  private let engine: ImportEngine<ErrandImports>

  init() throws {
    opened = try TestStore("errands", errandMigrations, clock: TestClock().clock)
    let standings = BenchStandings()
    standings.set(["manager"], of: MemberID(high: 1, low: 1))
    standings.set(["read_only"], of: MemberID(high: 1, low: 3))
    standings.set(["rep"], of: MemberID(high: 1, low: 4))
    let gate = TestCaller.gate(ErrandsObjects.grants + Self.grants, standings: standings)
    engine = ImportEngine(ErrandImports(), opened.store, gate, service: "errands") { _, _ in }
  }

  private var call: Call { TestCaller.member(MemberID(high: 1, low: 1), "manager", in: tenant) }

  private static let grants = [
    RoleGrant("import", "read_only", ["read", "create"], .own),
    RoleGrant("import", "rep", ["read", "create"], .own),
    RoleGrant("import", "manager", ["read", "create"], .own),
    RoleGrant("import", "admin", ["read", "create"]),
  ]

  private func create(
    _ mapping: [ImportMapping.Column] = [],
    _ values: [ImportMapping.Value] = [],
    isDryRun: Bool = false,
    choices: ImportChoices = ImportChoices(),
    as other: Call? = nil
  ) async throws -> ImportJob {
    let (engine, call) = (engine, other ?? self.call)
    let draft = try engine.draft(
      "errands.csv",
      ImportMapping(columns: mapping, externalID: nil, sourceSystem: "", values: values),
      choices,
      validateOnly: isDryRun,
      call
    )
    return try await opened.store.write(tenant, as: Author(call)) { transaction in
      try engine.create(draft, call, in: transaction)
    }
  }

  @Test func `is seen and stopped by whoever created it and by admins, and nobody else`()
    async throws
  {
    let id = "\(try await create().id)"
    let others = MemberID(high: 1, low: 2)
    let manager = TestCaller.member(others, "manager", in: tenant)
    let refusals = [
      await code { _ = try await engine.get(id, manager) },
      await code { _ = try await engine.faults(of: id, size: 1, token: "", manager) },
      await code { _ = try await engine.cancel(id, manager) },
      await code { _ = try await engine.start(id, size: 0, mayConfigure: false, manager) },
    ]
    #expect(refusals == [.notFound, .notFound, .notFound, .notFound])
    #expect(try await engine.list(size: 0, token: "", manager).elements.isEmpty)
    #expect(try await engine.get(id, call).job.state == .receiving)
    #expect(try await engine.list(size: 0, token: "", call).elements.count == 1)
    let admin = TestCaller.member(others, "admin", in: tenant)
    #expect(try await engine.list(size: 0, token: "", admin).elements.count == 1)
    #expect(try await engine.cancel(id, admin).state == .cancelled)
    #expect(try await engine.get(id, call).job.state == .cancelled)
  }

  private func code(_ body: @LoopActor () async throws -> Void) async -> StatusCode? {
    do {
      try await body()
      return nil
    } catch {
      return (error as? MeshError)?.code
    }
  }

  @Test func `makes nothing for whoever may make no errands`() async throws {
    let reader = TestCaller.member(MemberID(high: 1, low: 3), "read_only", in: tenant)
    let report = try await importFile("Title,External ID\nFetch,1\n", as: reader)
    #expect([report.job.progress.created, report.job.progress.refused] == [0, 1])
    let id = "\(report.job.id)"
    let faults = try await engine.faults(of: id, size: 0, token: "", reader).elements
    #expect(faults.first?.reason.contains("you may not create any") == true)
    #expect(try await errands().isEmpty)
  }

  @Test func `takes an errand out of the trash for those alone who may delete it`() async throws {
    let rep = TestCaller.member(MemberID(high: 1, low: 4), "rep", in: tenant)
    let file = "Title,External ID\nFetch,1\n"
    _ = try await importFile(file)
    let errand = try #require(try await errands().first)
    try await opened.store.write(tenant, as: Author(actor: "system:errands")) { transaction in
      var owned = errand
      owned.ownerId = MemberID(high: 1, low: 4)
      let given = try transaction.save(owned, before: errand, by: ErrandRules())
      try transaction.delete(given, by: ErrandRules())
    }
    let restore = ImportChoices(deleted: "restore")
    let trial = try await importFile(file, isDryRun: true, choices: restore, as: rep)
    #expect([trial.job.progress.restored, trial.job.progress.created] == [0, 1])
    let done = try await importFile(file, choices: restore)
    #expect([done.job.progress.restored, done.job.progress.created] == [1, 0])
  }

  @Test func `leaves the store to those who wait for it`() async throws {
    let before = opened.store.metrics
    _ = try await importFile(Self.file)
    let after = opened.store.metrics
    // What people ask for: a new import, its content, its start and the report.
    #expect(after.writes - before.writes - after.backgroundWrites == 3)
    #expect(after.backgroundWrites > 1 && after.backgroundReads > 1)
  }

  private func importFile(
    _ text: String,
    _ values: [ImportMapping.Value] = [],
    mapping: [ImportMapping.Column] = [],
    isDryRun: Bool = false,
    choices: ImportChoices = ImportChoices(),
    as call: Call? = nil
  ) async throws -> ImportReport {
    try await importBytes(
      Array(text.utf8),
      values,
      mapping: mapping,
      isDryRun: isDryRun,
      choices: choices,
      as: call
    )
  }

  private func importBytes(
    _ bytes: [UInt8],
    _ values: [ImportMapping.Value] = [],
    mapping: [ImportMapping.Column] = [],
    isDryRun: Bool = false,
    choices: ImportChoices = ImportChoices(),
    as other: Call? = nil
  ) async throws -> ImportReport {
    let call = other ?? self.call
    let id = try await create(mapping, values, isDryRun: isDryRun, choices: choices, as: call).id
    _ = try await engine.append(
      bytes,
      at: 0,
      digest: Hex.encode(SHA256.hash(bytes)),
      to: "\(id)",
      call
    )
    _ = try await engine.start("\(id)", size: Int64(bytes.count), mayConfigure: false, call)
    try await engine.steps.work(id, of: tenant)
    return try await engine.get("\(id)", call)
  }

  private func errands() async throws -> [Errand] {
    try await opened.store.read(tenant) { transaction in
      try transaction.records(
        where: "TRUE",
        in: transaction.scope(forCalculation: "test"),
        limit: 100
      )
    }
  }

  @Test func `fills fields of every type by the schema, the tenant's own among them`() async throws
  {
    let report = try await importFile(Self.file)
    #expect(report.job.state == .succeeded)
    #expect(report.job.mapping.sourceSystem == "csv")
    #expect(report.job.mapping.columns.last?.field == nil)
    let progress = report.job.progress
    #expect([progress.rows, progress.created, progress.refused] == [4, 2, 2])
    let errands = try await errands()
    #expect(errands.map(\.title) == ["=Fetch", "Bring"])
    let first = try #require(errands.first)
    #expect(first.dueTime?.rfc3339 == "2026-01-31T00:00:00Z")
    #expect(first.budget == Money(amountMinor: 120_050, currency: .usd))
    #expect(first.day?.description == "2026-02-01")
    #expect(first.minutes == 90)
    #expect(first.custom?.fields["twitter"]?.kind == .string("abc"))
    #expect(first.custom?.fields["stops"]?.kind == .number(2.5))
    #expect(errands.last?.urgent == true)
    #expect(errands.last?.dueTime?.rfc3339 == "2026-01-31T08:30:00Z")
  }

  @Test func `refuses rows by the record's rules`() async throws {
    let id = try await importFile(Self.file).job.id
    let refused = try await engine.faults(of: "\(id)", size: 0, token: "", call).elements
    #expect(refused.map(\.line) == [4, 5])
    #expect(refused.map(\.field) == ["due_time", "due_time"])
    #expect(refused.map(\.heading) == ["Due time", "Due time"])
    #expect(refused.allSatisfy { $0.reason == "must be set for an urgent errand" })
  }

  @Test func `leaves out what it cannot read, and says so with line and value`() async throws {
    let report = try await importFile(
      "Title,External ID,Due time,Budget,Minutes,Twitter handle\nA,1,soon,much,0,toolong\n"
    )
    #expect(report.job.progress.created == 1)
    #expect(report.rowRemarks.map(\.line) == [2, 2, 2, 2])
    #expect(Set(report.rowRemarks.map(\.value)) == ["soon", "much", "0", "toolong"])
    let errand = try #require(try await errands().first)
    #expect(errand.dueTime == nil && errand.budget == nil && errand.minutes == nil)
    #expect(errand.custom?.fields["twitter"]?.kind == .string("toolo"))
  }

  @Test func `counts remarks in any case of their values`() async throws {
    let report = try await importFile(
      "Title,External ID,Twitter handle,Notes\nA,1,toolong,\nB,2,,why\nC,3,,why\n"
    )
    #expect(report.job.progress.refused == 0)
    #expect(report.remarks.map(\.remark.text) == ["was read"])
    #expect(report.remarks.map(\.rows) == [2])
  }

  @Test func `counts and reports in a dry run, and makes nothing`() async throws {
    let report = try await importFile(Self.file, isDryRun: true)
    let progress = report.job.progress
    #expect([progress.rows, progress.created, progress.refused] == [4, 2, 2])
    #expect(report.remarks.map(\.remark.text) == ["was read"])
    #expect(try await errands().isEmpty)
    // Nothing is remembered of its rows either.
    #expect(try await importFile(Self.file).job.progress.created == 2)
  }

  @Test func `reads other values in place of those that the request names, in any case`()
    async throws
  {
    let values = [
      ImportMapping.Value(heading: "Title", from: "FETSH", to: "Fetch"),
      ImportMapping.Value(heading: "Notes", from: "n/a", to: ""),
    ]
    let report = try await importFile("Title,External ID,Notes\nFetsh,1,N/A\n", values)
    let errand = try #require(try await errands().first)
    #expect(errand.title == "Fetch" && errand.notes.isEmpty)
    #expect(report.remarks.map(\.remark.text).sorted() == ["was left out", "was read as “Fetch”"])
    #expect(report.job.mapping.values == values)
  }

  @Test func `identifies rows as suggested by a column that the mapping leaves for it`()
    async throws
  {
    let task = ImportMapping.Column(heading: "Title", field: "title")
    func column(filling field: String?) -> [ImportMapping.Column] {
      [task, ImportMapping.Column(heading: "External ID", field: field)]
    }
    func identity(_ mapping: [ImportMapping.Column]) async throws -> String? {
      let file = "Title,External ID,Due time\nFetch,1,\n"
      return try await importFile(file, mapping: mapping, isDryRun: true).job.mapping.externalID
    }
    #expect(try await identity([]) == "External ID")
    #expect(try await identity(column(filling: nil)) == "External ID")
    #expect(try await identity(column(filling: "reference")) == nil)
    #expect(try await identity([task]) == nil)
    let mapping = column(filling: nil)
    _ = try await importFile("Title,External ID\nFetch,1\n", mapping: mapping)
    let again = try await importFile("Title,External ID\nFetch it,1\n", mapping: mapping)
    #expect([again.job.progress.created, again.job.progress.unchanged] == [0, 1])
  }

  @Test func `makes nothing of rows that were imported before`() async throws {
    _ = try await importFile(Self.file)
    let again = try await importFile(Self.file).job.progress
    #expect([again.created, again.unchanged, again.refused] == [0, 2, 2])
    #expect(try await errands().count == 2)
  }

  /// Errands with texts that a spreadsheet could run, in one tenant, as a file.
  private func exported(_ fields: [String]) async throws -> (file: String, errands: [Errand]) {
    let call = TestCaller.member(
      MemberID(high: 2, low: 2),
      "manager",
      in: TenantID(high: 5, low: 5)
    )
    let gate = TestCaller.gate(ErrandsObjects.grants)
    let handlers = ErrandsRPC(opened.store, gate, custom: ErrandImports.custom)
    var errands: [Errand] = []
    for (number, title) in ["=1+1", "'=1", "＝1", "+49 30 1234", "-5", "say \"x\", or", "'tis"]
      .enumerated()
    {
      var errand = Errand(title: title, notes: "@\(number)\nsecond line")
      if number == 0 {
        errand.minutes = 7
        errand.dueTime = Timestamp(rfc3339: "2026-01-31T09:30:00Z")
        errand.budget = Money(amountMinor: 123_456, currency: try #require(CurrencyCode("EUR")))
        errand.urgent = true
        errand.reference = "-R1"
        errand.day = CalendarDate("2026-02-01")
        errand.place = Place(street: "=Ring 1", city: "Wien")
        errand.state = "done"
        errand.custom = WellKnown.Struct(fields: [
          "twitter": WellKnown.Value(.string("@amy")), "stops": WellKnown.Value(.number(-2.5)),
          "mood": WellKnown.Value(.string("hectic")),
        ])
      }
      errands.append(try await handlers.createErrand(CreateErrandRequest(errand: errand), call))
    }
    let request = ExportRequest(fields: fields.joined(separator: ","))
    let file = try await handlers.exportErrands(request, call).content
    return (String(decoding: file, as: UTF8.self), errands)
  }

  @Test func `gets back from an export what the records had`() async throws {
    let names = [
      "title", "notes", "minutes", "state", "due_time", "budget", "urgent", "reference", "day",
      "place.street", "place.city", "custom.twitter", "custom.stops", "custom.mood",
    ]
    let (file, originals) = try await exported(names)
    #expect(file.contains("'=1+1,") && file.contains("''=1,") && file.contains("1234.56 EUR"))
    let progress = try await importFile(file).job.progress
    #expect([progress.rows, progress.created, progress.refused] == [7, 7, 0])
    let errands = try await errands()
    let schema = Errand.schema.adding(ErrandImports.custom)
    for name in names {
      let field = try #require(schema[name])
      #expect(errands.map { $0.value(of: field) } == originals.map { $0.value(of: field) })
    }
  }

  /// Bytes that are likely to confuse a reader of tables.
  private func randomFile(_ random: inout SeededRandom) -> [UInt8] {
    let pieces: [[UInt8]] = [
      Array("Title".utf8), Array("Due time".utf8), Array(",".utf8), Array(";".utf8),
      Array("\t".utf8),
      Array("\"".utf8), Array("\"\"".utf8), Array("\n".utf8), Array("\r\n".utf8), Array("\r".utf8),
      Array("\\".utf8), [0], [0xFF], [0xFE], [0xEF, 0xBB, 0xBF], [0xC3], Array("ü".utf8),
      Array("3/4/2026".utf8), Array("1.000,5".utf8), Array("PK\u{3}\u{4}".utf8),
      Array("<table>".utf8),
      Array("=1".utf8), Array("sep=;".utf8),
    ]
    return (0..<Int.random(in: 0..<60, using: &random))
      .flatMap { _ in pieces[Int.random(in: pieces.indices, using: &random)] }
  }

  @Test func `ends in a report, whatever the bytes are`() async throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<100 {
      let bytes = randomFile(&random)
      guard !bytes.isEmpty else { continue }
      let report = try await importBytes(bytes)
      let job = report.job
      #expect([.succeeded, .failed, .ready].contains(job.state), "\(bytes)")
      let progress = job.progress
      let ended =
        progress.created + progress.updated + progress.restored + progress.unchanged
        + progress.refused
      #expect(ended == progress.rows, "\(bytes)")
      if job.state == .ready { _ = try await engine.cancel("\(job.id)", call) }
    }
  }

  @Test func `refuses a mapping to fields that no column fills`() async throws {
    for name in ["owner_id", "labels", "create_time", "custom", "custom.unknown", "nothing"] {
      await #expect(throws: MeshError.self) {
        _ = try await create([ImportMapping.Column(heading: "x", field: name)])
      }
    }
    let made = try await create([ImportMapping.Column(heading: "x", field: "custom.twitter")])
    #expect(made.mapping.columns.first?.field == "custom.twitter")
  }

  @Test(arguments: [0, 1, 3, Int64.max - 1, .max] as [Int64])
  func `takes the chunk that is next, and none that overlaps or leaves a gap`(offset: Int64)
    async throws
  {
    var job = try await create()
    #expect(try job.receive(offset: 0, count: 2))
    #expect(try job.receive(offset: 0, count: 2) == false)
    #expect(try job.receive(offset: 1, count: 1) == false)
    #expect(throws: AppendFault.wrongOffset(expected: 2)) {
      _ = try job.receive(offset: offset, count: 5)
    }
    #expect(job.receivedBytes == 2)
  }
}
