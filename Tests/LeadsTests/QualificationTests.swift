import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import LeadsService

@Suite @LoopActor struct `Qualifying a lead` {
  private func known(_ score: Int32?, _ evidence: String = "") -> Criterion {
    Criterion(score: score, evidence: evidence)
  }

  private func bant(_ budget: Int32, _ authority: Int32, _ need: Int32, _ timeline: Int32) -> Bant {
    Bant(
      budget: known(budget),
      authority: known(authority),
      need: known(need),
      timeline: known(timeline)
    )
  }

  private func get(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asAdmin()).message()
  }

  @Test func `moves it to the first status of the type, with reason, time and what is known`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.companyName = "Chargepal" }
    bench.clock.advance(by: .seconds(60))
    let qualified = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(
        id: lead.idText,
        reason: " Budget is signed off ",
        bant: bant(20, 15, 25, 10),
        meddicc: Meddicc(metrics: known(7, "saves 40 hours a week"), champion: known(3))
      ),
      bench.asRep(try #require(bench.reps.firstIndex { $0 == lead.ownerId }))
    )
    #expect(qualified.status == "qualified" && qualified.qualified)
    #expect(qualified.qualificationReason == "Budget is signed off")
    #expect(qualified.qualificationTime == bench.clock.clock.now)
    #expect(qualified.bantScore == 70 && qualified.meddiccScore == 14)
    let metrics = try #require(qualified.meddicc?.metrics)
    #expect(metrics.score == 7 && metrics.evidence == "saves 40 hours a week")
    #expect(metrics.memberId == lead.ownerId && metrics.time == bench.clock.clock.now)
    #expect(try await get(lead, bench) == qualified)
    let history = try await bench.handlers.listLeadHistory(
      ListHistoryRequest(id: lead.idText),
      bench.asAdmin()
    )
    let entry = try #require(history.entries.first { $0.action == "qualify" })
    #expect(entry.changes.contains { $0.field == "status" && $0.new == "qualified" })
    #expect(entry.changes.contains { $0.field == "bant_score" && $0.new == "70" })
  }

  @Test func `is done once for a key, and again leaves a qualified lead in its status`()
    async throws
  {
    let bench = try await LeadsBench()
    let second = LeadStatus(displayName: "Very qualified", statusType: "qualified")
    _ = try await bench.handlers.createLeadStatus(
      CreateLeadStatusRequest(leadStatus: second),
      bench.asAdmin()
    )
    let lead = try await bench.create("Denson") { $0.status = "very_qualified" }
    #expect(lead.qualified && lead.qualificationTime == bench.clock.clock.now)
    bench.clock.advance(by: .seconds(60))
    let request = QualifyLeadRequest(id: lead.idText, reason: "They called", requestId: "key")
    let qualified = try await bench.handlers.qualifyLead(request, bench.asAdmin())
    #expect(qualified.status == "very_qualified" && qualified.qualificationReason == "They called")
    #expect(qualified.qualificationTime == lead.qualificationTime)
    #expect(try await bench.handlers.qualifyLead(request, bench.asAdmin()) == qualified)
    #expect(try await bench.changes().filter { $0.action == "qualify" }.count == 1)
  }

  @Test func `names everything that is wrong, and changes nothing`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let refused = await refusal {
      _ = try await bench.handlers.qualifyLead(
        QualifyLeadRequest(
          id: lead.idText,
          reason: " ",
          bant: Bant(
            budget: known(26),
            need: known(-1),
            timeline: known(5, String(repeating: "ö", count: 1_001))
          ),
          meddicc: Meddicc(competition: known(11))
        ),
        bench.asAdmin()
      )
    }
    #expect(refused?.code == .invalidArgument)
    #expect(
      refused?.violations.map(\.field)
        == [
          "reason", "bant.budget.score", "bant.need.score", "bant.timeline.evidence",
          "meddicc.competition.score",
        ]
    )
    #expect(try await get(lead, bench) == lead)
  }

  @Test func `is refused for one whose BANT can no longer come to the minimum`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    func missed(_ bant: Bant?) async -> MeshError? {
      await refusal {
        _ = try await bench.handlers.qualifyLead(
          QualifyLeadRequest(id: lead.idText, reason: "Wants it", bant: bant),
          bench.asAdmin()
        )
      }
    }
    let low = await missed(bant(15, 15, 15, 14))
    #expect(low?.code == .invalidArgument && low?.violations.map(\.field) == ["bant"])
    #expect(try await get(lead, bench).bant == nil)
    #expect(await missed(Bant(budget: known(0), authority: known(9)))?.violations.count == 1)
    #expect(await missed(Bant(budget: known(0), authority: known(10))) == nil)
  }

  @Test func `is for whoever may edit the lead, as it was read`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let other = try #require(bench.reps.firstIndex { $0 != lead.ownerId })
    let request = QualifyLeadRequest(
      id: lead.idText,
      reason: "Wants it",
      etag: Etag(version: 99).description
    )
    let denied = await refusal {
      _ = try await bench.handlers.qualifyLead(request, bench.asRep(other))
    }
    #expect(denied?.code == .permissionDenied)
    let stale = await refusal {
      _ = try await bench.handlers.qualifyLead(request, bench.asAdmin())
    }
    #expect(stale?.code == .aborted)
    let missing = await refusal {
      _ = try await bench.handlers.qualifyLead(
        QualifyLeadRequest(id: "lead_01h455vb4pex5vsknk084sn02q", reason: "a"),
        bench.asAdmin()
      )
    }
    #expect(missing?.code == .notFound)
  }

  @Test func `needs an active status of the type`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    var status = try #require(try await bench.statuses().first { $0.key == "qualified" })
    status.active = false
    _ = try await bench.handlers.updateLeadStatus(
      UpdateLeadStatusRequest(leadStatus: status, updateMask: .init(paths: ["active"])),
      bench.asAdmin()
    )
    let refused = await refusal {
      _ = try await bench.handlers.qualifyLead(
        QualifyLeadRequest(id: lead.idText, reason: "Wants it"),
        bench.asAdmin()
      )
    }
    #expect(refused?.code == .failedPrecondition)
  }

  @Test func `an assessment replaces what it names, clears what is empty and leaves the rest`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    func assess(_ bant: Bant?, _ meddicc: Meddicc? = nil) async throws -> Lead {
      try await bench.handlers.assessLead(
        AssessLeadRequest(id: lead.idText, bant: bant, meddicc: meddicc),
        bench.asAdmin()
      )
    }
    let first = try await assess(Bant(budget: known(20, "CFO\nagreed"), need: known(nil, "asked")))
    #expect(first.bantScore == 20 && first.bant?.need?.evidence == "asked")
    #expect(first.bant?.budget?.evidence == "CFO\nagreed" && first.bant?.authority == nil)
    bench.clock.advance(by: .seconds(60))
    let second = try await assess(
      Bant(budget: known(20, "CFO\nagreed"), authority: known(0), need: known(nil))
    )
    #expect(second.bant?.budget == first.bant?.budget && second.bant?.need == nil)
    #expect(second.bant?.authority?.time == bench.clock.clock.now && second.bantScore == 20)
    #expect(second.meddicc == nil && second.meddiccScore == nil)
    let cleared = try await assess(Bant(budget: known(nil), authority: known(nil)))
    #expect(cleared.bant == nil && cleared.bantScore == nil)
    let nothing = await refusal { _ = try await assess(nil) }
    #expect(nothing?.violations.map(\.field) == ["bant"])
  }

  @Test func `disqualifying takes a reason of the tenant's list, and the qualification away`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    _ = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: lead.idText, reason: "Wants it"),
      bench.asAdmin()
    )
    func disqualify(_ reason: String) async throws -> Lead {
      try await bench.handlers.disqualifyLead(
        DisqualifyLeadRequest(id: lead.idText, reason: reason),
        bench.asAdmin()
      )
    }
    for reason in ["", "because", String(repeating: "a", count: 10_000)] {
      let refused = await refusal { _ = try await disqualify(reason) }
      #expect(refused?.code == .invalidArgument)
      #expect(refused?.violations.map(\.field) == ["reason"])
    }
    let done = try await disqualify("No Budget")
    #expect(done.status == "unqualified" && done.disqualificationReason == "no_budget")
    #expect(!done.qualified && done.qualificationTime == nil && done.qualificationReason.isEmpty)
    let back = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, status: "contacted"),
        updateMask: .init(paths: ["status"])
      ),
      bench.asAdmin()
    )
    #expect(back.disqualificationReason.isEmpty)
  }

  @Test func `a reason in use is retired, not deleted`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    _ = try await bench.handlers.disqualifyLead(
      DisqualifyLeadRequest(id: lead.idText, reason: "no_need"),
      bench.asAdmin()
    )
    let reasons = try await bench.handlers.listDisqualificationReasons(
      ListDisqualificationReasonsRequest(),
      bench.asAdmin()
    ).message().disqualificationReasons
    #expect(reasons.map(\.key).prefix(3) == ["no_budget", "no_authority", "no_need"])
    func delete(_ place: Int) async -> StatusCode? {
      await refusal {
        _ = try await bench.handlers.deleteDisqualificationReason(
          DeleteDisqualificationReasonRequest(id: reasons[place].idText),
          bench.asAdmin()
        )
      }?.code
    }
    #expect(await delete(2) == .failedPrecondition)
    #expect(await delete(1) == nil)
  }

  @Test func `recycling puts it back with a reason and a day that is not over`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "contacted" }
    let today = bench.clock.clock.now.utcDate
    func recycle(_ day: CalendarDate?) async throws -> Lead {
      try await bench.handlers.recycleLead(
        RecycleLeadRequest(id: lead.idText, reason: "Next year", returnDate: day),
        bench.asAdmin()
      )
    }
    let refused = await refusal { _ = try await recycle(CalendarDate("2001-01-01")) }
    #expect(refused?.violations.map(\.field) == ["return_date"])
    #expect(try await get(lead, bench) == lead)
    let back = try await recycle(today)
    #expect(back.status == "new" && back.recycleReason == "Next year" && back.returnDate == today)
    let qualified = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: lead.idText, reason: "Wants it"),
      bench.asAdmin()
    )
    #expect(qualified.recycleReason.isEmpty && qualified.returnDate == nil)
  }
}
