import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import DealsService
@testable import MeshImport

@Suite @LoopActor struct `A row about a known record that names another` {
  private static let accounts = "account_id,account\n1,Part\n2,Whole\n3,Other\n"

  private let bench: DealsBench

  init() async throws { bench = try await DealsBench() }

  private func file(under parent: String) -> String {
    "account_id,account,subsidiary_of\n1,Part,\(parent)\n2,Whole,\n3,Other,\n"
  }

  /// What stands above Part; nil for nothing.
  private func parent() async throws -> String? {
    let accounts = try await bench.handlers.listAccounts(ListAccountsRequest(), bench.asAdmin())
      .message().accounts
    let part = try #require(accounts.first { $0.name == "Part" })
    return accounts.first { $0.id == part.parentId }?.name
  }

  private func counts(_ done: RecordImport) -> [Int64] {
    [done.created, done.updated, done.unchanged, done.refused, done.incomplete]
  }

  @Test func `is linked once its file was mended, and counts as updated, also in a dry run`()
    async throws
  {
    let first = try await bench.importFile(file(under: "Nobody"), of: Account.self)
    #expect(counts(first) == [3, 0, 0, 0, 1])
    let mended = file(under: "Whole")
    let trial = try await bench.importFile(mended, of: Account.self, isDryRun: true)
    #expect(counts(trial) == [0, 1, 2, 0, 0])
    #expect(try await parent() == nil)
    let done = try await bench.importFile(mended, of: Account.self)
    #expect(counts(done) == [0, 1, 2, 0, 0])
    #expect(try await parent() == "Whole")
    let again = try await bench.importFile(mended, of: Account.self)
    #expect(counts(again) == [0, 0, 3, 0, 0])
    let undo = try await bench.undone(done, of: Account.self)
    #expect([undo.deleted, undo.putBack, undo.left] == [0, 1, 0])
    #expect(try await parent() == nil)
  }

  @Test func `is linked to one that the same file makes further down`() async throws {
    _ = try await bench.importFile("account_id,account\n1,Part\n", of: Account.self)
    let done = try await bench.importFile(file(under: "Whole"), of: Account.self, rows: 10)
    #expect(counts(done) == [2, 1, 0, 0, 0])
    #expect(try await parent() == "Whole")
  }

  @Test(arguments: ["", "fill_empty", "skip", "update"])
  func `gets another parent only where known records are to be updated`(known: String)
    async throws
  {
    _ = try await bench.importFile(file(under: "Whole"), of: Account.self)
    let other = file(under: "Other")
    let done = try await bench.importFile(other, of: Account.self, known: known)
    if known == "update" {
      #expect(counts(done) == [0, 1, 2, 0, 0] && done.rowRemarks.isEmpty)
      #expect(try await parent() == "Other")
      #expect(try await bench.undone(done, of: Account.self).putBack == 1)
    } else {
      #expect(counts(done) == [0, 0, 3, 0, 0])
      #expect(done.rowRemarks.map(\.value) == ["Other"])
      #expect(done.rowRemarks.map(\.column) == ["subsidiary_of"])
    }
    #expect(try await parent() == "Whole")
  }

  @Test func `gets no parent where known records are skipped`() async throws {
    _ = try await bench.importFile(Self.accounts, of: Account.self)
    let done = try await bench.importFile(
      file(under: "Whole"),
      of: Account.self,
      known: "skip"
    )
    #expect(counts(done) == [0, 0, 3, 0, 0] && done.rowRemarks.map(\.value) == ["Whole"])
    #expect(try await parent() == nil)
  }

  @Test func `keeps the first of two that rows of one file name`() async throws {
    let twice = """
      account_id,account,subsidiary_of
      1,Part,Whole
      2,Whole,
      3,Other,
      """
    _ = try await bench.importFile(Self.accounts, of: Account.self)
    let file = twice + "\n\(try await id(of: "Part")),Part,Other\n"
    let done = try await bench.importFile(file, of: Account.self)
    #expect(try await parent() == "Whole")
    #expect(counts(done) == [0, 1, 3, 0, 0])
    #expect(done.remarks.map(\.value) == ["Other"])
  }

  private func id(of name: String) async throws -> String {
    let list = try await bench.handlers.listAccounts(ListAccountsRequest(), bench.asAdmin())
    return try #require(try list.message().accounts.first { $0.name == name }).idText
  }

  @Test(arguments: ["", "fill_empty", "skip", "update"])
  func `gets another account only where known records are to be updated`(known: String)
    async throws
  {
    _ = try await bench.importFile(Self.accounts, of: Account.self)
    let (whole, other) = (try await id(of: "Whole"), try await id(of: "Other"))
    let person = "contact_id,last_name,account\n1,Lee,"
    _ = try await bench.importFile(person + "Whole\n", of: Contact.self)
    let people = try await bench.importFile(person + "Other\n", of: Contact.self, known: known)
    let sale = "deal_id,name,account\n1,Pump,"
    _ = try await bench.importFile(sale + "Whole\n", of: Deal.self)
    let deals = try await bench.importFile(sale + "Other\n", of: Deal.self, known: known)
    let isUpdated = known == "update"
    for done in [people, deals] {
      #expect(counts(done) == (isUpdated ? [0, 1, 0, 0, 0] : [0, 0, 1, 0, 0]))
      #expect(done.rowRemarks.map(\.value) == (isUpdated ? [] : ["Other"]))
    }
    #expect(try await accounts() == (isUpdated ? [other, other] : [whole, whole]))
    guard isUpdated else { return }
    #expect(try await bench.undone(people, of: Contact.self).putBack == 1)
    #expect(try await bench.undone(deals, of: Deal.self).putBack == 1)
    #expect(try await accounts() == [whole, whole])
  }

  /// The accounts of the contact and of the deal.
  private func accounts() async throws -> [String] {
    let contacts = try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin())
      .message().contacts
    let deals = try await bench.handlers.listDeals(ListDealsRequest(), bench.asAdmin())
      .message().deals
    return (contacts.map(\.accountId) + deals.map(\.accountId)).map { $0.map { "\($0)" } ?? "" }
  }
}
