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

@Suite @LoopActor struct `What is missing of a lead` {
  private func qualification(_ lead: Lead, _ bench: LeadsBench) async throws -> LeadQualification {
    try await bench.handlers.getLeadQualification(
      GetLeadQualificationRequest(id: lead.idText),
      bench.asAdmin()
    )
  }

  private func open(_ qualification: LeadQualification) -> [String] {
    qualification.checklist.filter { !$0.done }.map(\.key)
  }

  @Test func `is listed, and what a conversion needs before the rest`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let first = try await qualification(lead, bench)
    #expect(first.bantMinimum == 60 && !first.bantReached && !first.checklistDone)
    #expect(
      first.checklist.map(\.key)
        == [
          "qualified_status", "reachable", "company", "owner", "no_duplicate", "low_risk",
          "budget", "authority", "need", "timeline", "metrics", "economic_buyer",
          "decision_criteria", "decision_process", "identified_pain", "champion", "competition",
        ]
    )
    #expect(open(first) == ["qualified_status", "company"] + Bant.criteria + Meddicc.criteria)
    #expect(first.checklist.first?.detail == "the status is “New”")
    #expect(first.checklist[11].displayName == "Economic buyer")
    #expect(first.checklist.filter(\.required).map(\.key) == first.checklist.prefix(5).map(\.key))
  }

  @Test func `is nothing that a conversion needs once it is qualified, owned and known`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.companyName = "Chargepal" }
    let full = Criterion(score: 15, evidence: "as they said")
    _ = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(
        id: lead.idText,
        reason: "Wants it",
        bant: Bant(budget: full, authority: full, need: full, timeline: full)
      ),
      bench.asAdmin()
    )
    let ready = try await qualification(lead, bench)
    #expect(ready.checklistDone && ready.bantReached && ready.bantScore == 60)
    #expect(open(ready) == Meddicc.criteria)
    let again = try await bench.create("Other", email: "denson@example.com")
    #expect(again.duplicateOf == lead.id)
    #expect(try await open(qualification(lead, bench)).contains("no_duplicate"))
    #expect(try await open(qualification(again, bench)).contains("no_duplicate"))
    bench.follow(try #require(lead.ownerId), "rep", takesLeads: true, isActive: false)
    #expect(try await open(qualification(lead, bench)).contains("owner"))
  }

  @Test func `keeps nobody from converting the lead, but for its status`() async throws {
    let bench = try await LeadsBench()
    let repeated = try await bench.create("Denson") { $0.status = "qualified" }
    _ = try await bench.create("Other", email: "denson@example.com")
    let unreachable = try await bench.create("Hall") {
      ($0.email, $0.phone, $0.status) = ("", "ask at the desk", "qualified")
    }
    for rep in bench.reps { bench.follow(rep, "rep", takesLeads: true, isActive: false) }
    for (lead, missing) in [
      (repeated, ["company", "owner", "no_duplicate"]),
      (unreachable, ["reachable", "company", "owner"]),
    ] {
      let found = try await qualification(lead, bench)
      #expect(found.checklist.filter { $0.required && !$0.done }.map(\.key) == missing)
      #expect(!found.checklistDone)
      let made = try await bench.handlers.convertLead(
        ConvertLeadRequest(id: lead.idText),
        bench.asAdmin()
      )
      #expect(made.accountId != nil && made.contactId != nil)
    }
  }

  private func risk(_ lead: Lead, _ bench: LeadsBench) async throws -> LeadRiskScore {
    try await bench.handlers.getLeadRiskScore(
      GetLeadRiskScoreRequest(id: lead.idText),
      bench.asAdmin()
    )
  }

  private func present(_ risk: LeadRiskScore) -> [String] {
    risk.factors.filter { $0.state == "present" }.map(\.key)
  }

  @Test func `is a risk by factors, those without a source not measured`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.phone = "ask at the desk" }
    let found = try await risk(lead, bench)
    #expect(present(found) == ["budget_or_authority_unknown", "phone_invalid", "no_timeline"])
    #expect(found.factors.prefix(3).map(\.points) == [15, 10, 10])
    #expect(found.score == 35 && found.level == "medium")
    let unmeasured = found.factors.filter { $0.state == "not measured" }
    #expect(unmeasured.map(\.key) == ["unanswered_messages", "email_invalid"])
    #expect(unmeasured.allSatisfy { $0.points == 0 && $0.weight > 0 })
    #expect(found.factors.count == 8)
    _ = try await bench.handlers.assessLead(
      AssessLeadRequest(
        id: lead.idText,
        bant: Bant(
          budget: Criterion(score: 5),
          authority: Criterion(score: 5),
          timeline: Criterion(score: 1)
        ),
        meddicc: Meddicc(competition: Criterion(evidence: "Acme"))
      ),
      bench.asAdmin()
    )
    let known = try await risk(lead, bench)
    #expect(present(known) == ["phone_invalid", "competitor_named"])
    #expect(known.score == 15 && known.level == "low")
  }

  @Test func `is a risk when the score fell by 10 in 14 days`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") {
      $0.companyName = "Chargepal"
      $0.website = "example.com"
    }
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id),
        updateMask: .init(paths: ["company_name"])
      ),
      bench.asAdmin()
    )
    try await bench.handlers.rescorer.settle(try #require(lead.id?.words), of: bench.tenant)
    #expect(try await present(risk(lead, bench)).contains("score_drop"))
    bench.clock.advance(by: .seconds(15 * 86_400))
    #expect(try await !present(risk(lead, bench)).contains("score_drop"))
  }

  @Test func `is judged by the tenant's settings`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let settings = TenantsAPI.TenantSettings(
      defaultRegion: "US",
      timeZone: "UTC",
      currency: "USD",
      bantMinimum: 30,
      riskWeights: [
        RiskWeight(factor: "no_timeline", points: 90), RiskWeight(factor: "score_drop", points: 0),
        RiskWeight(factor: "budget_or_authority_unknown", points: 90),
      ],
      riskMediumFrom: 95,
      riskHighFrom: 100
    )
    let record = TenantsAPI.Tenant(id: bench.tenant, settings: settings)
    bench.replicas.tenants.take(record, of: bench.tenant)
    let high = try await risk(lead, bench)
    #expect(high.score == 100 && high.level == "high")
    #expect(try await qualification(lead, bench).bantMinimum == 30)
    #expect(try await open(qualification(lead, bench)).contains("low_risk"))
    let assessed = Bant(budget: Criterion(score: 5), timeline: Criterion(score: 0))
    _ = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: lead.idText, reason: "Wants it", bant: assessed),
      bench.asAdmin()
    )
    #expect(try await risk(lead, bench).factors.first { $0.key == "score_drop" }?.weight == 0)
  }

  @Test func `is nothing more once score and BANT are high enough, and the log says so once`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") {
      $0.companyName = "Chargepal"
      $0.website = "example.com"
      $0.phone = "660-485-0224"
      $0.jobTitle = "Director"
    }
    #expect(lead.score == 60)
    let full = Criterion(score: 20)
    _ = try await bench.handlers.assessLead(
      AssessLeadRequest(
        id: lead.idText,
        bant: Bant(budget: full, authority: full, need: full)
      ),
      bench.asAdmin()
    )
    func readiness() async throws -> [ChangeEntry] {
      try await bench.changes().filter { $0.action == "conversion_ready" }
    }
    #expect(try await readiness().isEmpty)
    // What scores the lead in the background says so too.
    try await bench.addRule("bant_score >= 60", points: 15)
    try await bench.rescore()
    #expect(try await readiness().map(\.id) == [lead.idText])
    _ = try await bench.handlers.assessLead(
      AssessLeadRequest(id: lead.idText, bant: Bant(timeline: full)),
      bench.asAdmin()
    )
    #expect(try await readiness().count == 1)
    let other = try await bench.create("Other") {
      $0.companyName = "Chargepal"
      $0.website = "example.com"
      $0.phone = "660-485-0225"
      $0.jobTitle = "Director"
      $0.companySize = 300
    }
    _ = try await bench.handlers.assessLead(
      AssessLeadRequest(id: other.idText, bant: Bant(budget: full, authority: full, need: full)),
      bench.asAdmin()
    )
    let ready = try await readiness()
    #expect(ready.map(\.id) == [lead.idText, other.idText])
    #expect(ready.allSatisfy { $0.actor == "system:leads" })
  }

  @Test func `is for whoever may read the lead`() async throws {
    let bench = try await LeadsBench()
    let id = LeadID(high: 9, low: 9)
    let qualification = await refusal {
      _ = try await self.qualification(Lead(id: id), bench)
    }
    #expect(qualification?.code == .notFound)
    let risk = await refusal { _ = try await self.risk(Lead(id: id), bench) }
    #expect(risk?.code == .notFound)
  }
}
