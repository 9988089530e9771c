import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService

@Suite @LoopActor struct `A contact` {
  @Test func `is at several accounts, of which one is the main one`() async throws {
    let bench = try await DealsBench()
    let (first, second) = (try await bench.account("First"), try await bench.account("Second"))
    let contact = try await bench.contact("Denson") {
      $0.accounts = [
        ContactAccount(
          accountId: first.id,
          role: "Champion",
          startDate: CalendarDate("2024-01-31"),
          endDate: CalendarDate("2025-01-31")
        ),
        ContactAccount(accountId: second.id, role: "technical"),
      ]
    }
    #expect(contact.accountId == second.id)
    #expect(contact.accounts.map(\.role) == ["champion", "technical"])
    let third = try await bench.account("Third")
    let added = try await bench.change(contact, "account_id") { $0.accountId = third.id }
    #expect(added.accounts.map(\.accountId) == [first.id, second.id, third.id])
    let left = try await bench.change(added, "accounts") { $0.accounts.removeLast() }
    #expect(left.accountId == second.id)
    let list = ListContactsRequest(filter: "account_id == '\(second.idText)'")
    let found = try await bench.handlers.listContacts(list, bench.asAdmin()).message().contacts
    #expect(found == [left])
    func names(at account: Account) async throws -> [String] {
      let list = ListContactsRequest(filter: "'\(account.idText)' in account_ids")
      return try await bench.handlers.listContacts(list, bench.asAdmin()).message().contacts
        .map(\.lastName)
    }
    #expect(try await names(at: first) == ["Denson"])
    #expect(try await names(at: third) == [])
    let delete = DeleteContactRequest(id: contact.idText)
    _ = try await bench.handlers.deleteContact(delete, bench.asAdmin())
    #expect(try await names(at: first) == [])
    let rows = try await bench.handlers.store.read(bench.tenant) { transaction in
      try transaction.value("SELECT count(*) FROM contact_accounts", as: Int.self)
    }
    #expect(rows == 0)
    _ = try await bench.handlers.undeleteContact(.init(id: contact.idText), bench.asAdmin())
    #expect(try await names(at: first) == ["Denson"])
  }

  @Test func `is refused what is wrong with an account, which is named`() async throws {
    let bench = try await DealsBench()
    let account = try await bench.account("Acme")
    func fields(_ entries: ContactAccount...) async -> [String]? {
      await refused { _ = try await bench.contact("Denson") { $0.accounts = entries } }
    }
    let (early, late) = (CalendarDate("2024-01-01"), CalendarDate("2024-01-02"))
    let good = ContactAccount(accountId: account.id)
    #expect(await fields(ContactAccount(role: "champion")) == ["accounts[0].account_id"])
    #expect(
      await fields(good, ContactAccount(accountId: account.id)) == ["accounts[1].account_id"]
    )
    #expect(
      await fields(ContactAccount(accountId: account.id, role: "friend")) == ["accounts[0].role"]
    )
    #expect(
      await fields(ContactAccount(accountId: account.id, startDate: late, endDate: early))
        == ["accounts[0].end_date"]
    )
    let unknown = AccountID(high: 7, low: 7)
    #expect(
      await fields(good, ContactAccount(accountId: unknown)) == ["accounts[1].account_id"]
    )
  }

  @Test func `reports to another, and never in a circle`() async throws {
    let bench = try await DealsBench()
    let head = try await bench.contact("Head")
    let staff = try await bench.contact("Staff") { $0.reportsToId = head.id }
    for below in [head, staff] {
      let fields = await refused {
        _ = try await bench.change(head, "reports_to_id") { $0.reportsToId = below.id }
      }
      #expect(fields == ["reports_to_id"])
    }
  }

  @Test func `comes back to those it reported to, unless they report to it by now`() async throws {
    let bench = try await DealsBench()
    let head = try await bench.contact("Head")
    let lead = try await bench.contact("Lead") { $0.reportsToId = head.id }
    let staff = try await bench.contact("Staff") { $0.reportsToId = lead.id }
    func restore(_ contact: Contact) async throws -> Contact {
      try await bench.handlers.undeleteContact(.init(id: contact.idText), bench.asAdmin())
    }
    for contact in [lead, head] {
      let delete = DeleteContactRequest(id: contact.idText)
      _ = try await bench.handlers.deleteContact(delete, bench.asAdmin())
    }
    #expect(try await restore(lead).reportsToId == head.id)
    _ = try await bench.handlers.deleteContact(.init(id: lead.idText), bench.asAdmin())
    let back = try await restore(head)
    _ = try await bench.change(back, "reports_to_id") { $0.reportsToId = staff.id }
    #expect(await refused { _ = try await restore(lead) } == ["reports_to_id"])
    _ = try await bench.change(back, "reports_to_id") { $0.reportsToId = nil }
    #expect(try await restore(lead).reportsToId == head.id)
  }

  @Test func `has a name, and says what it agreed to`() async throws {
    let bench = try await DealsBench()
    #expect(await refused { _ = try await bench.contact("") } == ["last_name"])
    let contact = try await bench.contact("") {
      ($0.firstName, $0.emailConsent, $0.phoneConsent) = ("Gary", "granted", "denied")
    }
    #expect(contact.displayName == "Gary")
    let list = ListContactsRequest(filter: "email_consent == 'granted' && sms_consent == null")
    let found = try await bench.handlers.listContacts(list, bench.asAdmin()).message().contacts
    #expect(found == [contact])
    let fields = await refused {
      _ = try await bench.change(contact, "sms_consent") { $0.smsConsent = "perhaps" }
    }
    #expect(fields == ["sms_consent"])
  }

  @Test func `is linked to the oldest that it repeats`() async throws {
    let bench = try await DealsBench()
    let first = try await bench.contact("Szyslak") { $0.email = "moe@example.com" }
    let second = try await bench.contact("Other") { $0.email = "MOE@example.com" }
    let third = try await bench.contact("Third") { $0.email = "moe@Example.com" }
    #expect(second.duplicateOf == first.id && third.duplicateOf == first.id)
    let phone = try await bench.contact("Denson") { $0.phone = "660-485-0224 x12" }
    let same = try await bench.contact("DENSON") { $0.phone = "+16604850224" }
    let apart = try await bench.contact("Denson") { $0.phone = "660-485-0224 x13" }
    #expect(same.duplicateOf == phone.id && apart.duplicateOf == phone.id)
    let colleague = try await bench.contact("Sampson") { $0.phone = "+16604850224" }
    #expect(colleague.duplicateOf == nil)

    let delete = DeleteContactRequest(id: first.idText)
    _ = try await bench.handlers.deleteContact(delete, bench.asAdmin())
    #expect(try await bench.get(second).duplicateOf == nil)
    #expect(try await bench.get(third).duplicateOf == second.id)
    #expect(try await bench.get(second).etag == second.etag)
    let undelete = UndeleteContactRequest(id: first.idText)
    _ = try await bench.handlers.undeleteContact(undelete, bench.asAdmin())
    #expect(try await bench.get(second).duplicateOf == first.id)
    #expect(try await bench.get(third).duplicateOf == first.id)
    _ = try await bench.change(second, "email") { $0.email = "else@example.com" }
    #expect(try await bench.get(second).duplicateOf == nil)
  }

  @Test func `is linked in the background to another where very many repeat one that goes`()
    async throws
  {
    let bench = try await DealsBench()
    var contacts: [Contact] = []
    for number in 0..<203 {
      contacts.append(try await bench.contact("\(number)") { $0.email = "info@example.com" })
    }
    let (first, second) = (contacts[0], contacts[1])
    func linked() async throws -> [Int?] {
      try await bench.handlers.store.read(bench.tenant) { transaction in
        try [first, second].map { contact in
          try transaction.value(
            "SELECT count(*) FROM contacts WHERE duplicate_of = \(contact.id)"
          )
        }
      }
    }
    #expect(try await linked() == [202, 0])
    let delete = DeleteContactRequest(id: first.idText)
    _ = try await bench.handlers.deleteContact(delete, bench.asAdmin())
    #expect(try await linked() == [2, 199])
    try await bench.finishOperations()
    #expect(try await linked() == [0, 201])
    _ = try await bench.handlers.undeleteContact(.init(id: first.idText), bench.asAdmin())
    #expect(try await linked() == [200, 2])
    try await bench.finishOperations()
    #expect(try await linked() == [202, 0])
    #expect(try await bench.get(contacts[202]).etag == contacts[202].etag)
  }

  @Test func `is compared while it is being typed`() async throws {
    let bench = try await DealsBench()
    let mail = try await bench.contact("Szyslak") { $0.email = "moe@example.com" }
    let phone = try await bench.contact("Denson") { $0.phone = "+16604850224" }
    func matches(_ contact: Contact) async throws -> [String] {
      let request = CheckContactDuplicatesRequest(contact: contact)
      return try await bench.handlers.checkContactDuplicates(request, bench.asRep()).matches
        .map { "\($0.contact?.lastName ?? "") by \($0.matchedBy)" }
    }
    let typed = Contact(lastName: "denson", email: "MOE@example.com", phone: "660 485 0224")
    #expect(try await matches(typed) == ["Szyslak by email", "Denson by phone"])
    #expect(try await matches(mail) == [])
    #expect(try await matches(Contact(phone: phone.phone)) == [])
    let other = try await bench.contact("Burns") { $0.email = mail.email }
    #expect(try await matches(mail) == ["Burns by email"])
    _ = try await bench.change(other, "duplicate_resolution_status") {
      $0.duplicateResolutionStatus = "skipped"
    }
    #expect(try await matches(mail) == [])
  }

  @Test func `is not linked again with one that it was said to be no duplicate of`() async throws {
    let bench = try await DealsBench()
    let first = try await bench.contact("Szyslak") { $0.email = "moe@example.com" }
    let second = try await bench.contact("Other") { $0.email = "moe@example.com" }
    let apart = try await bench.change(second, "duplicate_resolution_status") {
      $0.duplicateResolutionStatus = "skipped"
    }
    #expect(apart.duplicateOf == nil && apart.notDuplicateOf.first == first.id)
    for contact in [first, second] {
      _ = try await bench.change(contact, "job_title") { $0.jobTitle = "Barkeeper" }
      #expect(try await bench.get(contact).duplicateOf == nil)
    }
    let back = try await bench.change(second, "duplicate_resolution_status") {
      $0.duplicateResolutionStatus = "none"
    }
    #expect(back.duplicateOf == first.id && back.notDuplicateOf.isEmpty)
  }
}
