import DealsAPI
import MeshCore
import MeshLoop
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

@Suite @LoopActor struct `Taking an import of accounts back` {
  private let bench: DealsBench

  init() async throws { bench = try await DealsBench() }

  private func present() async throws -> [String] {
    try await bench.handlers.listAccounts(
      ListAccountsRequest(orderBy: "name"),
      bench.asAdmin()
    ).message().accounts.filter { !$0.archived }.map(\.name)
  }

  @Test func `leaves those to which something refers by now`() async throws {
    let file = "account_id,account\n1,Free\n2,Held\n3,Sold\n"
    let done = try await bench.importFile(file, of: Account.self)
    _ = try await bench.importFile("contact_id,last_name,account\n1,Lee,Held\n", of: Contact.self)
    _ = try await bench.importFile("deal_id,name,account\n1,Pump,Sold\n", of: Deal.self)
    let undo = try await bench.undone(done, of: Account.self)
    #expect([undo.deleted, undo.left] == [1, 2])
    #expect(try await present() == ["Held", "Sold"])
  }

  @Test func `takes those back that refer to one another, whichever comes first`() async throws {
    let file = """
      account_id,account,subsidiary_of
      1,Part,Whole
      2,Whole,
      3,Other part,Whole
      """
    let done = try await bench.importFile(file, of: Account.self)
    #expect(done.created == 3 && done.incomplete == 0)
    let undo = try await bench.undone(done, of: Account.self)
    #expect([undo.deleted, undo.left] == [3, 0])
    #expect(try await present().isEmpty)
  }

  @Test func `leaves a contact to whom another reports that came later`() async throws {
    let done = try await bench.importFile("contact_id,last_name\n1,Lee\n2,Moe\n", of: Contact.self)
    _ = try await bench.importFile(
      "contact_id,last_name,reports_to\n9,Hopper,Lee\n",
      of: Contact.self
    )
    let undo = try await bench.undone(done, of: Contact.self)
    #expect([undo.deleted, undo.left] == [1, 1])
  }
}

@Suite @LoopActor struct `An owner who is named in several columns` {
  @Test func `is found by the first of them that names a member`() async throws {
    let bench = try await DealsBench()
    bench.follow(bench.reps[0], "rep", "Ada Byron")
    let file = """
      deal_id,name,sales_agent,owner
      1,Pump,ada@old.example,Ada Byron
      2,Valve,Ada Byron,eve@old.example
      3,Pipe,ada@old.example,Eve Moe
      """
    let done = try await bench.importFile(file, of: Deal.self)
    #expect([done.created, done.refused] == [3, 0])
    let deals = try await bench.handlers.listDeals(
      ListDealsRequest(orderBy: "name"),
      bench.asAdmin()
    ).message().deals
    #expect(deals.map(\.name) == ["Pipe", "Pump", "Valve"])
    #expect(deals.map(\.ownerId) == [bench.admin, bench.reps[0], bench.reps[0]])
    #expect(Set(done.remarks.map(\.value)) == ["ada@old.example", "Eve Moe"])
    #expect(done.remarks.map(\.rows) == [1, 1])
    let unknown = try #require(done.reading?.unknownOwners)
    #expect(Set(unknown.map(\.value)) == ["ada@old.example", "Eve Moe"])
    #expect(unknown.map(\.rows) == [1, 1])
  }
}

@Suite @LoopActor struct `A row about a record that is out of reach` {
  @Test func `changes nothing of it, and tells nothing`() async throws {
    let bench = try await DealsBench()
    let first = "contact_id,last_name,email,job_title\n1,Berg,ida@berg.example,Secret\n"
    #expect(try await bench.importFile(first, of: Contact.self).created == 1)
    let second =
      "contact_id,last_name,email,job_title,phone\n1,Berg,ida@berg.example,Chief,+12125550101\n"
    let done = try await bench.importFile(second, of: Contact.self, bench.asManager)
    #expect([done.created, done.updated, done.unchanged, done.refused] == [0, 0, 1, 0])
    #expect(done.rowRemarks.count == 1)
    #expect(done.rowRemarks.first?.text.contains("you may not change") == true)
    let list = try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin())
    let contact = try #require(try list.message().contacts.first)
    #expect(contact.jobTitle == "Secret" && contact.phone.isEmpty)
    // Whoever may change it fills it.
    let filled = try await bench.importFile(second, of: Contact.self)
    #expect(filled.updated == 1)
    #expect(filled.rowRemarks.first?.text.contains("“Secret”") == true)
  }
}

@Suite @LoopActor struct `Whoever takes an import back` {
  private let bench: DealsBench

  init() async throws {
    bench = try await DealsBench()
    bench.follow(bench.reps[1], "rep", "Eve Moe")
  }

  private func names() async throws -> [String] {
    try await bench.names().sorted()
  }

  @Test func `leaves what they may not delete`() async throws {
    let file = "deal_id,name,owner\n1,Pump,\n2,Valve,Eve Moe\n"
    let done = try await bench.importFile(file, of: Deal.self, bench.asManager)
    #expect(done.created == 2)
    let undo = try await bench.undone(done, of: Deal.self, bench.asManager)
    #expect([undo.deleted, undo.putBack, undo.left] == [1, 0, 1])
    #expect(try await names() == ["Valve"])
  }

  @Test func `leaves what they may not change by now`() async throws {
    let first = "deal_id,name\n1,Pump\n"
    _ = try await bench.importFile(first, of: Deal.self, bench.asManager)
    let file = "deal_id,name,description\n1,Pump,Tall\n"
    let done = try await bench.importFile(file, of: Deal.self, bench.asManager)
    #expect(done.updated == 1)
    let list = ListDealsRequest()
    let deals = try await bench.handlers.listDeals(list, bench.asAdmin()).message().deals
    let deal = try #require(deals.first)
    _ = try await bench.change(deal, "owner_id") { $0.ownerId = bench.reps[1] }
    let undo = try await bench.undone(done, of: Deal.self, bench.asManager)
    #expect([undo.deleted, undo.putBack, undo.left] == [0, 0, 1])
    #expect(try await bench.get(deal).description == "Tall")
  }

  @Test func `is the one on whose behalf it happens`() async throws {
    let done = try await bench.importFile("deal_id,name\n1,Pump\n", of: Deal.self, bench.asManager)
    #expect(try await bench.undone(done, of: Deal.self).deleted == 1)
    let deleted = try await bench.opened.changes().last { $0.action == "delete" }
    #expect(deleted?.onBehalfOf == "\(bench.admin)")
  }

  @Test func `leaves that somebody asked not to be contacted`() async throws {
    _ = try await bench.importFile(
      "contact_id,last_name,email\n1,Lee,lee@lee.example\n",
      of: Contact.self
    )
    let done = try await bench.importFile(
      "contact_id,last_name,email,job_title,Email Opt Out\n1,Lee,lee@lee.example,Chief,yes\n",
      of: Contact.self
    )
    #expect(done.updated == 1)
    let undo = try await bench.undone(done, of: Contact.self)
    #expect([undo.putBack, undo.left] == [0, 1])
    let list = try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin())
    let contact = try #require(try list.message().contacts.first)
    #expect(contact.jobTitle.isEmpty && contact.emailConsent == "denied")
  }
}
