import DealsAPI
import LeadsAPI
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

@Suite @LoopActor struct `A lead that is ready to be converted` {
  private func converting() async throws -> LeadsBench {
    let bench = try await LeadsBench()
    let settings = TenantsAPI.TenantSettings(
      defaultRegion: "US",
      timeZone: "UTC",
      currency: "USD",
      convertAutomatically: true
    )
    let record = TenantsAPI.Tenant(id: bench.tenant, settings: settings)
    bench.replicas.tenants.take(record, of: bench.tenant)
    return bench
  }

  /// A qualified lead of 95 points.
  private func qualified(
    _ bench: LeadsBench,
    _ last: String = "Denson",
    _ change: (inout LeadsAPI.Lead) -> Void = { _ in }
  ) async throws -> LeadsAPI.Lead {
    try await bench.create(last) {
      ($0.companyName, $0.website, $0.companySize) = ("Chargepal", "example.com", 300)
      ($0.phone, $0.jobTitle, $0.source) = ("660-485-0224", "Director", "referral")
      $0.status = "qualified"
      change(&$0)
    }
  }

  /// Gives it 60 points of BANT.
  private func assess(_ lead: LeadsAPI.Lead, _ bench: LeadsBench) async throws {
    let known = Criterion(score: 20)
    _ = try await bench.handlers.assessLead(
      AssessLeadRequest(
        id: lead.idText,
        bant: Bant(budget: known, authority: known, need: known)
      ),
      bench.asAdmin()
    )
  }

  private func convertAll(_ bench: LeadsBench) async throws {
    while try await bench.handlers.readyLeads.convertNext(bench.tenant) {}
  }

  private func get(_ lead: LeadsAPI.Lead, _ bench: LeadsBench) async throws -> LeadsAPI.Lead {
    try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asAdmin()).message()
  }

  @Test func `is converted by itself where the tenant wants that, without a deal and once`()
    async throws
  {
    let bench = try await converting()
    let lead = try await qualified(bench)
    try await convertAll(bench)
    #expect(bench.deals.requests.isEmpty)
    try await assess(lead, bench)
    try await convertAll(bench)
    let converted = try await get(lead, bench)
    #expect(converted.converted && converted.status == "converted" && converted.qualified)
    #expect(converted.accountId != nil && converted.contactId != nil && converted.dealId == nil)
    #expect(converted.updatedBy == "system:leads")
    let request = try #require(bench.deals.requests.first)
    #expect(request.account?.name == "Chargepal" && request.account?.ownerId == lead.ownerId)
    try await convertAll(bench)
    #expect(bench.deals.requests.count == 1)
    let changes = try await bench.changes().filter { $0.action.hasPrefix("conver") }
    #expect(changes.map(\.action) == ["conversion_ready", "convert"])
    #expect(changes.allSatisfy { $0.actor == "system:leads" })
  }

  @Test func `is left to people as long as the tenant does not want that`() async throws {
    let bench = try await LeadsBench()
    let lead = try await qualified(bench)
    try await assess(lead, bench)
    try await convertAll(bench)
    #expect(try await get(lead, bench).converted == false && bench.deals.requests.isEmpty)
  }

  @Test func `waits until its checklist is done`() async throws {
    let bench = try await converting()
    let first = try await qualified(bench) { $0.companyName = "" }
    let second = try await qualified(bench, "Hall") { $0.status = "contacted" }
    let third = try await qualified(bench, "Hall") { $0.firstName = "Ada" }
    #expect(third.duplicateOf == second.id)
    for lead in [first, second, third] { try await assess(lead, bench) }
    try await convertAll(bench)
    #expect(bench.deals.requests.isEmpty)
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: first.id, companyName: "Chargepal"),
        updateMask: .init(paths: ["company_name"])
      ),
      bench.asAdmin()
    )
    // Another lead repeats it, which whoever converts it is to see.
    _ = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: second.idText, reason: "Wants it"),
      bench.asAdmin()
    )
    try await convertAll(bench)
    #expect(bench.deals.requests.map(\.leadId) == [first.id])
  }

  @Test func `is converted when its score comes to it in the background`() async throws {
    let bench = try await converting()
    let lead = try await qualified(bench) { ($0.companySize, $0.source) = (nil, "") }
    #expect(lead.score == 60)
    try await assess(lead, bench)
    try await convertAll(bench)
    #expect(try await get(lead, bench).converted == false)
    try await bench.addRule("bant_score >= 60", points: 15)
    try await bench.rescore()
    try await convertAll(bench)
    #expect(try await get(lead, bench).converted)
  }

  @Test func `is linked to the only account of its company`() async throws {
    let bench = try await converting()
    var account = Account(name: "CHARGEPAL")
    account.id = AccountID(high: 5, low: 1)
    bench.deals.find(
      ConversionCandidates(accounts: [AccountCandidate(account: account, matchedBy: "name")])
    )
    let lead = try await qualified(bench)
    try await assess(lead, bench)
    try await convertAll(bench)
    #expect(try await get(lead, bench).accountId == account.id)
  }

  @Test func `is left to people once it was unconverted`() async throws {
    let bench = try await converting()
    let lead = try await qualified(bench)
    try await assess(lead, bench)
    try await convertAll(bench)
    _ = try await bench.handlers.unconvertLead(
      UnconvertLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, city: "Basel"),
        updateMask: .init(paths: ["city"])
      ),
      bench.asAdmin()
    )
    try await convertAll(bench)
    #expect(try await get(lead, bench).converted == false && bench.deals.requests.count == 1)
  }

  @Test func `waits while Deals does not answer`() async throws {
    let bench = try await converting()
    let lead = try await qualified(bench)
    try await assess(lead, bench)
    bench.deals.find(nil)
    #expect(await refusal { try await convertAll(bench) }?.code == .unavailable)
    #expect(try await get(lead, bench).converted == false)
    bench.deals.find(ConversionCandidates())
    bench.deals.behave(.losingAnswers)
    #expect(await refusal { try await convertAll(bench) }?.code == .unavailable)
    bench.deals.behave(.working)
    bench.clock.advance(by: .seconds(60))
    try await bench.resume()
    #expect(try await get(lead, bench).converted && bench.deals.conversions.count == 1)
  }

  @Test func `stays as it is when Deals refuses it`() async throws {
    let bench = try await converting()
    let lead = try await qualified(bench)
    try await assess(lead, bench)
    let before = try await get(lead, bench)
    bench.deals.behave(.refusing(.invalid("account.name", "must not be used twice")))
    try await convertAll(bench)
    bench.deals.behave(.working)
    bench.clock.advance(by: .seconds(120))
    try await bench.resume()
    try await convertAll(bench)
    #expect(try await get(lead, bench) == before && bench.deals.requests.isEmpty)
  }
}
