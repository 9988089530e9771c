import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService

@Suite @LoopActor struct `A status workflow` {
  /// Changes a status of the tenant.
  private func set(
    _ key: String,
    _ bench: LeadsBench,
    _ edit: (inout LeadStatus) -> Void
  ) async throws {
    let status = try #require(try await bench.statuses().first { $0.key == key })
    _ = try await bench.change(status, edit)
  }

  private func move(_ lead: Lead, to status: String, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, status: status),
        updateMask: .init(paths: ["status"])
      ),
      bench.asAdmin()
    )
  }

  @Test func `lets a lead go from a status to those that it names alone`() async throws {
    let bench = try await LeadsBench()
    try await set("new", bench) { $0.nextStatuses = ["contacted", "dead", "contacted"] }
    #expect(try await bench.statuses().first?.nextStatuses == ["contacted", "dead"])
    let lead = try await bench.create("Denson")
    let refused = await refusal { _ = try await move(lead, to: "qualified", bench) }
    #expect(refused?.code == .invalidArgument)
    #expect(refused?.violations.map(\.field) == ["status"])
    #expect(
      refused?.violations.first?.description
        == "must be “Contacted” or “Dead” after “New”; “qualified” is not allowed"
    )
    let verb = await refusal {
      _ = try await bench.handlers.qualifyLead(
        QualifyLeadRequest(id: lead.idText, reason: "Wants it"),
        bench.asAdmin()
      )
    }
    #expect(verb?.violations.map(\.field) == ["status"])
    #expect(try await move(lead, to: "contacted", bench).status == "contacted")
    #expect(try await bench.create("Other") { $0.status = "qualified" }.qualified)
  }

  @Test func `needs the fields that a status asks for, on entering it and from then on`()
    async throws
  {
    let bench = try await LeadsBench()
    try await set("qualified", bench) { $0.requiredFields = ["company_size", "bant_score"] }
    let lead = try await bench.create("Denson")
    let refused = await refusal { _ = try await move(lead, to: "qualified", bench) }
    #expect(refused?.violations.map(\.field) == ["company_size", "bant_score"])
    let created = await refusal {
      _ = try await bench.create("Other") { $0.status = "qualified" }
    }
    #expect(created?.violations.map(\.field) == ["company_size", "bant_score"])
    _ = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, companySize: 40),
        updateMask: .init(paths: ["company_size"])
      ),
      bench.asAdmin()
    )
    let qualified = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(
        id: lead.idText,
        reason: "Wants it",
        bant: Bant(budget: Criterion(score: 20))
      ),
      bench.asAdmin()
    )
    #expect(qualified.qualified)
    let emptied = await refusal {
      _ = try await bench.handlers.updateLead(
        UpdateLeadRequest(
          lead: Lead(id: lead.id),
          updateMask: .init(paths: ["company_size"])
        ),
        bench.asAdmin()
      )
    }
    #expect(emptied?.violations.map(\.field) == ["company_size"])
  }

  @Test func `holds for changes of many, each lead by itself`() async throws {
    let bench = try await LeadsBench()
    try await set("new", bench) { $0.nextStatuses = ["contacted"] }
    try await set("dead", bench) { $0.requiredFields = ["disqualification_reason"] }
    let fresh = try await bench.create("Denson")
    let old = try await bench.create("Other") { $0.status = "contacted" }
    let started = try await bench.handlers.batchUpdateLeads(
      BatchUpdateLeadsRequest(
        ids: [fresh.idText, old.idText],
        lead: Lead(status: "dead", disqualificationReason: "no_need"),
        updateMask: .init(paths: ["status", "disqualification_reason"])
      ),
      bench.asAdmin()
    )
    let worker = OperationWorker([bench.handlers.leads], bench.handlers.store)
    let id = try #require(IDWords(started.id, prefix: "leads_operation"))
    while try await worker.step(id, of: bench.tenant) {}
    let list = try await bench.handlers.listLeads(ListLeadsRequest(), bench.asAdmin()).message()
    let statuses = Dictionary(uniqueKeysWithValues: list.leads.map { ($0.lastName, $0.status) })
    #expect(statuses == ["Denson": "new", "Other": "dead"])
    let refused = await refusal { _ = try await move(old, to: "dead", bench) }
    #expect(refused == nil)
    let without = await refusal {
      _ = try await bench.create("Third") { $0.status = "dead" }
    }
    #expect(without?.violations.map(\.field) == ["disqualification_reason"])
  }

  @Test func `says what a lead is by its status's type, whoever moves it`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let qualified = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, status: "qualified", qualificationReason: "They asked"),
        updateMask: .init(paths: ["status", "qualification_reason"])
      ),
      bench.asAdmin()
    )
    #expect(qualified.qualified && qualified.qualificationTime == bench.clock.clock.now)
    #expect(qualified.qualificationReason == "They asked")
    let back = try await move(lead, to: "contacted", bench)
    #expect(!back.qualified && back.qualificationReason.isEmpty && back.qualificationTime == nil)
  }

  @Test func `has leads reach a status of type converted by their conversion alone`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "qualified" }
    let refused = await refusal { _ = try await move(lead, to: "converted", bench) }
    #expect(refused?.code == .invalidArgument && refused?.violations.map(\.field) == ["status"])
    #expect(
      refused?.violations.first?.description
        == "must be reached by :convert alone; “converted” is of type converted"
    )
    let created = await refusal {
      _ = try await bench.create("Other") { $0.status = "converted" }
    }
    #expect(created?.violations.map(\.field) == ["status"])
    let started = try await bench.handlers.batchUpdateLeads(
      BatchUpdateLeadsRequest(
        ids: [lead.idText],
        lead: Lead(status: "converted"),
        updateMask: .init(paths: ["status"])
      ),
      bench.asAdmin()
    )
    let worker = OperationWorker([bench.handlers.leads], bench.handlers.store)
    let id = try #require(IDWords(started.id, prefix: "leads_operation"))
    while try await worker.step(id, of: bench.tenant) {}
    #expect(try await bench.lead(lead).status == "qualified")
    _ = try await bench.handlers.convertLead(
      ConvertLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(try await bench.lead(lead).status == "converted")
  }

  @Test func `lets a lead be edited in a status that got the type converted`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "contacted" }
    try await set("contacted", bench) { $0.statusType = "converted" }
    let edited = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, city: "Basel", status: "contacted"),
        updateMask: .init(paths: ["city", "status"])
      ),
      bench.asAdmin()
    )
    #expect(edited.city == "Basel" && edited.status == "contacted")
    #expect(try await move(lead, to: "new", bench).status == "new")
  }

  @Test func `has leads follow a status that gets another type`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "contacted" }
    let status = try #require(try await bench.statuses().first { $0.key == "contacted" })
    let changed = try await bench.change(status) { $0.statusType = "qualified" }
    let id = try #require(changed.followID)
    let worker = OperationWorker([bench.handlers.leads], bench.handlers.store)
    while try await worker.step(id, of: bench.tenant) {}
    let list = try await bench.handlers.listLeads(ListLeadsRequest(), bench.asAdmin()).message()
    #expect(list.leads.first?.qualified == true && list.leads.first?.id == lead.id)
    #expect(list.leads.first?.updatedBy == "system:leads")
  }

  @Test func `takes a reason only where the status has one`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let refused = await refusal {
      _ = try await bench.handlers.updateLead(
        UpdateLeadRequest(
          lead: Lead(
            id: lead.id,
            qualificationReason: "They asked",
            disqualificationReason: "no_need"
          ),
          updateMask: .init(paths: ["qualification_reason", "disqualification_reason"])
        ),
        bench.asAdmin()
      )
    }
    #expect(
      refused?.violations.map(\.field) == ["qualification_reason", "disqualification_reason"]
    )
    let unknown = await refusal {
      _ = try await bench.create("Other") {
        $0.status = "dead"
        $0.disqualificationReason = "whim"
      }
    }
    #expect(unknown?.violations.map(\.field) == ["disqualification_reason"])
  }

  @Test(
    arguments: [
      (["nowhere"], [], "next_statuses"), ((0...100).map { "s\($0)" }, [], "next_statuses"),
      ([], ["score"], "required_fields"), ([], ["status"], "required_fields"),
      ([], ["do_not_call"], "required_fields"), ([], ["shoe_size"], "required_fields"),
    ] as [([String], [String], String)]
  )
  func `is made of statuses and fields that there are`(
    next: [String],
    required: [String],
    field: String
  ) async throws {
    let bench = try await LeadsBench()
    let refused = await refusal {
      try await set("new", bench) { ($0.nextStatuses, $0.requiredFields) = (next, required) }
    }
    #expect(refused?.code == .invalidArgument && refused?.violations.map(\.field) == [field])
  }

  @Test func `keeps a status that another leads to`() async throws {
    let bench = try await LeadsBench()
    try await set("new", bench) { $0.nextStatuses = ["contacted", "dead"] }
    let dead = try #require(try await bench.statuses().last)
    func delete() async throws {
      _ = try await bench.handlers.deleteLeadStatus(
        DeleteLeadStatusRequest(id: dead.idText),
        bench.asAdmin()
      )
    }
    let refused = await refusal { try await delete() }
    #expect(refused?.code == .failedPrecondition && refused?.message.contains("“New”") == true)
    try await set("new", bench) { $0.nextStatuses = ["contacted"] }
    try await delete()
    #expect(try await bench.statuses().count == 5)
  }
}
