import DealsAPI
import MeshCore
import MeshLoop
import MeshPeers
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

/// Rules that each record seems to have changed for since it was read.
private struct OvertakenRules: RecordRules {
  func prepare(_ deal: inout Deal, before: Deal?, _ check: inout FieldCheck) throws {
    throw MeshError.staleEtag()
  }
}

@Suite @LoopActor struct `Importing accounts, contacts and deals` {
  private static let accounts = """
    account_id,account,subsidiary_of,sector
    1,Northwind Ltd,2,technolgy
    2,Northwind,,retail
    3,Orphan,Nobody,retail
    """
  private static let deals = """
    opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
    A1,ADA byron,GTXPro,Northwind,Won,1/2/2017,3/14/2017,"1,054.50"
    A2,Ada Byron,,2,Prospecting,,,
    A3,Ada Biron,,,Lost,1/2/2017,3/14/2017,0
    A4,Ada Byron,,Nortwind,Engaging,1/2/2017,,
    A5,Ada Byron,,,Dreaming,1/2/2017,,
    """

  private let bench: DealsBench

  init() async throws {
    bench = try await DealsBench()
    bench.follow(bench.reps[0], "rep", "Ada Byron")
  }

  private func all(_ filter: String = "") async throws -> [Deal] {
    try await bench.handlers.listDeals(
      ListDealsRequest(filter: filter, orderBy: "name"),
      bench.asAdmin()
    ).message().deals
  }

  private func accounts() async throws -> [String: Account] {
    let list = try await bench.handlers.listAccounts(ListAccountsRequest(), bench.asAdmin())
    return Dictionary(try list.message().accounts.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
  }

  @Test
  func `links accounts to parents that stand further down, and reports those that are absent`()
    async throws
  {
    let value = ImportedValue(column: "sector", from: "Technolgy", to: "technology")
    let done = try await bench.importFile(Self.accounts, of: Account.self, values: [value])
    #expect(done.state == .succeeded, "\(done.failure)")
    #expect([done.rows, done.created, done.refused] == [3, 3, 0])
    let accounts = try await accounts()
    #expect(accounts["Northwind Ltd"]?.parentId == accounts["Northwind"]?.id)
    #expect(accounts["Northwind Ltd"]?.industry == "technology")
    #expect(accounts["Orphan"]?.parentId == nil)
    #expect(done.incomplete == 1)
    #expect(try await bench.faults(of: done) == [])
    #expect(try await bench.faults(of: done, created: true) == ["4 parent_id"])
    #expect(done.remarks.contains { $0.field == "industry" && $0.rows == 1 })
    let again = try await bench.importFile(Self.accounts, of: Account.self, values: [value])
    #expect([again.created, again.unchanged] == [0, 3])
  }

  @Test func `makes nothing in a dry run, and reports the same`() async throws {
    let done = try await bench.importFile(Self.accounts, of: Account.self, isDryRun: true)
    #expect([done.rows, done.created, done.refused, done.incomplete] == [3, 3, 0, 1])
    #expect(try await bench.faults(of: done) == [])
    #expect(try await bench.faults(of: done, created: true) == ["4 parent_id"])
    #expect(try await accounts().isEmpty)
    let real = try await bench.importFile(Self.accounts, of: Account.self)
    #expect(real.created == 3)
  }

  @Test
  func `finds members by full name and accounts by id or name, and refuses what it cannot find`()
    async throws
  {
    _ = try await bench.importFile(Self.accounts, of: Account.self)
    let first = try await bench.importFile(Self.deals, of: Deal.self)
    #expect([first.rows, first.created, first.refused] == [5, 3, 2])
    #expect(try await bench.faults(of: first) == ["5 account_id", "6 stage"])
    #expect(Set(first.remarks.map(\.value)).isSuperset(of: ["Ada Biron", "Nortwind", "Dreaming"]))
    let meant = try #require(try await self.accounts()["Northwind"]?.idText)
    let second = try await bench.importFile(
      Self.deals,
      of: Deal.self,
      values: [
        ImportedValue(column: "sales_agent", from: "Ada Biron", to: "Ada Byron"),
        ImportedValue(column: "account", from: "Nortwind", to: meant),
        ImportedValue(column: "deal_stage", from: "Dreaming", to: "New"),
      ]
    )
    #expect([second.created, second.unchanged, second.refused] == [2, 3, 0])
    let (deals, accounts) = (try await all(), try await accounts())
    #expect(deals.count == 5)
    #expect(deals.filter { $0.ownerId != bench.reps[0] }.map(\.status) == ["lost"])
    let won = try #require(deals.first { $0.status == "won" })
    #expect(won.stage == "closed_won" && won.winReason == "other")
    #expect(won.amount == Money(amountMinor: 105_450, currency: .usd))
    #expect(won.startDate?.description == "2017-01-02")
    #expect(won.closeDate?.description == "2017-03-14")
    #expect(won.description == "product: GTXPro")
    #expect(won.accountId == accounts["Northwind"]?.id)
    #expect(deals.filter { $0.stage == "new" }.count == 2)
    #expect(deals.first { $0.stage == "qualified" }?.name == "Northwind A4")
    #expect(deals.first { $0.status == "lost" }?.lossReason == "other")
    while try await bench.handlers.rescorer.advance(bench.tenant, by: 10) {}
    let northwind = try #require(try await self.accounts()["Northwind"])
    #expect(northwind.healthScore == 40 && northwind.lastWonDate == won.closeDate)
  }

  @Test func `asks in a dry run whether the only name was meant that is near`() async throws {
    _ = try await bench.importFile(Self.accounts, of: Account.self)
    let file = Self.deals + "\nA6,Ada Byron,,,Qualifed,1/2/2017,,\nA7,Eve Moe,,,Won,1/2/2017,,"
    let done = try await bench.importFile(file, of: Deal.self, isDryRun: true)
    let faults = try await bench.handlers.listImportFaults(
      ListImportFaultsRequest(id: done.id),
      bench.asAdmin()
    ).faults
    func reason(in line: Int64) -> String { faults.first { $0.line == line }?.reason ?? "" }
    let owners = done.remarks.filter { $0.field == "owner_id" }.map(\.text)
    #expect(owners.contains("names no member, and would be left out; did you mean “Ada Byron”?"))
    #expect(owners.contains("names no member, and would be left out"))
    #expect(
      reason(in: 5)
        == "must name an account that exists; “Nortwind” does not; did you mean “Northwind”?"
    )
    let unknown = try #require(faults.first { $0.line == 5 })
    #expect(unknown.reasonCode == .unknownName && unknown.suggestion == "Northwind")
    #expect([unknown.object, unknown.value] == ["account", "Nortwind"])
    let texts = done.remarks.filter { $0.field == "stage" }.map(\.text)
    #expect(texts.contains { $0.hasSuffix("; did you mean “Qualified”?") })
  }

  @Test(arguments: ["opportunity_id,deal,stage", "deal_id,deal_name,deal_stage"])
  func `knows files of opportunities by either heading`(header: String) async throws {
    let file = "\(header)\nA1,Pumps,Prospecting\nA2,Valves,Engaging\n"
    let done = try await bench.importFile(file, of: Deal.self)
    #expect([done.created, done.refused] == [2, 0])
    #expect(header.hasPrefix(done.externalIdColumn + ","))
    let deals = try await all()
    #expect(deals.map(\.name) == ["Pumps", "Valves"])
    #expect(deals.map(\.stage) == ["new", "qualified"])
  }

  @Test func `refuses rows that a stage with a condition is to take, named or not`() async throws {
    _ = try await bench.change(try await bench.pipeline(), "stages") {
      $0.stages[0].entryCondition = "amount >= 10"
    }
    let file = """
      deal_id,name,amount,stage
      1,Small,5,
      2,Large,50,
      3,Named,50,New
      4,Further,5,Demo
      """
    let done = try await bench.importFile(file, of: Deal.self)
    #expect([done.rows, done.created, done.refused] == [4, 1, 3])
    #expect(try await bench.faults(of: done) == ["2 stage", "3 stage", "4 stage"])
    let found = try await bench.handlers.listImportFaults(.init(id: done.id), bench.asAdmin())
    #expect(found.faults.allSatisfy { $0.reasonCode == .entryCondition && $0.value == "New" })
    #expect(try await all().map(\.name) == ["Further"])
    let bare = try await bench.importFile("name,amount\nSmall,5\n", of: Deal.self, isDryRun: true)
    #expect(bare.refused == 1)
    #expect(try await bench.faults(of: bare) == ["2 stage"])
  }

  @Test func `asks nothing about a list to which files add nothing, and leaves its values out`()
    async throws
  {
    let rows = (1...11).map { "\($0),Pump \($0),Closed Lost,Odd reason \($0)\n" }.joined()
    let done = try await bench.importFile("deal_id,name,stage,loss_reason\n" + rows, of: Deal.self)
    #expect(done.state == .succeeded && done.questions.isEmpty)
    #expect([done.created, done.refused] == [11, 0])
    let values = try #require(done.reading?.newValues)
    #expect(values.count == 11 && values.allSatisfy { $0.leftOut && $0.rows == 1 })
    #expect(done.remarks.count { $0.value.hasPrefix("Odd reason") && $0.rows == 1 } == 11)
    #expect(Set(try await all().map(\.lossReason)) == ["other"])
  }

  @Test func `names every column at fault of a row, and says in a dry run what would be`()
    async throws
  {
    let people = "contact_id,last_name,email,account\n1,Lee,nobody,Nowhere\n"
    for isDryRun in [true, false] {
      let done = try await bench.importFile(people, of: Contact.self, isDryRun: isDryRun)
      #expect(try await bench.faults(of: done) == ["2 account_id"])
      let outcome = isDryRun ? "would be refused" : "were refused"
      #expect(done.remarks.map(\.text) == ["names no account; these rows \(outcome)"])
    }
    // A stage is one of a pipeline: where that is not known, nothing is said of it.
    let deals = "deal_id,name,pipeline,stage,close_date\n1,Pump,Nowhere,Upcoming,soon\n"
    let refused = try await bench.importFile(deals, of: Deal.self)
    #expect(try await bench.faults(of: refused) == ["2 pipeline_id"])
    let won = "deal_id,name,stage\n1,Pump,Closed Won\n"
    let trial = try await bench.importFile(won, of: Deal.self, isDryRun: true)
    #expect(
      trial.remarks.map(\.text) == ["was missing; these rows would get the reason other"]
    )
  }

  @Test func `refuses a row whose record is ABORTED, as it would be each time`() async throws {
    let plan = RecordImportPlan<Deal>(
      relations: [:],
      bench.handlers.peers.importSurroundings(lock: DealsRPC.lock),
      rules: { _ in OvertakenRules() }
    )
    let done = try await bench.importFile("name\nMachines\n", of: Deal.self, by: plan)
    #expect([done.created, done.refused] == [0, 1])
    #expect(done.state == .succeeded)
  }

  @Test func `gives records without an owner to whoever imports`() async throws {
    let file = "deal_id,name\n1,Machines\n"
    #expect(try await bench.importFile(file, of: Deal.self, bench.asManager).created == 1)
    #expect(try await all().map(\.ownerId) == [bench.manager])
  }

  @Test func `links contacts to accounts and to whom they report to`() async throws {
    _ = try await bench.importFile(Self.accounts, of: Account.self)
    let file = """
      contact_id,first_name,last_name,account,reports_to
      1,Tim,Lee,Northwind,2
      2,Grace,Hopper,Northwind,
      """
    let done = try await bench.importFile(file, of: Contact.self, rows: 1)
    #expect([done.created, done.refused] == [2, 0])
    let contacts = try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin())
      .message().contacts
    let grace = try #require(contacts.first { $0.firstName == "Grace" })
    #expect(contacts.first { $0.firstName == "Tim" }?.reportsToId == grace.id)
    let northwind = try #require(try await accounts()["Northwind"])
    #expect(grace.accountId == northwind.id)
  }

  @Test func `relates records by the ids that they have where the file comes from`() async throws {
    let parts = "account_id,name,parent_external_id\n1,Part,2\n2,Whole,\n"
    #expect(try await bench.importFile(parts, of: Account.self).created == 2)
    let named = try await accounts()
    let whole = try #require(named["Whole"]?.id)
    #expect(named["Part"]?.parentId == whole)
    _ = try await bench.importFile("deal_id,name,account_external_id\n7,Pump,2\n", of: Deal.self)
    #expect(try await all().map(\.accountId) == [whole])
    let people = "contact_id,last_name,reports_to_external_id\n1,Lee,2\n2,Hopper,\n"
    let done = try await bench.importFile(people, of: Contact.self)
    #expect(done.created == 2 && done.refused == 0 && done.incomplete == 0)
    #expect(try await bench.faults(of: done, created: true) == [])
  }

  @Test func `finds no record that is not there, also in a dry run`() async throws {
    let file = "account_id,account,subsidiary_of\n9,Part,\(AccountID(high: 7, low: 7))\n"
    for isDryRun in [true, false] {
      let done = try await bench.importFile(file, of: Account.self, isDryRun: isDryRun)
      #expect(try await bench.faults(of: done, created: true) == ["2 parent_id"])
    }
  }

  @Test func `finds a contact by name whose earlier import was deleted`() async throws {
    func row(_ name: String, _ reportsTo: String = "") -> String {
      "contact_id,last_name,reports_to\n\(name),\(name),\(reportsTo)\n"
    }
    _ = try await bench.importFile(row("Hopper"), of: Contact.self)
    let list = try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin())
    let first = try #require(try list.message().contacts.first)
    _ = try await bench.handlers.deleteContact(.init(id: first.idText), bench.asAdmin())
    let second = try await bench.contact("Hopper")
    let done = try await bench.importFile(row("Lee", "Hopper"), of: Contact.self)
    #expect(done.created == 1 && done.incomplete == 0)
    let staff = try await bench.handlers.listContacts(
      ListContactsRequest(filter: "last_name == 'Lee'"),
      bench.asAdmin()
    ).message().contacts
    #expect(staff.map(\.reportsToId) == [second.id])
  }

  @Test func `refuses a kind of record that has no imports, and dates in no order`() async {
    let wrong = [
      RecordImport(fileName: "x", object: "lead"),
      RecordImport(fileName: "x", object: "deal", dateOrder: "ymd"),
    ]
    for (draft, field) in zip(wrong, ["object", "date_order"]) {
      let fields = await refused {
        _ = try await bench.handlers.createRecordImport(
          CreateRecordImportRequest(recordImport: draft),
          bench.asAdmin()
        )
      }
      #expect(fields == [field])
    }
  }
}
