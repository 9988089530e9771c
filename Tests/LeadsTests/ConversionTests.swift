import DealsAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import TenantsAPI
import Testing
import TypeAPI

@testable import LeadsService
@testable import MeshService

@Suite @LoopActor struct `Converting a lead` {
  private func qualified(
    _ bench: LeadsBench,
    _ change: (inout Lead) -> Void = { _ in }
  ) async throws -> Lead {
    try await bench.create("Denson") {
      ($0.firstName, $0.companyName, $0.status) = ("Gary", "Chargepal", "qualified")
      change(&$0)
    }
  }

  private func get(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asAdmin()).message()
  }

  private func convert(
    _ lead: Lead,
    _ bench: LeadsBench,
    as call: Call? = nil,
    _ change: (inout ConvertLeadRequest) -> Void = { _ in }
  ) async throws -> ConvertLeadResponse {
    var request = ConvertLeadRequest(id: lead.idText)
    change(&request)
    return try await bench.handlers.convertLead(request, call ?? bench.asAdmin())
  }

  @Test func `makes account, contact and deal of it, and marks it`() async throws {
    let bench = try await LeadsBench()
    let lead = try await qualified(bench) {
      ($0.website, $0.doNotCall) = ("https://www.chargepal.example/about", true)
    }
    let amount = Money(amountMinor: 125_000, currency: .usd)
    let day = CalendarDate("2026-03-01")
    let made = try await convert(lead, bench) {
      $0.deal = ConversionDeal(name: " ", amount: amount, expectedCloseDate: day)
    }
    let converted = try await get(lead, bench)
    #expect(converted.converted && converted.status == "converted" && converted.qualified)
    #expect(converted.conversionTime == bench.clock.clock.now)
    #expect(converted.accountId == made.accountId && made.accountId != nil)
    #expect(converted.contactId == made.contactId && made.contactId != nil)
    #expect(converted.dealId == made.dealId && made.dealId != nil)
    let request = try #require(bench.deals.requests.first)
    #expect(request.leadId == lead.id && request.accountId == nil && request.contactId == nil)
    #expect(request.account?.name == "Chargepal")
    #expect(request.account?.domains == ["chargepal.example", "example.com"])
    #expect(request.contact?.firstName == "Gary" && request.contact?.lastName == "Denson")
    #expect(request.contact?.phoneConsent == "denied" && request.contact?.emailConsent == "")
    #expect(request.deal?.name == "Chargepal" && request.deal?.amount == amount)
    #expect(request.deal?.expectedCloseDate == day && day != nil)
    for owner in [request.account?.ownerId, request.contact?.ownerId, request.deal?.ownerId] {
      #expect(owner == lead.ownerId)
    }
    let change = try #require(try await bench.changes().last { $0.action == "convert" })
    #expect(change.actor == bench.admin.description)
  }

  @Test func `gives the same answer again, whoever asks under which key`() async throws {
    let bench = try await LeadsBench()
    let lead = try await qualified(bench)
    let first = try await convert(lead, bench) { $0.requestId = "a" }
    #expect(first.dealId == nil)
    #expect(try await convert(lead, bench) { $0.requestId = "a" } == first)
    #expect(try await convert(lead, bench) { $0.requestId = "b" } == first)
    #expect(bench.deals.requests.count == 1)
  }

  @Test func `links what is named, else the only account of the company's name`() async throws {
    let bench = try await LeadsBench()
    let (account, other): (AccountID, AccountID) = (.init(high: 5, low: 1), .init(high: 5, low: 2))
    let contact = ContactID(high: 6, low: 1)
    func candidate(_ id: AccountID, _ name: String) -> AccountCandidate {
      var account = Account(name: name)
      account.id = id
      return AccountCandidate(account: account, matchedBy: "domain")
    }
    let named = try await convert(qualified(bench), bench) {
      ($0.accountId, $0.contactId) = (account, contact)
    }
    #expect(named.accountId == account && named.contactId == contact)
    bench.deals.find(
      ConversionCandidates(accounts: [candidate(other, "Other"), candidate(account, "CHARGEPAL")])
    )
    let second = try await qualified(bench) { $0.email = "second@example.com" }
    #expect(try await convert(second, bench).accountId == account)
    bench.deals.find(
      ConversionCandidates(
        accounts: [candidate(other, "chargepal"), candidate(account, "Chargepal")]
      )
    )
    let third = try await qualified(bench) { $0.email = "third@example.com" }
    _ = try await convert(third, bench)
    #expect(bench.deals.requests.last?.accountId == nil)
  }

  @Test func `makes a second account of a name only where that is asked for`() async throws {
    let bench = try await LeadsBench()
    var account = Account(name: "Chargepal", domains: ["chargepal.example"])
    account.id = AccountID(high: 5, low: 1)
    account.billingAddress = Address(city: "Basel")
    bench.deals.find(
      ConversionCandidates(accounts: [AccountCandidate(account: account, matchedBy: "name")])
    )
    let lead = try await qualified(bench)
    let found = try await bench.handlers.getConversionCandidates(
      GetConversionCandidatesRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(found.accounts.map(\.domains) == [["chargepal.example"]])
    #expect(found.accounts.map(\.city) == ["Basel"])
    let both = await refusal {
      _ = try await convert(lead, bench) {
        ($0.accountId, $0.newAccount) = (AccountID(high: 5, low: 1), true)
      }
    }
    #expect(both?.violations.map(\.field) == ["new_account"])
    let made = try await convert(lead, bench) { $0.newAccount = true }
    #expect(made.accountId != account.id)
    #expect(bench.deals.requests.map(\.accountId) == [nil])
  }

  @Test func `needs a qualified status, unless the tenant or someone who may says otherwise`()
    async throws
  {
    let bench = try await LeadsBench()
    let open = try await qualified(bench) { $0.status = "new" }
    let rep = bench.asRep(try #require(bench.reps.firstIndex { $0 == open.ownerId }))
    let denied = await refusal {
      _ = try await convert(open, bench, as: rep) { $0.overrideReason = "They pay" }
    }
    let plain = await refusal { _ = try await convert(open, bench, as: rep) }
    #expect([denied, plain].map { $0?.code } == [.failedPrecondition, .failedPrecondition])
    #expect([denied, plain].map { $0?.violations.first?.field } == ["override_reason", "status"])
    #expect(denied?.message.contains("takes the permission lead.convert_override") == true)
    let silent = await refusal { _ = try await convert(open, bench) }
    #expect(silent?.violations.map(\.field) == ["override_reason"])
    _ = try await convert(open, bench) { $0.overrideReason = "They pay" }
    let converted = try await get(open, bench)
    #expect(converted.conversionOverrideReason == "They pay" && !converted.qualified)

    let settings = TenantsAPI.TenantSettings(defaultRegion: "US", convertUnqualified: true)
    bench.replicas.tenants.take(
      TenantsAPI.Tenant(id: bench.tenant, settings: settings),
      of: bench.tenant
    )
    let next = try await qualified(bench) { ($0.status, $0.email) = ("new", "next@example.com") }
    _ = try await convert(next, bench) { $0.overrideReason = "Not needed" }
    #expect(try await get(next, bench).conversionOverrideReason == "")
  }

  @Test func `is for whoever owns it, as it was read`() async throws {
    let bench = try await LeadsBench()
    let lead = try await qualified(bench)
    let owner = try #require(bench.reps.firstIndex { $0 == lead.ownerId })
    let denied = await refusal {
      _ = try await convert(lead, bench, as: bench.asRep(1 - owner))
    }
    #expect(denied?.code == .permissionDenied)
    let stale = await refusal {
      _ = try await convert(lead, bench) { $0.etag = Etag(version: 99).description }
    }
    #expect(stale?.code == .aborted)
    #expect(bench.deals.requests.isEmpty)
    _ = try await convert(lead, bench, as: bench.asRep(owner))
  }

  @Test func `leaves a lead that can only be read`() async throws {
    let bench = try await LeadsBench()
    let lead = try await qualified(bench)
    _ = try await convert(lead, bench)
    let converted = try await get(lead, bench)
    var changed = converted
    (changed.etag, changed.city) = (nil, "Basel")
    let writes: [@LoopActor () async throws -> Void] = [
      {
        _ = try await bench.handlers.updateLead(
          UpdateLeadRequest(lead: changed, updateMask: .init(paths: ["city"])),
          bench.asAdmin()
        )
      },
      {
        _ = try await bench.handlers.deleteLead(
          DeleteLeadRequest(id: lead.idText),
          bench.asAdmin()
        )
      },
      {
        _ = try await bench.handlers.qualifyLead(
          QualifyLeadRequest(id: lead.idText, reason: "Again"),
          bench.asAdmin()
        )
      },
    ]
    for write in writes {
      let refused = await refusal(write)
      #expect(refused?.code == .failedPrecondition)
      #expect(refused?.message.contains("converted") == true)
    }
    let same = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: converted, updateMask: .init(paths: ["city"])),
      bench.asAdmin()
    )
    #expect(same == converted)
    #expect(try await get(lead, bench) == converted)
  }
}

@Suite @LoopActor struct `A conversion that is interrupted` {
  private func begin(_ bench: LeadsBench) async throws -> Lead {
    try await bench.create("Denson") { ($0.companyName, $0.status) = ("Chargepal", "qualified") }
  }

  private func convert(_ lead: Lead, _ bench: LeadsBench) async -> MeshError? {
    await refusal {
      _ = try await bench.handlers.convertLead(
        ConvertLeadRequest(id: lead.idText),
        bench.asAdmin()
      )
    }
  }

  private func get(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asAdmin()).message()
  }

  @Test func `goes on by itself with the same request, and nobody changes the lead meanwhile`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await begin(bench)
    bench.deals.behave(.losingAnswers)
    #expect(await convert(lead, bench)?.code == .unavailable)
    #expect(try await get(lead, bench).converted == false)
    let held = await refusal {
      _ = try await bench.handlers.deleteLead(
        DeleteLeadRequest(id: lead.idText),
        bench.asAdmin()
      )
    }
    #expect(held?.code == .failedPrecondition)
    bench.deals.behave(.working)
    bench.clock.advance(by: .seconds(60))
    try await bench.resume()
    let converted = try await get(lead, bench)
    #expect(converted.converted)
    #expect(converted.accountId == bench.deals.conversions[try #require(lead.id)]?.accountId)
    #expect(converted.updatedBy == "system:leads")
    #expect(bench.deals.keys.count == 2 && Set(bench.deals.keys).count == 1)
    #expect(bench.deals.requests.first == bench.deals.requests.last)
  }

  @Test func `is taken up by whoever asks again`() async throws {
    let bench = try await LeadsBench()
    let lead = try await begin(bench)
    bench.deals.behave(.losingAnswers)
    _ = await convert(lead, bench)
    bench.deals.behave(.working)
    #expect(await convert(lead, bench) == nil)
    #expect(bench.deals.conversions.count == 1)
  }

  @Test func `leaves nothing when Deals refuses, and the lead can be changed`() async throws {
    let bench = try await LeadsBench()
    let lead = try await begin(bench)
    bench.deals.behave(.losingAnswers)
    _ = await convert(lead, bench)
    bench.deals.behave(.refusing(.invalid("account_id", "must not be archived")))
    // While Deals refuses everything, the way back is tried again later.
    #expect(await convert(lead, bench)?.violations.map(\.field) == ["account_id"])
    bench.deals.behave(.working)
    bench.clock.advance(by: .seconds(120))
    try await bench.resume()
    #expect(bench.deals.conversions.isEmpty)
    #expect(try await get(lead, bench) == lead)
    _ = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: lead.idText, reason: "Again"),
      bench.asAdmin()
    )
  }
}

@Suite @LoopActor struct `Unconverting a lead` {
  private func converted(_ bench: LeadsBench) async throws -> (before: Lead, after: Lead) {
    let lead = try await bench.create("Denson") {
      ($0.companyName, $0.status) = ("Chargepal", "qualified")
    }
    _ = try await bench.handlers.convertLead(
      ConvertLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    let request = GetLeadRequest(id: lead.idText)
    return (lead, try await bench.handlers.getLead(request, bench.asAdmin()).message())
  }

  private func unconvert(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.unconvertLead(UnconvertLeadRequest(id: lead.idText), bench.asAdmin())
  }

  @Test func `leaves the lead as it was, to be converted again`() async throws {
    let bench = try await LeadsBench()
    let (before, after) = try await converted(bench)
    bench.clock.advance(by: .seconds(86_400))
    var reopened = try await unconvert(after, bench)
    #expect(bench.deals.conversions.isEmpty && bench.deals.undone == 1)
    #expect(reopened.status == "qualified" && !reopened.converted && reopened.accountId == nil)
    (reopened.etag, reopened.updateTime) = (before.etag, before.updateTime)
    #expect(reopened == before)
    let again = try await bench.handlers.convertLead(
      ConvertLeadRequest(id: before.idText),
      bench.asAdmin()
    )
    #expect(again.accountId != after.accountId)
    let actions = try await bench.changes().map(\.change.action)
    #expect(actions.filter { $0.hasSuffix("convert") } == ["convert", "unconvert", "convert"])
  }

  @Test func `keeps the lead as it was for 30 days`() async throws {
    let bench = try await LeadsBench()
    var counts: [Int?] = []
    for days in [0, 29, 2] {
      bench.clock.advance(by: .seconds(days * 86_400))
      let lead = try await bench.create("Lead\(days)") { $0.status = "qualified" }
      let request = ConvertLeadRequest(id: lead.idText)
      _ = try await bench.handlers.convertLead(request, bench.asAdmin())
      counts.append(
        try await bench.handlers.store.read(bench.tenant) { transaction in
          try transaction.value("SELECT count(*) FROM lead_conversions")
        }
      )
    }
    #expect(counts == [1, 2, 2])
  }

  @Test func `is for 24 hours, and for a lead that is converted`() async throws {
    let bench = try await LeadsBench()
    let (_, after) = try await converted(bench)
    bench.clock.advance(by: .seconds(86_401))
    let late = await refusal { _ = try await unconvert(after, bench) }
    #expect(late?.code == .failedPrecondition)
    let other = try await bench.create("Other")
    let open = await refusal { _ = try await unconvert(other, bench) }
    #expect(open?.code == .failedPrecondition && bench.deals.undone == 0)
  }

  @Test func `is refused when Deals says that something was changed`() async throws {
    let bench = try await LeadsBench()
    let (_, after) = try await converted(bench)
    bench.deals.behave(.refusing(.failedPrecondition("the deal was changed since")))
    let refused = await refusal { _ = try await unconvert(after, bench) }
    #expect(refused?.message == "the deal was changed since")
    bench.deals.behave(.working)
    #expect(try await unconvert(after, bench).converted == false)
  }

  @Test func `has ended when Deals refuses it, also after an answer was lost`() async throws {
    let bench = try await LeadsBench()
    let (_, after) = try await converted(bench)
    bench.deals.behave(.losingAnswers)
    let lost = await refusal { _ = try await unconvert(after, bench) }
    #expect(lost?.code == .unavailable)
    bench.deals.behave(.refusing(.failedPrecondition("the deal was changed since")))
    let refused = await refusal { _ = try await unconvert(after, bench) }
    #expect(refused?.message == "the deal was changed since")
    #expect(try await bench.handlers.store.commandCounts() == [.done: 1])
  }

  @Test func `is refused before Deals is asked when the lead is not kept as it was`() async throws {
    let bench = try await LeadsBench()
    let (_, after) = try await converted(bench)
    let author = Author(actor: "system:test")
    try await bench.handlers.store.write(bench.tenant, as: author) { transaction in
      _ = try transaction.execute("DELETE FROM lead_conversions")
    }
    let refused = await refusal { _ = try await unconvert(after, bench) }
    #expect(refused == ConversionFault.isNotKept.meshError)
    #expect(bench.deals.conversions.count == 1 && bench.deals.undone == 0)
    let request = GetLeadRequest(id: after.idText)
    let left: Lead = try await bench.handlers.getLead(request, bench.asAdmin()).message()
    #expect(left == after)
    #expect(try await bench.handlers.store.commandCounts() == [.done: 1])
  }
}
