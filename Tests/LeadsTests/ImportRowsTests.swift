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
@Suite struct `A row of a file of leads` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  /// The only lead of a file.
  private func lead(
    _ text: String,
    _ choices: ImportChoices? = nil
  ) async throws -> (Lead, LeadsAPI.Import) {
    let done = try await bench.importFile(text, choices: choices)
    #expect([done.created, done.refused] == [1, 0], "\(done.failure) \(done.questions)")
    return (try #require(try await bench.allLeads().last), done)
  }

  @Test func `has the best address first, and keeps the others`() async throws {
    let (lead, _) = try await lead(
      "Last Name,Email,Secondary Email\nHolm,\"eva@holm.example; e2@holm.example\",e3@holm.example\n"
    )
    #expect(lead.email == "eva@holm.example")
    #expect(
      lead.description == """
        Other e-mail address: e2@holm.example
        Other e-mail address: e3@holm.example
        """
    )
  }

  @Test func `has the first number that can exist, read as in its own country`() async throws {
    let (lead, done) = try await lead(
      "Last Name,Work Phone,Mobile Phone,Country\nBerg,12,030 901820,Germany\n"
    )
    #expect(lead.phone == "+4930901820" && lead.phoneValid)
    #expect(lead.description.contains("Other phone number: 12"))
    #expect(done.rowRemarks.isEmpty)
  }

  @Test func `keeps the extension of a number, and what was written behind it`() async throws {
    let (lead, _) = try await lead("Last Name,Phone\nBerg,212-555-0101 x12 (mornings only)\n")
    #expect(lead.phone == "+12125550101 ext. 12")
    #expect(lead.description == "Phone: mornings only")
  }

  @Test func `takes numbers without a country as those of the country that was chosen`()
    async throws
  {
    let (lead, _) = try await lead(
      "Last Name,Phone\nBerg,030 901820\n",
      ImportChoices(region: "DE")
    )
    #expect(lead.phone == "+4930901820")
  }

  @Test func `has a name that was written in one column`() async throws {
    let (lead, _) = try await lead("Full Name,Email\n\"Berg, Dr. Ida Maria\",ida@berg.example\n")
    #expect([lead.firstName, lead.lastName] == ["Ida Maria", "Berg"])
    #expect(lead.description.contains("Dr."))
  }

  @Test func `has its middle name in the description, where that has a column of its own`()
    async throws
  {
    let (lead, _) = try await lead(
      "First Name,Middle Name,Last Name,Email\nIda,Maria,Berg,ida@berg.example\n"
    )
    #expect([lead.firstName, lead.lastName] == ["Ida", "Berg"])
    #expect(lead.description == "Middle Name: Maria")
  }

  @Test func `may have a first name alone`() async throws {
    let (lead, _) = try await lead("First Name,Email\nIda,ida@berg.example\n")
    #expect(lead.firstName == "Ida" && lead.lastName.isEmpty)
  }

  @Test func `is cut where a value is too long, and keeps the whole`() async throws {
    let title = "Head of " + String(repeating: "many things and ", count: 20) + "more"
    let (lead, done) = try await lead("Last Name,Email,Title\nBerg,ida@berg.example,\(title)\n")
    // The blank at which it was cut is no part of it.
    #expect(lead.jobTitle == String(title.prefix(199)))
    #expect(lead.description == "Title: \(title)")
    #expect(done.rowRemarks.first?.text.contains("200 characters") == true)
  }

  @Test func `has nothing where the file says that there is nothing`() async throws {
    let (lead, done) = try await lead(
      "Last Name,Email,Website,Annual Revenue,Employees,City\nNull,n@x.example,N/A,-,unknown,none\n"
    )
    #expect(lead.lastName == "Null")
    #expect(lead.website.isEmpty && lead.annualRevenue == nil && lead.companySize == nil)
    #expect(done.rowRemarks.isEmpty)
  }

  @Test(arguments: [
    ("City", "#N/A"), ("Company", "########"), ("Title", "#VALUE!"), ("Zip", "#REF!"),
  ])
  func `has no error of a spreadsheet, but a remark on it`(
    _ heading: String,
    _ cell: String
  ) async throws {
    let (lead, done) = try await lead(
      "First Name,Last Name,Email,\(heading)\nIda,#NAME?,n@x.example,\(cell)\n"
    )
    #expect(lead.firstName == "Ida" && lead.lastName.isEmpty)
    #expect([lead.city, lead.companyName, lead.jobTitle, lead.postalCode].joined().isEmpty)
    #expect(done.rowRemarks.map(\.value) == ["#NAME?", cell])
  }

  @Test(arguments: [
    ("Jennifer,Null,", "Jennifer Null"), ("NULL,Berg,", "Berg"), ("Ida,Unknown,", "Ida"),
    ("Ida,,Ida Berg", "Ida Berg"), (",Berg,\"Berg, Ida\"", "Ida Berg"), ("Ida,n/a,Ida null", "Ida"),
    (",,von der Leyen", "von der Leyen"), ("Null,Null,Ida Berg", "Ida Berg"),
  ])
  func `has the name that its columns say together`(_ cells: String, _ name: String) async throws {
    let (lead, _) = try await lead(
      "First Name,Last Name,Full Name,Email\n\(cells),n@x.example\n"
    )
    let whole = [lead.firstName, lead.lastName].filter { !$0.isEmpty }.joined(separator: " ")
    #expect(whole == name)
    #expect(lead.description.isEmpty)
  }

  @Test func `has no amount in a currency that is not known`() async throws {
    let done = try await bench.importFile(
      "Last Name,Email,Annual Revenue,Currency\nA,a@x.example,5,Euro\nB,b@x.example,5,Doge\n"
    )
    let leads = try await bench.allLeads()
    #expect(leads.map { $0.annualRevenue?.currency.text } == ["EUR", nil])
    #expect(done.rowRemarks.map(\.line) == [3])
  }

  @Test(arguments: [
    ("Phone,Country", "030 901820,Bavaria or so", "030 901820"),
    ("Phone,Phone Country Code,Country", "030 901820,0,Germany", "+4930901820"),
    ("Phone,Phone Country Code,Country", "030 901820,49,Norway", "+4930901820"),
    ("Phone,Country", "212 555 0101,N/A", "+12125550101"),
  ])
  func `has a number of its own country, or as it is written`(
    _ headings: String,
    _ cells: String,
    _ phone: String
  ) async throws {
    let (lead, _) = try await lead("Last Name,\(headings)\nBerg,\(cells)\n")
    #expect(lead.phone == phone)
  }

  @Test(arguments: ["#N/A", "maybe", "Opted Out", "2024-01-02"])
  func `asks not to be mailed where the column may say so`(_ cell: String) async throws {
    let (lead, _) = try await lead("Last Name,Email,Email Opt Out\nBerg,i@b.example,\(cell)\n")
    #expect(lead.doNotEmail)
  }

  @Test func `has the lower bound of a range, and the range in the description`() async throws {
    let (lead, done) = try await lead("Last Name,Email,Employees\nBerg,i@b.example,50-99\n")
    #expect(lead.companySize == 50)
    #expect(lead.description == "Employees: 50-99")
    #expect(done.rowRemarks.map(\.value) == ["50-99"])
  }

  @Test func `reads a point before three digits as the column shows`() async throws {
    let file =
      "Last Name,Email,Annual Revenue\nBerg,i@b.example,1.200\nLund,o@l.example,\"3.400,50\"\n"
    let done = try await bench.importFile(file)
    #expect(done.created == 2)
    let amounts = try await bench.allLeads().map { $0.annualRevenue?.amountMinor }
    #expect(amounts == [120_000, 340_050])
    #expect(done.reading?.columns.last?.decimal == "comma")
  }

  @Test func `keeps what fills no field, where that is wanted`() async throws {
    let file = "Last Name,Email,Old Score,Nickname\nBerg,i@b.example,77,Idi\n"
    let (plain, _) = try await lead(file)
    #expect(plain.description.isEmpty)
    let (kept, _) = try await lead(
      file.replacing("i@b", with: "j@b"),
      ImportChoices(keepLeftOut: true)
    )
    #expect(kept.description == "Old Score: 77\nNickname: Idi")
  }

  @Test func `goes to its owner by address or name, and otherwise to the next in turn`()
    async throws
  {
    bench.follow(bench.reps[0], "rep", takesLeads: true)
    let done = try await bench.importFile(
      "Last Name,Email,Owner\nBerg,i@b.example,Nobody Known\n"
    )
    #expect(done.created == 1)
    #expect(done.remarks.map(\.value) == ["Nobody Known"])
    #expect(done.reading?.unknownOwners.map(\.value) == ["Nobody Known"])
    #expect(try await bench.allLeads().first?.ownerId != nil)
  }

  @Test func `leaves no remark and no list entry behind when it is refused`() async throws {
    let file = "Last Name,Email,Status,Lead Source\nBerg,,Called twice,Fair\n"
    let done = try await bench.importFile(file)
    #expect([done.rows, done.created, done.refused] == [1, 0, 1])
    #expect(done.remarks.isEmpty && done.rowRemarks.isEmpty)
    let refused = try await bench.handlers.listRefusedRows(
      ListRefusedRowsRequest(id: done.id),
      bench.asAdmin()
    ).refusedRows
    #expect(refused.map(\.column) == ["Email"])
    let (lead, taken) = try await lead(
      "Last Name,Email,Status,Lead Source\nBerg,i@b.example,Called twice,Fair\n"
    )
    #expect(lead.source == "fair" && lead.status == "called_twice")
    #expect(taken.remarks.map(\.rows) == [1, 1])
  }

  @Test func `does not fail for a status that the list does not have and nobody may add`()
    async throws
  {
    let (lead, _) = try await lead(
      "Last Name,Email,Status\nBerg,i@b.example,called on day 3\n",
      ImportChoices(newValues: "leave_out")
    )
    #expect(lead.status == "new" && lead.description == "Status: called on day 3")
  }
}
