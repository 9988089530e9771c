import LeadsAPI
import MeshCore
import MeshCrypto
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshImport

@Suite struct `Importing leads` {
  private static let file = """
    \u{FEFF}Id,Last Name,Company,E-mail,Phone,Status,Notes
    1,Denson,Chargepal,gary@example.com,660-485-0224,Nurturing,"two
    lines"
    2,Roye,Merry,,,New,nobody can reach them
    3,Javier,Pender,GARY@example.com,507-417-6153,nurturing,the same address as 1
    """

  @LoopActor
  private func upload(
    _ text: String,
    to bench: LeadsBench,
    as call: Call? = nil,
    mapping: [ColumnMapping] = [],
    chunk: Int = 17
  ) async throws -> LeadsAPI.Import {
    let call = call ?? bench.asAdmin()
    var job = try await bench.handlers.createImport(
      CreateImportRequest(
        import: LeadsAPI.Import(
          fileName: "leads.csv",
          mapping: mapping,
          externalIdColumn: mapping.isEmpty ? "Id" : ""
        )
      ),
      call
    )
    let bytes = Array(text.utf8)
    for offset in stride(from: 0, to: bytes.count, by: chunk) {
      job = try await bench.handlers.appendImportContent(
        append(Array(bytes[offset..<min(offset + chunk, bytes.count)]), at: offset, job.id),
        call
      )
    }
    #expect(job.receivedBytes == Int64(bytes.count))
    return try await bench.handlers.startImport(
      StartImportRequest(id: job.id, sizeBytes: Int64(bytes.count)),
      call
    )
  }

  private func append(_ content: [UInt8], at offset: Int, _ id: String)
    -> AppendImportContentRequest
  {
    AppendImportContentRequest(
      id: id,
      offset: Int64(offset),
      content: content,
      sha256: Hex.encode(SHA256.hash(content))
    )
  }

  /// Works through an import, one step after the other, as the runner does.
  @LoopActor
  private func work(_ started: LeadsAPI.Import, in bench: LeadsBench, rows: Int = 2) async throws
    -> LeadsAPI.Import
  {
    let id = try #require(ImportID(started.id))
    let steps = steps(in: bench, bench.handlers.rulesCache, rows: rows)
    try await steps.work(id, of: bench.tenant)
    return try await bench.handlers.getImport(GetImportRequest(id: started.id), bench.asAdmin())
  }

  @LoopActor
  private func steps(in bench: LeadsBench, _ cache: RulesCache, rows: Int)
    -> ImportSteps<LeadImports>
  {
    ImportSteps(
      plan: LeadImports(LeadForesight(cache: cache, store: bench.handlers.store)),
      store: bench.handlers.store,
      actor: "system:leads",
      batchRows: rows,
      gate: bench.access
    )
  }

  @LoopActor
  @Test func `makes leads, links duplicates and reports the rows it refuses`() async throws {
    let bench = try await LeadsBench()
    let done = try await work(try await upload(Self.file, to: bench), in: bench)
    #expect(done.state == .succeeded)
    #expect(done.failure.isEmpty)
    #expect([done.rows, done.created, done.duplicates, done.refused] == [3, 2, 1, 1])
    let refused = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: done.id),
      bench.asAdmin()
    ).refusedRows
    #expect(refused.map(\.line) == [4])
    #expect(refused.map(\.column) == ["E-mail"])
    #expect(
      refused.first?.reason.contains("must have a value when there is no phone number") == true
    )
    let leads = try await bench.handlers.listLeads(
      ListLeadsRequest(orderBy: "create_time, score"),
      bench.asAdmin()
    ).message().leads
    let original = try #require(leads.first { $0.lastName == "Denson" })
    #expect(original.description == "two\nlines")
    #expect(original.phone == "+16604850224")
    #expect(leads.first { $0.lastName == "Javier" }?.duplicateOf == original.id)
  }

  @LoopActor
  @Test func `leaves a status out that asks for more than its row has`() async throws {
    let bench = try await LeadsBench()
    let status = try #require(try await bench.statuses().first { $0.key == "qualified" })
    _ = try await bench.change(status) { $0.requiredFields = ["job_title"] }
    let file = """
      Id,Last Name,E-mail,Title,Status
      1,Denson,gary@example.com,,Qualified
      2,Roye,merry@example.com,Director,qualified
      3,Javier,tam@example.com,,New
      """
    let done = try await work(try await upload(file, to: bench), in: bench)
    #expect([done.rows, done.created, done.refused] == [3, 3, 0])
    let remark = try #require(done.rowRemarks.first)
    #expect(remark.line == 2 && remark.column == "Status" && remark.value == "Qualified")
    #expect(remark.text.contains("must have a value in the status “Qualified”"))
    let leads = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "qualified"),
      bench.asAdmin()
    ).message().leads
    #expect(leads.map(\.lastName) == ["Roye"])
  }

  @LoopActor
  @Test func `takes leads that were converted where they come from`() async throws {
    let bench = try await LeadsBench()
    let file = """
      Id,Last Name,E-mail,Status
      1,Denson,gary@example.com,Converted
      """
    let done = try await work(try await upload(file, to: bench), in: bench)
    #expect([done.rows, done.created, done.refused] == [1, 1, 0])
    let lead = try await bench.handlers.listLeads(
      ListLeadsRequest(),
      bench.asAdmin()
    ).message().leads.first
    #expect(lead?.status == "converted" && lead?.lifecycleStage == "sales_qualified")
    #expect(lead?.converted == false)
  }

  @LoopActor
  @Test func `leaves out a substatus that the status does not have`() async throws {
    let bench = try await LeadsBench()
    let status = try #require(try await bench.statuses().first { $0.key == "contacted" })
    _ = try await bench.change(status) { $0.substatuses = ["Left a message"] }
    let file = """
      Id,Last Name,E-mail,Status,Substatus,Lifecycle Stage
      1,Denson,gary@example.com,Contacted,left a message,Customer
      2,Roye,merry@example.com,New,Left a message,
      3,Javier,tam@example.com,Dead,,
      """
    let done = try await work(try await upload(file, to: bench), in: bench)
    #expect([done.rows, done.created, done.refused] == [3, 3, 0])
    let remark = try #require(done.rowRemarks.first)
    #expect(remark.line == 3 && remark.column == "Substatus" && remark.value == "Left a message")
    #expect(remark.text.contains("was left out"))
    let leads = try await bench.handlers.listLeads(
      ListLeadsRequest(orderBy: "last_name"),
      bench.asAdmin()
    ).message().leads
    #expect(leads.map(\.substatus) == ["Left a message", "", ""])
    #expect(leads.map(\.lifecycleStage) == ["customer", "lost", "lead"])
  }

  @LoopActor
  @Test func `reports each column at fault by itself, and counts blank rows as such`() async throws
  {
    let bench = try await LeadsBench()
    let file = "Last Name,E-mail,Notes\n,,nothing\n ,\t, \nDenson,gary@example.com,\n,,\n"
    let done = try await work(try await upload(file, to: bench, mapping: mapping), in: bench)
    #expect([done.rows, done.created, done.refused, done.blank] == [2, 1, 1, 2])
    let refused = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: done.id),
      bench.asAdmin()
    ).refusedRows
    #expect(refused.map(\.line) == [2, 2])
    #expect(refused.map(\.column) == ["Last Name", "E-mail"])
    #expect(
      refused.map(\.reason) == [
        "must have a value when there is no company and no first name",
        "must have a value when there is no phone number",
      ]
    )
  }

  @LoopActor
  @Test func `adds no status for a row that it refuses`()
    async throws
  {
    let bench = try await LeadsBench()
    let file = "Id,Last Name,E-mail,Employees,Status\n1,Denson,,many,Nurturing\n"
    let done = try await work(try await upload(file, to: bench), in: bench)
    #expect([done.created, done.refused] == [0, 1])
    let refused = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: done.id),
      bench.asAdmin()
    ).refusedRows
    #expect(refused.map(\.column) == ["E-mail"])
    #expect(done.remarks.isEmpty, "the status was added for a row that is refused")
  }

  @LoopActor
  @Test func `creates nothing when the same rows come again, whatever their order`() async throws {
    let bench = try await LeadsBench()
    _ = try await work(try await upload(Self.file, to: bench), in: bench)
    let lines = Self.file.replacing("\u{FEFF}", with: "").split(separator: "\n")
    let turned = [lines[0], lines[4], lines[3], lines[1], lines[2]].joined(separator: "\n")
    let again = try await work(try await upload(turned, to: bench), in: bench)
    #expect([again.created, again.unchanged, again.refused] == [0, 2, 1])
  }

  @LoopActor
  @Test func `goes on after a crash from where it durably was`() async throws {
    let bench = try await LeadsBench()
    var text = "Last Name,E-mail\n"
    for number in 0..<50 { text += "L\(number),l\(number)@example.com\n" }
    let started = try await upload(text, to: bench, mapping: mapping)
    let id = try #require(ImportID(started.id))
    let steps = steps(in: bench, RulesCache(bench.replicas), rows: 20)
    let file = try #require(try await steps.surveyed(id, of: bench.tenant))
    _ = try await steps.advance(id, of: bench.tenant, file)
    // What was in memory is gone: the file is opened anew, as after a restart.
    let done = try await work(started, in: bench, rows: 7)
    #expect([done.rows, done.created, done.unchanged] == [50, 50, 0])
    #expect(try await bench.changes().count == 50)
  }

  private var mapping: [ColumnMapping] {
    [
      ColumnMapping(column: "Last Name", field: "last_name"),
      ColumnMapping(column: "E-mail", field: "email"),
    ]
  }

  @LoopActor
  @Test func `adds unknown statuses for those who may, and says in how many rows`() async throws {
    let bench = try await LeadsBench()
    let done = try await work(try await upload(Self.file, to: bench), in: bench)
    #expect(done.remarks.map(\.value) == ["Nurturing"])
    #expect(done.remarks.first?.rows == 2)
    let manager = TestCaller.member(bench.admin, "manager", in: bench.tenant)
    let other = "Last Name,E-mail,Status\nA,a@example.com,Unheard of\n"
    let byManager = try await work(
      try await upload(
        other,
        to: bench,
        as: manager,
        mapping: mapping + [
          ColumnMapping(column: "Status", field: "status")
        ]
      ),
      in: bench
    )
    #expect(byManager.created == 1)
    #expect(byManager.remarks.first?.text.contains("default") == true)
    let lead = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "email == 'a@example.com'"),
      bench.asAdmin()
    ).message().leads.first
    #expect(lead?.status == "new")
  }

  @LoopActor
  @Test func `takes chunks once and in order, and undamaged`() async throws {
    let bench = try await LeadsBench()
    let job = try await bench.handlers.createImport(
      CreateImportRequest(import: LeadsAPI.Import(fileName: "x.csv")),
      bench.asAdmin()
    )
    let first = append(Array("abc".utf8), at: 0, job.id)
    _ = try await bench.handlers.appendImportContent(first, bench.asAdmin())
    let again = try await bench.handlers.appendImportContent(first, bench.asAdmin())
    #expect(again.receivedBytes == 3)
    let gap = await refusal {
      _ = try await bench.handlers.appendImportContent(
        append(Array("x".utf8), at: 5, job.id),
        bench.asAdmin()
      )
    }
    #expect(gap?.code == .outOfRange)
    let beyond = await refusal {
      _ = try await bench.handlers.appendImportContent(
        append(Array("x".utf8), at: .max, job.id),
        bench.asAdmin()
      )
    }
    #expect(beyond?.code == .outOfRange)
    #expect(beyond?.violations.map(\.description) == ["must be 3, where the next chunk begins"])
    var damaged = append(Array("def".utf8), at: 3, job.id)
    damaged.content[0] ^= 1
    let refused = await refusal {
      _ = try await bench.handlers.appendImportContent(damaged, bench.asAdmin())
    }
    #expect(refused?.violations.map(\.field) == ["sha256"])
    let early = await refusal {
      _ = try await bench.handlers.startImport(
        StartImportRequest(id: job.id, sizeBytes: 99),
        bench.asAdmin()
      )
    }
    #expect(early?.violations.map(\.field) == ["size_bytes"])
  }

  @LoopActor
  @Test func `reads a row with a stray quote leniently, and says so with its line`() async throws {
    let bench = try await LeadsBench()
    let text =
      "Last Name,E-mail\nA,a@example.com\n\"C\"x,c@example.com\nB,b@example.com\n"
    let done = try await work(
      try await upload(text, to: bench, mapping: mapping),
      in: bench,
      rows: 2
    )
    #expect(done.state == .succeeded)
    #expect([done.rows, done.created, done.remarked] == [3, 3, 1])
    #expect(done.rowRemarks.map(\.line) == [3])
  }

  @LoopActor
  @Test func `stops when it is cancelled`() async throws {
    let bench = try await LeadsBench()
    let started = try await upload(Self.file, to: bench)
    _ = try await bench.handlers.cancelImport(CancelImportRequest(id: started.id), bench.asAdmin())
    let done = try await work(started, in: bench)
    #expect(done.state == .cancelled)
    #expect(done.created == 0)
  }

  @LoopActor
  @Test func `is known by its headers where it comes from a known system`() async throws {
    let bench = try await LeadsBench()
    let zoho = try await bench.handlers.suggestMapping(
      SuggestMappingRequest(columns: [
        "LEADID", "Last Name", "Lead Owner", "Email", "Mobile", "Lead Source", "Lead Status",
        "Created Time",
      ]),
      bench.asAdmin()
    )
    #expect(zoho.sourceSystem == "zoho")
    #expect(zoho.externalIdColumn == "LEADID")
    #expect(
      zoho.mapping.map(\.field) == [
        "", "last_name", "owner_id", "email", "phone", "source", "status", "create_time",
      ]
    )
  }
}
