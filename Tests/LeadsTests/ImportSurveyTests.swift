import LeadsAPI
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
@Suite struct `Before an import starts` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func surveyed(_ text: String) async throws -> LeadsAPI.Import {
    let sent = try await bench.sent(text)
    _ = try await bench.handlers.surveyImport(
      SurveyImportRequest(id: sent.id, sizeBytes: sent.receivedBytes),
      bench.asAdmin()
    )
    return try await bench.worked(sent.id)
  }

  private func started(_ read: LeadsAPI.Import) async throws -> LeadsAPI.Import {
    try await bench.handlers.startImport(
      StartImportRequest(id: read.id, sizeBytes: read.receivedBytes),
      bench.asAdmin()
    )
  }

  @Test func `its file is read, and nothing is made`() async throws {
    let read = try await surveyed(
      "First Name,Last Name,Email,Annual Revenue,Score,Empty\nIda,Berg,i@b.example,\"1,200.50\",7,\n"
    )
    #expect(read.state == .ready && read.rows == 0)
    let reading = try #require(read.reading)
    #expect(reading.rows == 1)
    #expect(
      reading.columns.map(\.field) == [
        "first_name", "last_name", "email", "annual_revenue", "", "",
      ]
    )
    #expect(reading.columns.suffix(2).map(\.group) == [.leftOut, .empty])
    #expect(reading.columns[3].decimal == "point" && !reading.columns[3].readAs.isEmpty)
    #expect(reading.format.contains("commas"))
    #expect(try await bench.allLeads().isEmpty)
    _ = try await started(read)
    #expect(try await bench.worked(read.id).created == 1)
  }

  @Test func `the column that identifies its rows is used, and is left out when it cannot`()
    async throws
  {
    let rows = "Berg,i@b.example\n2,Lund,o@l.example\n"
    let trusted = try await surveyed("Lead Id,Last Name,Email\n1," + rows)
    let id = try #require(trusted.reading?.columns.first)
    #expect(id.group == .imported && id.readAs == "the id of the row" && id.field.isEmpty)
    let repeated = try await surveyed("Lead Id,Last Name,Email\n2," + rows)
    let none = try #require(repeated.reading?.columns.first)
    #expect(none.group == .leftOut && !none.distrusted.isEmpty)
  }

  @Test func `a question holds it up until it is answered`() async throws {
    let text = "Last Name,Email,Return Date\nBerg,i@b.example,3/4/2026\nLund,o@l.example,5/6/2026\n"
    var sources = "Last Name,Email,Lead Source\n"
    for number in 0..<11 { sources += "L\(number),l\(number)@x.example,Value \(number)\n" }
    let read = try await surveyed(sources)
    #expect(read.questions.map(\.decision) == [.newValues])
    #expect(read.reading?.newValues.count == 11)
    let refused = await refusal { _ = try await started(read) }
    #expect(refused?.code == .failedPrecondition)
    #expect(refused?.violations.map(\.field) == ["choices.new_values"])
    var answered = read
    answered.choices = ImportChoices(newValues: "leave_out")
    let changed = try await bench.handlers.updateImport(
      UpdateImportRequest(import: answered),
      bench.asAdmin()
    )
    #expect(changed.state == .ready && changed.questions.isEmpty)
    _ = try await started(changed)
    let done = try await bench.worked(read.id)
    #expect(done.created == 11)
    let lead = try #require(try await bench.allLeads().first)
    #expect(lead.source.isEmpty && lead.description.contains("Source: Value"))
    // A region that writes dates in one way needs no question.
    #expect(try await surveyed(text).questions.isEmpty)
  }

  @Test func `another mapping has the file read again`() async throws {
    let read = try await surveyed("Last Name,Email,Note to us\nBerg,i@b.example,7\n")
    #expect(read.mapping.map(\.place) == [1, 2, 3])
    var changed = read
    changed.mapping[2].field = "company_size"
    let again = try await bench.handlers.updateImport(
      UpdateImportRequest(import: changed),
      bench.asAdmin()
    )
    #expect(again.state == .surveying)
    let ready = try await bench.worked(read.id)
    #expect(ready.state == .ready && ready.reading?.columns[2].group == .imported)
    _ = try await started(ready)
    #expect(try await bench.worked(read.id).created == 1)
    #expect(try await bench.allLeads().first?.companySize == 7)
  }

  @Test func `a file without known headings is asked about`() async throws {
    let sent = try await bench.sent("Alpha,Beta\n1,2\n")
    _ = try await started(sent)
    let read = try await bench.worked(sent.id)
    #expect(read.state == .ready && read.questions.map(\.decision) == [.mapping])
    #expect(read.questions.first?.examples == ["Alpha", "Beta"])
  }

  @Test func `columns of one heading are told by their place`() async throws {
    let read = try await surveyed("Last Name,Email,Text,Text\nBerg,i@b.example,one,two\n")
    var changed = read
    changed.mapping[3].field = "job_title"
    _ = try await bench.handlers.updateImport(
      UpdateImportRequest(import: changed),
      bench.asAdmin()
    )
    _ = try await bench.worked(read.id)
    _ = try await started(read)
    _ = try await bench.worked(read.id)
    #expect(try await bench.allLeads().first?.jobTitle == "two")
  }

  @Test func `a file that is no table is named as what it is`() async throws {
    let done = try await bench.importFile("%PDF-1.7\n1 0 obj\n")
    #expect(done.state == .failed)
    #expect(done.failure.contains("a PDF document"))
  }

  @Test func `a web page with a table is read as its rows`() async throws {
    let page =
      "<html><body><table><tr><th>Last Name</th><th>Email</th></tr>"
      + "<tr><td>Berg</td><td>ida@berg.example</td></tr></table></body></html>"
    let done = try await bench.importFile(page)
    #expect(done.state == .succeeded && done.created == 1)
    #expect(try await bench.allLeads().first?.email == "ida@berg.example")
  }
}

@LoopActor
@Suite struct `Leads that an import made` {
  @Test func `are found by it, the duplicates among them, and no others`() async throws {
    let bench = try await LeadsBench()
    let draft = Lead(lastName: "Holm", email: "eva@holm.example", importId: "import_of_mine")
    let typed = try await bench.handlers.createLead(CreateLeadRequest(lead: draft), bench.asAdmin())
    #expect(typed.importId.isEmpty)
    let file = "Last Name,Email\nBerg,ida@berg.example\nHolm,eva@holm.example\n"
    let done = try await bench.importFile(file)
    #expect([done.created, done.duplicates] == [2, 1])
    let made = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "import_id == \"\(done.id)\"", orderBy: "create_time"),
      bench.asAdmin()
    )
    .message()
    .leads
    #expect(made.map(\.lastName) == ["Berg", "Holm"])
    #expect(made.map { $0.duplicateOf == nil } == [true, false])
    // It stays when the lead is changed.
    var changed = made[0]
    changed.city = "Troy"
    let saved = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: changed, updateMask: WellKnown.FieldMask(paths: ["city"])),
      bench.asAdmin()
    )
    #expect(saved.importId == done.id)
  }
}

@LoopActor
@Suite struct `Rows that were refused` {
  @Test func `can be had as a file, mended and imported again`() async throws {
    let bench = try await LeadsBench()
    let file = "Last Name,Email,Phone\nBerg,,\n\"Lund, Ole\",ole@lund.example,\n"
    let done = try await bench.importFile(file)
    #expect([done.created, done.refused] == [1, 1])
    let text = try await refused(in: done, bench)
    #expect(text.hasPrefix("Last Name,Email,Phone,Reason\r\nBerg,,,"))
    #expect(text.contains("must have a value when there is no phone number"))
    let mended = text.replacing("Berg,,,", with: "Berg,ida@berg.example,,")
    let again = try await bench.importFile(mended)
    #expect([again.rows, again.created, again.refused] == [1, 1, 0])
  }

  @Test func `have one reason, however often they are refused`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.importFile("Last Name,Email,Phone\nBerg,,\nLund,,\n")
    var text = try await refused(in: first, bench)
    text = text.replacing("Berg,,,", with: "Berg,ida@berg.example,,")
    for created in [1, 0] as [Int64] {
      let choices = ImportChoices(keepLeftOut: true)
      let again = try await bench.importFile(text, choices: choices)
      #expect([again.created, again.refused] == [created, 1])
      #expect(again.reading?.table?.hasReason == true)
      text = try await refused(in: again, bench)
      #expect(text.hasPrefix("Last Name,Email,Phone,Reason\r\nLund,,,"))
      #expect(text.split(separator: "\r\n").count == 2)
    }
    #expect(try await bench.allLeads().map(\.description) == [""])
  }

  @Test func `keep a column of that name that is the file's own`() async throws {
    let bench = try await LeadsBench()
    let done = try await bench.importFile("Last Name,Email,Reason\nBerg,,moved\n")
    #expect(done.reading?.table?.hasReason == false)
    let text = try await refused(in: done, bench)
    #expect(text.hasPrefix("Last Name,Email,Reason,Reason\r\nBerg,,moved,"))
  }

  private func refused(in done: LeadsAPI.Import, _ bench: LeadsBench) async throws -> String {
    let rows = try await bench.handlers.downloadImportRows(
      DownloadImportRowsRequest(id: done.id, refused: true),
      bench.asAdmin()
    )
    #expect(rows.nextCursor.isEmpty)
    return String(decoding: rows.content, as: UTF8.self)
  }
}

@LoopActor
@Suite struct `Who asked not to be contacted` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func created(_ lead: Lead) async throws -> Lead {
    try await bench.handlers.createLead(CreateLeadRequest(lead: lead), bench.asAdmin())
  }

  @Test func `is not when they come in again, by any path`() async throws {
    _ = try await bench.importFile(
      "Last Name,Email,Phone,Unsubscribed,Do Not Call\nBerg,ida@berg.example,+12125550101,yes,yes\n"
    )
    let byForm = try await created(Lead(lastName: "Berg", email: "IDA@berg.example"))
    #expect(byForm.doNotEmail && !byForm.doNotCall)
    let byNumber = try await created(Lead(lastName: "B", phone: "(212) 555-0101"))
    #expect(byNumber.doNotCall && !byNumber.doNotEmail)
    let done = try await bench.importFile("Last Name,Email\nBerg,ida@berg.example\n")
    #expect(done.created == 1)
    #expect(try await bench.allLeads().last?.doNotEmail == true)
  }

  @Test func `is not after their lead was deleted either`() async throws {
    let lead = try await created(
      Lead(lastName: "Berg", email: "ida@berg.example", doNotEmail: true)
    )
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: lead.idText), bench.asAdmin())
    let again = try await created(Lead(lastName: "Berg", email: "ida@berg.example"))
    #expect(again.doNotEmail)
  }

  @Test func `is so when another lead gets their address`() async throws {
    _ = try await created(Lead(lastName: "Berg", email: "ida@berg.example", doNotEmail: true))
    var other = try await created(Lead(lastName: "Lund", email: "ole@lund.example"))
    #expect(!other.doNotEmail)
    other.email = "ida@berg.example"
    let changed = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: other, updateMask: WellKnown.FieldMask(paths: ["email"])),
      bench.asAdmin()
    )
    #expect(changed.doNotEmail)
  }

  @Test func `is so when another lead gets their number, or comes out of the trash`() async throws {
    var other = try await created(
      Lead(lastName: "Lund", email: "ida@berg.example", phone: "+12125550199")
    )
    let call = bench.asAdmin()
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: other.idText), call)
    _ = try await created(
      Lead(
        lastName: "Berg",
        email: "ida@berg.example",
        phone: "+12125550101",
        doNotEmail: true,
        doNotSms: true
      )
    )
    other = try await bench.handlers.undeleteLead(UndeleteLeadRequest(id: other.idText), call)
    #expect(other.doNotEmail && !other.doNotSms)
    other.phone = "(212) 555-0101"
    let changed = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: other, updateMask: WellKnown.FieldMask(paths: ["phone"])),
      call
    )
    #expect(changed.doNotSms && !changed.doNotCall)
  }

  @Test func `is so when an import gives a known lead their address, or restores it`() async throws
  {
    _ = try await created(Lead(lastName: "Berg", email: "ida@berg.example", doNotEmail: true))
    _ = try await bench.importFile("Lead Id,Last Name,Phone\n7,Berg,+12125550107\n")
    let done = try await bench.importFile(
      "Lead Id,Last Name,Phone,Email\n7,Berg,+12125550107,ida@berg.example\n"
    )
    #expect(done.updated == 1)
    let filled = try #require(try await bench.allLeads().last)
    #expect(filled.email == "ida@berg.example" && filled.doNotEmail)
    let file = "Lead Id,Last Name,Email\n8,Lund,ole@lund.example\n"
    _ = try await bench.importFile(file)
    let lund = try #require(try await bench.allLeads().last)
    let request = DeleteLeadRequest(id: lund.idText)
    _ = try await bench.handlers.deleteLead(request, bench.asAdmin())
    _ = try await created(Lead(lastName: "L", email: "ole@lund.example", doNotEmail: true))
    let back = try await bench.importFile(file, choices: ImportChoices(deleted: "restore"))
    #expect(back.restored == 1)
    #expect(try await bench.allLeads().first { $0.id == lund.id }?.doNotEmail == true)
  }

  @Test func `is so for those who stand further down in the same file`() async throws {
    let file =
      "Last Name,Email,Email Opt Out\nBerg,ida@berg.example,yes\nB,IDA@berg.example,\nC,c@c.example,\n"
    _ = try await bench.importFile(file)
    #expect(try await bench.allLeads().map(\.doNotEmail) == [true, true, false])
  }

  @Test func `is so for a value that says neither yes nor no`() async throws {
    let done = try await bench.importFile(
      "Last Name,Email,Email Opt Out\nBerg,ida@berg.example,perhaps\n"
    )
    #expect(try await bench.allLeads().first?.doNotEmail == true)
    #expect(done.rowRemarks.first?.value == "perhaps")
  }
}
