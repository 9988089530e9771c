import DealsAPI
import MeshImport
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import DealsService

@Suite @LoopActor struct `Rows that name others of their kind` {
  private let bench: DealsBench

  init() async throws { bench = try await DealsBench() }

  @Test(arguments: [true, false])
  func `tells with a row's other faults that it names no record of its kind`(isDryRun: Bool)
    async throws
  {
    let people = """
      contact_id,last_name,account,reports_to
      1,Part,Nowhere,Nobody
      2,Fine,,Nobody
      3,Half,Nowhere,Refused
      4,Refused,Nowhere,
      5,Whole,Nowhere,Fine
      """
    let done = try await bench.importFile(people, of: Contact.self, isDryRun: isDryRun)
    #expect([done.created, done.refused, done.incomplete] == [1, 4, 1])
    let refused = [
      "2 account_id", "2 reports_to_id", "4 account_id", "4 reports_to_id", "5 account_id",
      "6 account_id",
    ]
    #expect(try await bench.faults(of: done) == refused)
    #expect(try await bench.faults(of: done, created: true) == ["3 reports_to_id"])
    let remark = try #require(done.remarks.first { $0.value == "Nobody" })
    #expect(remark.rows == 2 && remark.text.hasPrefix("could not be linked"))
    let accounts = "account_id,account,subsidiary_of\n1,,Nobody\n2,Fine,\n"
    let firms = try await bench.importFile(accounts, of: Account.self, isDryRun: isDryRun)
    #expect([firms.created, firms.refused, firms.incomplete] == [1, 1, 0])
    #expect(try await bench.faults(of: firms) == ["2 name", "2 parent_id"])
    // The values of a row with too many stand under wrong headings.
    let wide = "account_id,account,subsidiary_of\n9,Wide,Nowhere,more,and more\n8,Near,\n7,Far,\n"
    let shifted = try await bench.importFile(wide, of: Account.self, isDryRun: isDryRun)
    #expect(try await bench.faults(of: shifted) == ["2 "])
  }

  @Test(arguments: [true, false])
  func `refuses to put a row below itself, and rows in a circle, also in a dry run`(
    isDryRun: Bool
  ) async throws {
    let file = """
      account_id,account,subsidiary_of
      1,Self,Self
      2,Own,2
      3,Upper,5
      4,Lower,Upper
      5,Middle,Lower
      6,Below,Middle
      """
    let done = try await bench.importFile(file, of: Account.self, isDryRun: isDryRun)
    #expect([done.created, done.refused, done.incomplete] == [6, 0, 3])
    let faults = try await bench.faults(of: done, created: true)
    #expect(faults == ["2 parent_id", "3 parent_id", "6 parent_id"])
    let reasons = try await bench.reasons(of: done, created: true)
    #expect(reasons.allSatisfy { $0 == LineageRule.noCircle }, "\(reasons)")
    let request = ListImportFaultsRequest(id: done.id, created: true)
    let found = try await bench.handlers.listImportFaults(request, bench.asAdmin()).faults
    #expect(found.allSatisfy { $0.reasonCode == .circle && $0.object == "account" })
    #expect(found.map(\.value) == ["Self", "2", "Lower"])
    let faulty = "contact_id,last_name,account,reports_to\n9,Alone,Nowhere,Alone\n"
    let refused = try await bench.importFile(faulty, of: Contact.self, isDryRun: isDryRun)
    #expect(try await bench.faults(of: refused) == ["2 account_id", "2 reports_to_id"])
    let last = try await bench.reasons(of: refused, created: false).last
    #expect(last == LineageRule.noCircle)
  }

  @Test func `finds in a dry run what the import will find, by id before title`() async throws {
    _ = try await bench.importFile("account_id,account\n1,Twin\n", of: Account.self)
    let archived = try await bench.account("Gone")
    _ = try await bench.handlers.archiveAccount(.init(id: archived.idText), bench.asAdmin())
    let file = """
      account_id,account,subsidiary_of
      2,Twin,
      3,Of twins,Twin
      4,Of the first,1
      5,Of the fifth,5th
      5th,6,
      6,5th,
      7,Of none,Gone
      8,Same,
      9,Same,
      10,Of the same,Same
      """
    let expected = ["3 parent_id", "8 parent_id", "11 parent_id"]
    let trial = try await bench.importFile(file, of: Account.self, isDryRun: true)
    #expect(try await bench.faults(of: trial, created: true) == expected)
    let reasons = try await bench.reasons(of: trial, created: true)
    let done = try await bench.importFile(file, of: Account.self)
    #expect(try await bench.faults(of: done, created: true) == expected)
    #expect(try await bench.reasons(of: done, created: true) == reasons)
    #expect(done.incomplete == 3 && trial.incomplete == 3)
  }
}

@Suite @LoopActor struct `A name of another that cannot be one` {
  @Test(arguments: [
    (String(repeating: "x", count: 201), "200 characters"),
    ("x" + String(repeating: "\u{301}", count: 99), "combining marks"),
  ])
  func `costs an account its parent alone, and a contact of it everything`(
    name: String,
    rule: String
  ) async throws {
    let bench = try await DealsBench()
    let accounts = "account_id,account,subsidiary_of\n1,Part,\(name)\n"
    let firms = try await bench.importFile(accounts, of: Account.self)
    #expect([firms.created, firms.refused, firms.incomplete] == [1, 0, 0])
    #expect(firms.rowRemarks.map(\.column) == ["subsidiary_of"])
    #expect(firms.rowRemarks.first?.text.contains(rule) == true, "\(firms.rowRemarks)")
    let people = "contact_id,last_name,account\n1,Lee,\(name)\n"
    let done = try await bench.importFile(people, of: Contact.self)
    #expect([done.created, done.refused] == [0, 1])
    #expect(try await bench.reasons(of: done, created: false).first?.contains(rule) == true)
  }
}

@Suite @LoopActor struct `Records that rows name` {
  @Test(.enabled(if: TestDatabase.isSQLite))
  func `are looked for by indexes`() async throws {
    let log = PlanLog()
    let bench = try await DealsBench(plans: log)
    let firms = try await bench.importFile("account_id,account\n1,GTX\n", of: Account.self)
    let people = "contact_id,last_name\n1,Lee\n"
    let bosses = try await bench.importFile(people, of: Contact.self)
    #expect(firms.created == 1 && bosses.created == 1)
    try await bench.opened.multiply("accounts", of: bench.tenant, doublings: 7, varying: ["name"])
    let varying: Set = ["display_name"]
    try await bench.opened.multiply("contacts", of: bench.tenant, doublings: 7, varying: varying)
    try bench.opened.settle("accounts", "contacts")
    _ = log.take()
    let rows = "contact_id,last_name,account,reports_to\n2,Ray,GTX,Lee\n"
    let done = try await bench.importFile(rows, of: Contact.self)
    #expect(done.created == 1)
    let lines: [String] = log.take().flatMap(\.lines)
    for index in ["accounts_by_exact_name", "contacts_by_exact_display_name"] {
      #expect(lines.contains { $0.contains(index) }, "\(index)")
    }
  }
}

@Suite @LoopActor struct `Refused rows of one name` {
  @Test(.enabled(if: TestDatabase.isSQLite))
  func `are passed over by an index when others name them`() async throws {
    let log = PlanLog()
    let bench = try await DealsBench(plans: log)
    let rows = (1...9).map { "\($0),Same,Nowhere,Same\n" }.joined()
    let file = "contact_id,last_name,account,reports_to\n" + rows + "10,Fine,,Same\n"
    _ = log.take()
    let done = try await bench.importFile(file, of: Contact.self, isDryRun: true)
    #expect([done.created, done.refused, done.incomplete] == [1, 9, 1])
    let lines: [String] = log.take().flatMap(\.lines)
    let searches = lines.filter {
      $0.contains("import_links_by_text") && $0.contains("text=?")
    }
    #expect(!searches.isEmpty)
    #expect(searches.allSatisfy { $0.contains("text=? AND is_refused=?") }, "\(searches)")
  }

  @Test func `find themselves alone, and no other of them`() async throws {
    let bench = try await DealsBench()
    let file = """
      contact_id,last_name,account,reports_to
      1,Same,Nowhere,Same
      2,Same,Nowhere,Same
      3,Fine,,Same
      """
    let done = try await bench.importFile(file, of: Contact.self)
    let reasons = try await bench.reasons(of: done, created: false)
    #expect(reasons.filter { $0 == LineageRule.noCircle }.count == 2, "\(reasons)")
    #expect(try await bench.faults(of: done, created: true) == ["4 reports_to_id"])
  }
}
