import DealsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import DealsService

/// What Leads asks for, and what there is afterwards.
@LoopActor
private struct Conversions {
  let bench: DealsBench
  let lead = LeadID(high: 7, low: 1)
  let second = LeadID(high: 7, low: 2)

  init() async throws { bench = try await DealsBench() }

  /// A conversion of the lead with an account, a contact and a deal to make.
  var request: MakeConversionRequest {
    var (account, contact) = (Account(name: "Chargepal"), Contact(lastName: "Denson"))
    (account.ownerId, account.domains) = (bench.reps[0], ["chargepal.example"])
    (contact.ownerId, contact.email) = (bench.reps[0], "gary@chargepal.example")
    var deal = Deal(name: "Chargers")
    (deal.ownerId, deal.amount) = (bench.reps[0], Money(amountMinor: 500, currency: .usd))
    return MakeConversionRequest(leadId: lead, account: account, contact: contact, deal: deal)
  }

  func make(
    onBehalfOf member: MemberID? = nil,
    _ change: (inout MakeConversionRequest) -> Void = { _ in }
  ) async throws -> Conversion {
    var request = request
    change(&request)
    let call = TestCaller.system("leads", in: bench.tenant, onBehalfOf: member)
    return try await bench.handlers.makeConversion(request, call)
  }

  func undo(_ lead: LeadID? = nil) async throws {
    let request = UndoConversionRequest(leadId: lead ?? self.lead)
    let call = TestCaller.system("leads", in: bench.tenant)
    _ = try await bench.handlers.undoConversion(request, call)
  }

  func accounts() async throws -> [Account] {
    try await bench.handlers.listAccounts(ListAccountsRequest(), bench.asAdmin()).message().accounts
  }

  func contacts() async throws -> [Contact] {
    try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin()).message().contacts
  }

  func deals() async throws -> [Deal] {
    try await bench.handlers.listDeals(ListDealsRequest(), bench.asAdmin()).message().deals
  }

  func find(_ request: FindConversionCandidatesRequest) async throws -> ConversionCandidates {
    try await bench.handlers.findConversionCandidates(request, bench.asRep(1))
  }
}

@Suite @LoopActor struct `What becomes of a lead` {
  @Test func `is made once, however often it is asked for`() async throws {
    let conversions = try await Conversions()
    let made = try await conversions.make { $0.requestId = "first" }
    let again = try await conversions.make { $0.requestId = "second" }
    let changed = try await conversions.make { $0.deal = nil }
    #expect(again == made && changed == made)
    let (accounts, contacts) = (try await conversions.accounts(), try await conversions.contacts())
    let deals = try await conversions.deals()
    #expect(accounts.map(\.id) == [made.accountId] && accounts[0].name == "Chargepal")
    #expect(contacts.map(\.id) == [made.contactId])
    #expect(contacts[0].accountId == made.accountId)
    #expect(deals.map(\.id) == [made.dealId] && deals[0].leadId == conversions.lead)
    #expect(deals[0].accountId == made.accountId && deals[0].contactIds == [made.contactId])
    #expect(deals[0].stage == "new" && deals[0].ownerId == conversions.bench.reps[0])
  }

  @Test func `is linked where it is there`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let (account, contact) = (try await bench.account("Acme"), try await bench.contact("Ada"))
    let made = try await conversions.make {
      ($0.accountId, $0.contactId, $0.deal) = (account.id, contact.id, nil)
    }
    #expect(made == Conversion(accountId: account.id, contactId: contact.id))
    #expect(try await bench.get(contact).accountId == account.id)
    #expect(try await conversions.accounts().count == 1)
    #expect(try await conversions.contacts().count == 1)
  }

  @Test func `leaves a contact as it is that the member may not edit`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let account = try await bench.account("Acme")
    let theirs = try await bench.contact("Ada") { $0.ownerId = bench.admin }
    let own = try await bench.contact("Bob") { $0.ownerId = bench.reps[0] }
    let made = try await conversions.make(onBehalfOf: bench.reps[0]) {
      ($0.accountId, $0.contactId) = (account.id, theirs.id)
    }
    #expect(made.contactId == theirs.id && made.accountId == account.id)
    #expect(try await bench.get(theirs) == theirs)
    let deal = try #require(try await conversions.deals().first)
    #expect(deal.contactIds == [theirs.id] && deal.accountId == account.id)
    _ = try await conversions.make(onBehalfOf: bench.reps[0]) {
      ($0.leadId, $0.accountId, $0.contactId) = (conversions.second, account.id, own.id)
    }
    #expect(try await bench.get(own).accountId == account.id)
    try await conversions.undo()
    #expect(try await bench.get(theirs) == theirs)
  }

  @Test func `denies a linked contact what the lead refuses, whoever may edit them`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let theirs = try await bench.contact("Ada") {
      ($0.ownerId, $0.emailConsent, $0.smsConsent) = (bench.admin, "granted", "granted")
    }
    _ = try await conversions.make(onBehalfOf: bench.reps[0]) {
      ($0.contactId, $0.contact, $0.deal) = (theirs.id, Contact(emailConsent: "denied"), nil)
    }
    let linked = try await bench.get(theirs)
    #expect(linked.emailConsent == "denied" && linked.smsConsent == "granted")
    #expect(linked.lastName == "Ada" && linked.accounts.isEmpty)
    try await conversions.undo()
    #expect(try await bench.get(theirs).emailConsent == "granted")
  }

  @Test func `is refused with the field named, and nothing is made`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let archived = try await bench.handlers.archiveAccount(
      ArchiveAccountRequest(id: try await bench.account("Gone").idText),
      bench.asAdmin()
    )
    let fields = [
      await refused { _ = try await conversions.make { $0.accountId = archived.id } },
      await refused {
        _ = try await conversions.make { $0.contactId = ContactID(high: 9, low: 9) }
      },
      await refused {
        _ = try await conversions.make { $0.deal?.pipelineId = PipelineID(high: 9, low: 9) }
      },
    ]
    #expect(fields == [["account_id"], ["contact_id"], ["deal.pipeline_id"]])
    #expect(try await conversions.accounts().map(\.id) == [archived.id])
    #expect(try await conversions.contacts().isEmpty)
  }

  @Test func `meets the condition of the stage that its deal begins in`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let pipeline = try await bench.pipeline()
    _ = try await bench.change(pipeline, "stages") {
      $0.stages[0].entryCondition = "amount >= 10"
    }
    let fields = await refused { _ = try await conversions.make() }
    #expect(fields == ["deal.stage"])
    #expect(try await conversions.accounts().isEmpty)
    let amount = Money(amountMinor: 1_000, currency: .usd)
    #expect(try await conversions.make { $0.deal?.amount = amount }.dealId != nil)
  }

  @Test func `is found by domain and by name, of what the caller reads`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let byName = try await bench.account("CHARGEPAL")
    let byDomain = try await bench.account("Other") { $0.domains = ["chargepal.example"] }
    let person = try await bench.contact("Denson") { $0.email = "Gary@Chargepal.example" }
    let archived = try await bench.account("Chargepal")
    _ = try await bench.handlers.archiveAccount(
      ArchiveAccountRequest(id: archived.idText),
      bench.asAdmin()
    )
    var request = FindConversionCandidatesRequest(
      companyName: "Chargepal",
      contact: Contact(email: "gary@chargepal.example")
    )
    let found = try await conversions.find(request)
    #expect(found.accounts.map(\.account?.id) == [byDomain.id, byName.id])
    #expect(found.accounts.map(\.matchedBy) == ["domain", "name"])
    #expect(found.contacts.map(\.contact?.id) == [person.id])
    request = FindConversionCandidatesRequest(website: "https://www.chargepal.example/")
    #expect(try await conversions.find(request).accounts.map(\.account?.id) == [byDomain.id])
    _ = try await bench.change(byDomain, "domains") { $0.domains = [] }
    #expect(try await conversions.find(request).accounts.isEmpty)
  }
}

@Suite @LoopActor struct `What became of a lead` {
  @Test func `is undone, and made anew when it is asked for again`() async throws {
    let conversions = try await Conversions()
    let first = try await conversions.make()
    try await conversions.undo()
    try await conversions.undo()
    #expect(try await conversions.deals().isEmpty)
    #expect(try await conversions.contacts().isEmpty)
    #expect(try await conversions.accounts().map(\.archived) == [true])
    let second = try await conversions.make()
    #expect(second.accountId != first.accountId && second.dealId != first.dealId)
  }

  @Test func `is the lead's no more when a deal is restored after it was undone`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let first = try await conversions.make()
    try await conversions.undo()
    let second = try await conversions.make()
    let id = try #require(first.dealId)
    let back = try await bench.handlers.undeleteDeal(.init(id: "\(id)"), bench.asAdmin())
    #expect(back.id == id && back.leadId == nil)
    let deals = try await conversions.deals().filter { $0.leadId == conversions.lead }
    #expect(deals.map(\.id) == [second.dealId])
    let changed = try await bench.change(deals[0], "next_step") { $0.nextStep = "Call" }
    #expect(changed.leadId == conversions.lead)
  }

  @Test func `does not say for ever what a contact was before`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let contact = try await bench.contact("Ada")
    func kept() async throws -> Int? {
      try await bench.handlers.store.read(bench.tenant) { transaction in
        try transaction.value("SELECT count(*) FROM conversions WHERE before IS NOT NULL")
      }
    }
    let made = try await conversions.make { $0.contactId = contact.id }
    #expect(try await kept() == 1)
    for (days, lead, count) in [(29, 2, 1), (2, 3, 0)] as [(Int, UInt64, Int)] {
      bench.clock.advance(by: .seconds(days * 86_400))
      _ = try await conversions.make { $0.leadId = LeadID(high: 7, low: lead) }
      #expect(try await kept() == count)
    }
    #expect(try await conversions.make() == made)
    let refused = await refusal { try await conversions.undo() }
    #expect(refused?.code == .failedPrecondition)
  }

  @Test func `is as before where it was linked`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let (account, contact) = (try await bench.account("Acme"), try await bench.contact("Ada"))
    _ = try await conversions.make { ($0.accountId, $0.contactId) = (account.id, contact.id) }
    _ = try await bench.change(account, "name") { $0.name = "Acme Ltd" }
    try await conversions.undo()
    let left = try await bench.get(contact)
    #expect(left.accountId == nil && left.accounts.isEmpty)
    #expect(try await conversions.accounts().map(\.name) == ["Acme Ltd"])
    #expect(try await conversions.deals().isEmpty)
  }

  @Test func `stays when any of it was changed, or others name it`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let made = try await conversions.make()
    let other = try await bench.deal("Other") { $0.accountId = made.accountId }
    let named = await refusal { try await conversions.undo() }
    #expect(named?.code == .failedPrecondition)
    #expect(try await conversions.deals().count == 2)
    _ = try await bench.handlers.deleteDeal(
      DeleteDealRequest(id: other.idText),
      bench.asAdmin()
    )
    let deal = try #require(try await conversions.deals().first)
    _ = try await bench.move(deal, "demo")
    let moved = await refusal { try await conversions.undo() }
    #expect(moved?.code == .failedPrecondition)
    #expect(try await conversions.contacts().count == 1)
  }

  @Test func `stays while another lead is converted to it`() async throws {
    let conversions = try await Conversions()
    let made = try await conversions.make { $0.deal = nil }
    _ = try await conversions.make {
      ($0.leadId, $0.contactId, $0.accountId) = (conversions.second, made.contactId, made.accountId)
      $0.deal = nil
    }
    let refused = await refusal { try await conversions.undo() }
    #expect(refused?.code == .failedPrecondition)
    #expect(try await conversions.contacts().map(\.id) == [made.contactId])
    #expect(try await conversions.accounts().map(\.archived) == [false])
    try await conversions.undo(conversions.second)
    #expect(try await conversions.contacts().count == 1)
    try await conversions.undo()
    #expect(try await conversions.contacts().isEmpty)
    #expect(try await conversions.accounts().map(\.archived) == [true])
  }

  @Test func `stays as far as another lead is converted to it, and is undone with the last`()
    async throws
  {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let (account, contact) = (try await bench.account("Acme"), try await bench.contact("Ada"))
    let leads = [conversions.lead, conversions.second, LeadID(high: 7, low: 3)]
    for first in 0..<3 {
      let order = (0..<3).map { leads[(first + $0) % 3] }
      for lead in leads {
        _ = try await conversions.make {
          ($0.leadId, $0.accountId, $0.contactId) = (lead, account.id, contact.id)
          $0.deal = nil
        }
      }
      for lead in order {
        #expect(try await bench.get(contact).accountId == account.id, "from \(first)")
        try await conversions.undo(lead)
      }
      #expect(try await bench.get(contact).accounts.isEmpty, "from \(first)")
    }
  }

  @Test func `is undone after what another lead changed later is, and not before`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let accounts = [try await bench.account("Acme"), try await bench.account("Bolt")]
    let contact = try await bench.contact("Ada")
    // The third links the contact as the first left it, without any change.
    let links = [(conversions.lead, 0), (LeadID(high: 7, low: 3), 0), (conversions.second, 1)]
    for (lead, account) in links {
      _ = try await conversions.make {
        ($0.leadId, $0.accountId, $0.contactId) = (lead, accounts[account].id, contact.id)
        $0.deal = nil
      }
    }
    let refused = await refusal { try await conversions.undo() }
    #expect(refused?.code == .failedPrecondition)
    #expect(try await bench.get(contact).accounts.map(\.accountId) == accounts.map(\.id))
    try await conversions.undo(conversions.second)
    #expect(try await bench.get(contact).accounts.map(\.accountId) == [accounts[0].id])
    try await conversions.undo()
    #expect(try await bench.get(contact).accounts.map(\.accountId) == [accounts[0].id])
    try await conversions.undo(LeadID(high: 7, low: 3))
    #expect(try await bench.get(contact).accounts.isEmpty)
  }

  @Test func `stays while another lead is converted to its account alone`() async throws {
    let conversions = try await Conversions()
    let bench = conversions.bench
    let made = try await conversions.make { $0.deal = nil }
    let theirs = try await bench.contact("Ada") { $0.ownerId = bench.admin }
    _ = try await conversions.make(onBehalfOf: bench.reps[0]) {
      ($0.leadId, $0.contactId, $0.accountId) = (conversions.second, theirs.id, made.accountId)
      $0.deal = nil
    }
    let refused = await refusal { try await conversions.undo() }
    #expect(refused?.code == .failedPrecondition)
    #expect(try await conversions.accounts().map(\.archived) == [false])
  }
}
