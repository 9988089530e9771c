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
@Suite struct `A row about a lead that is known` {
  private static let first = """
    Lead Id,First Name,Last Name,Email,Title,City
    1,Ida,Berg,ida@berg.example,Buyer,
    """
  private static let second = """
    Lead Id,First Name,Last Name,Email,Title,City
    1,Ida,Berg-Lund,ida@berg.example,,Oslo
    """

  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func counts(_ done: LeadsAPI.Import) -> [Int64] {
    [done.created, done.updated, done.restored, done.unchanged, done.refused]
  }

  @Test func `fills what the lead lacks, and says what it did not overwrite`() async throws {
    _ = try await bench.importFile(Self.first)
    let done = try await bench.importFile(Self.second)
    #expect(counts(done) == [0, 1, 0, 0, 0])
    let lead = try #require(try await bench.allLeads().first)
    #expect([lead.lastName, lead.city, lead.jobTitle] == ["Berg", "Oslo", "Buyer"])
    let remark = try #require(done.rowRemarks.first)
    #expect(remark.line == 2 && remark.column == "Last Name" && remark.value == "Berg-Lund")
    #expect(remark.text.contains("“Berg”"))
  }

  @Test func `overwrites where that is wanted, and erases nothing`() async throws {
    _ = try await bench.importFile(Self.first)
    let done = try await bench.importFile(Self.second, choices: ImportChoices(known: "update"))
    #expect(counts(done) == [0, 1, 0, 0, 0])
    let lead = try #require(try await bench.allLeads().first)
    #expect([lead.lastName, lead.city, lead.jobTitle] == ["Berg-Lund", "Oslo", "Buyer"])
    #expect(done.rowRemarks.isEmpty)
  }

  @Test func `is skipped where that is wanted, with a remark`() async throws {
    _ = try await bench.importFile(Self.first)
    let done = try await bench.importFile(Self.second, choices: ImportChoices(known: "skip"))
    #expect(counts(done) == [0, 0, 0, 1, 0])
    #expect(done.rowRemarks.map(\.column) == ["Last Name", "City"])
  }

  @Test func `says nothing when the lead has all of it`() async throws {
    _ = try await bench.importFile(Self.first)
    let done = try await bench.importFile(Self.first)
    #expect(counts(done) == [0, 0, 0, 1, 0])
    #expect(done.rowRemarks.isEmpty)
  }

  @Test(arguments: [true, false])
  func `is known by either form of an id of Salesforce`(isLongFirst: Bool) async throws {
    let short = "00Q5g00000ABCDE"
    let ids = isLongFirst ? [short + "EA5", short] : [short, short + "EA5"]
    let first = "Lead ID,Last Name,Email\n\(ids[0]),Berg,ida@berg.example\n"
    let second = "Lead ID,Last Name,Email,City\n\(ids[1]),Berg,ida@berg.example,Oslo\n"
    _ = try await bench.importFile(first, from: "salesforce")
    let done = try await bench.importFile(second, from: "salesforce")
    #expect(counts(done) == [0, 1, 0, 0, 0])
    #expect(try await bench.allLeads().map(\.city) == ["Oslo"])
  }

  @Test func `is another person when nothing but the id agrees`() async throws {
    _ = try await bench.importFile(Self.first)
    let other = """
      Lead Id,First Name,Last Name,Email
      1,Tom,Ness,tom@ness.example
      """
    let done = try await bench.importFile(other)
    #expect(counts(done) == [1, 0, 0, 0, 0])
    #expect(done.rowRemarks.first?.text.contains("“Ida Berg”") == true)
    let again = try await bench.importFile(other)
    #expect(counts(again) == [0, 0, 0, 1, 0])
    #expect(try await bench.allLeads().count == 2)
  }

  @Test func `is found by its address where somebody decided what to do`() async throws {
    _ = try await bench.importFile("Last Name,Email\nBerg,ida@berg.example\n")
    let file = "Last Name,Email,City\nBerg,IDA@berg.example,Oslo\n"
    let plain = try await bench.importFile(file)
    #expect(counts(plain) == [1, 0, 0, 0, 0] && plain.duplicates == 1)
    let filled = try await bench.importFile(
      "Last Name,Email,Title\nBerg,ida@berg.example,Buyer\n",
      choices: ImportChoices(known: "fill_empty")
    )
    #expect(counts(filled) == [0, 1, 0, 0, 0])
    #expect(try await bench.allLeads().first?.jobTitle == "Buyer")
  }

  @Test func `never lifts a wish not to be contacted`() async throws {
    _ = try await bench.importFile(
      "Lead Id,Last Name,Email,Email Opt Out\n1,Berg,i@b.example,yes\n"
    )
    let done = try await bench.importFile(
      "Lead Id,Last Name,Email,Email Opt Out\n1,Berg,i@b.example,no\n",
      choices: ImportChoices(known: "update")
    )
    #expect(counts(done) == [0, 0, 0, 1, 0])
    #expect(try await bench.allLeads().first?.doNotEmail == true)
  }

  @Test(arguments: ["", "update", "skip"])
  func `takes over a wish not to be contacted, whatever becomes of the rest`(_ choice: String)
    async throws
  {
    _ = try await bench.importFile("Lead Id,Last Name,Email,Title\n1,Berg,i@b.example,Buyer\n")
    let done = try await bench.importFile(
      "Lead Id,Last Name,Email,Title,Unsubscribed\n1,Berg,i@b.example,Boss,2024-01-02\n",
      choices: ImportChoices(known: choice)
    )
    #expect(counts(done) == [0, 1, 0, 0, 0])
    let lead = try #require(try await bench.allLeads().first)
    #expect(lead.doNotEmail && lead.jobTitle == (choice == "update" ? "Boss" : "Buyer"))
  }

  @Test(arguments: ["", "restore"]) func `comes back after its deletion`(choice: String)
    async throws
  {
    _ = try await bench.importFile(Self.first)
    let old = try #require(try await bench.allLeads().first)
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: old.idText), bench.asAdmin())
    let done = try await bench.importFile(Self.first, choices: ImportChoices(deleted: choice))
    #expect(counts(done) == (choice == "restore" ? [0, 0, 1, 0, 0] : [1, 0, 0, 0, 0]))
    let lead = try #require(try await bench.allLeads().first)
    #expect((lead.id == old.id) == (choice == "restore"))
    let again = try await bench.importFile(Self.first)
    #expect(counts(again) == [0, 0, 0, 1, 0])
  }

  @Test func `is as it was when an export of ours comes back, and as edited when it was edited`()
    async throws
  {
    let leads = [
      Lead(
        firstName: "Ida",
        lastName: "Berg",
        email: "ida@berg.example",
        phone: "+12125550101 ext. 7",
        annualRevenue: Money(amountMinor: 123_456, currency: .usd),
        doNotCall: true,
        description: "=1+1\nsecond line"
      ),
      Lead(email: "info@north.example", companyName: "Northwind"),
      Lead(firstName: "Ole", phone: "+12125550102"),
    ]
    for lead in leads {
      _ = try await bench.handlers.createLead(CreateLeadRequest(lead: lead), bench.asAdmin())
    }
    let before = try await bench.allLeads()
    let file = try await bench.handlers.exportLeads(ExportRequest(), bench.asAdmin()).content
    let text = String(decoding: file, as: UTF8.self)
    let done = try await bench.importFile(text)
    #expect(counts(done) == [0, 0, 0, 3, 0])
    #expect(done.rowRemarks.isEmpty)
    #expect(done.reading?.columns.first { $0.column == "id" }?.group == .imported)
    #expect(try await bench.allLeads() == before)
    let edited = text.replacing(",Northwind,", with: ",Southwind,")
    let changed = try await bench.importFile(edited, choices: ImportChoices(known: "update"))
    #expect(counts(changed) == [0, 1, 0, 2, 0])
    let names = try await bench.allLeads().map(\.companyName)
    #expect(names == ["", "Southwind", ""])
  }

  @Test func `keeps when it was made, where an export of ours makes it elsewhere`() async throws {
    let file = """
      id,last_name,email,create_time
      \(LeadID(high: 9, low: 9)),Berg,ida@berg.example,2020-01-31T00:00:00Z
      """
    #expect(counts(try await bench.importFile(file)) == [1, 0, 0, 0, 0])
    let lead = try #require(try await bench.allLeads().first)
    #expect(lead.description == "create_time: 2020-01-31T00:00:00Z")
    #expect(counts(try await bench.importFile(file)) == [0, 0, 0, 1, 0])
  }

  @Test func `restores nobody else, and says what it changed`() async throws {
    _ = try await bench.importFile(Self.first)
    let old = try #require(try await bench.allLeads().first)
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: old.idText), bench.asAdmin())
    let other = try await bench.importFile(
      "Lead Id,First Name,Last Name,Email\n1,Tom,Ness,tom@ness.example\n",
      choices: ImportChoices(deleted: "restore")
    )
    #expect(counts(other) == [1, 0, 0, 0, 0])
    let done = try await bench.importFile(Self.second, choices: ImportChoices(deleted: "restore"))
    #expect(counts(done) == [0, 0, 1, 0, 0])
    let lead = try #require(try await bench.allLeads().first { $0.id == old.id })
    #expect([lead.lastName, lead.city] == ["Berg", "Oslo"])
    #expect(done.rowRemarks.map(\.value) == ["Berg-Lund"])
  }

  @Test func `is told apart by its values where ids repeat`() async throws {
    let file = """
      Record Id,Last Name,Email
      4.87655E+17,Berg,ida@berg.example
      4.87655E+17,Lund,ole@lund.example
      """
    let done = try await bench.importFile(file)
    #expect(counts(done) == [2, 0, 0, 0, 0])
    #expect(done.reading?.remarks.contains { $0.contains("“Record Id” is no id") } == true)
  }
}

@LoopActor
@Suite struct `Taking an import back` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func undone(_ id: String) async throws -> LeadsAPI.Import {
    let begun = try await bench.handlers.undoImport(UndoImportRequest(id: id), bench.asAdmin())
    #expect(begun.state == .undoing)
    return try await bench.worked(id)
  }

  @Test func `deletes what it made, but not what has been changed since`() async throws {
    let file = "Last Name,Email\nBerg,ida@berg.example\nLund,ole@lund.example\n"
    let done = try await bench.importFile(file)
    var lead = try #require(try await bench.allLeads().first { $0.lastName == "Lund" })
    lead.city = "Oslo"
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: lead, updateMask: WellKnown.FieldMask(paths: ["city"])),
      bench.asAdmin()
    )
    let ended = try await undone(done.id)
    #expect(ended.state == .undone)
    #expect(ended.undo?.deleted == 1 && ended.undo?.left == 1)
    #expect(try await bench.allLeads().map(\.lastName) == ["Lund"])
    let again = try await bench.handlers.undoImport(UndoImportRequest(id: done.id), bench.asAdmin())
    #expect(again.state == .undone && again.undo?.deleted == 1)
  }

  @Test func `puts fields back that are still as it left them`() async throws {
    _ = try await bench.importFile("Lead Id,Last Name,Email,City,Title\n1,Berg,i@b.example,Oslo,\n")
    let done = try await bench.importFile(
      "Lead Id,Last Name,Email,City,Title\n1,Berg,i@b.example,Bergen,Buyer\n",
      choices: ImportChoices(known: "update")
    )
    var lead = try #require(try await bench.allLeads().first)
    #expect(lead.city == "Bergen" && lead.jobTitle == "Buyer")
    lead.jobTitle = "Chief"
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: lead, updateMask: WellKnown.FieldMask(paths: ["job_title"])),
      bench.asAdmin()
    )
    let ended = try await undone(done.id)
    #expect(ended.undo?.putBack == 0 && ended.undo?.left == 1)
    lead = try #require(try await bench.allLeads().first)
    #expect(lead.city == "Oslo" && lead.jobTitle == "Chief")
  }

  @Test func `is refused while it is at work, and for a dry run`() async throws {
    let file = "Last Name,Email\nBerg,ida@berg.example\n"
    let sent = try await bench.sent(file)
    let early = await refusal {
      _ = try await bench.handlers.undoImport(UndoImportRequest(id: sent.id), bench.asAdmin())
    }
    #expect(early?.code == .failedPrecondition)
    let trial = try await bench.importFile(file, isDryRun: true)
    #expect(trial.created == 1)
    #expect(try await bench.allLeads().isEmpty)
    let dry = await refusal {
      _ = try await bench.handlers.undoImport(UndoImportRequest(id: trial.id), bench.asAdmin())
    }
    #expect(dry?.code == .failedPrecondition)
  }
}
