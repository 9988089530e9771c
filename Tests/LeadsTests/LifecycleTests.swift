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

extension LeadsBench {
  /// Changes a status of the tenant.
  fileprivate func set(_ key: String, _ edit: (inout LeadStatus) -> Void) async throws {
    let status = try #require(try await statuses().first { $0.key == key })
    _ = try await change(status, edit)
  }

  fileprivate func update(_ lead: Lead, _ values: Lead, _ mask: String...) async throws -> Lead {
    var values = values
    values.id = lead.id
    return try await handlers.updateLead(
      UpdateLeadRequest(lead: values, updateMask: .init(paths: mask)),
      asAdmin()
    )
  }
}

@Suite @LoopActor struct `The substatus of a lead` {
  /// A bench whose statuses "contacted" and "qualified" have substatuses.
  private func filled() async throws -> LeadsBench {
    let bench = try await LeadsBench()
    try await bench.set("contacted") { $0.substatuses = ["Left a message", "Waiting"] }
    try await bench.set("qualified") { $0.substatuses = ["Waiting", "Budget open"] }
    return bench
  }

  @Test func `is one of those that its status has, in any case`() async throws {
    let bench = try await filled()
    let lead = try await bench.create("Denson") {
      ($0.status, $0.substatus) = ("contacted", " left a MESSAGE ")
    }
    #expect(lead.substatus == "Left a message")
    let waiting = try await bench.update(lead, Lead(substatus: "waiting"), "substatus")
    #expect(waiting.substatus == "Waiting")
    let other = await refusal {
      _ = try await bench.update(lead, Lead(substatus: "Budget open"), "substatus")
    }
    #expect(other?.code == .invalidArgument)
    #expect(other?.violations.map(\.field) == ["substatus"])
    #expect(
      other?.violations.first?.description
        == "must be one of the substatuses of the status “Contacted”; “Budget open” is not"
    )
    let none = await refusal {
      _ = try await bench.create("New") { $0.substatus = "Waiting" }
    }
    #expect(
      none?.violations.first?.description
        == "must be empty: the status “New” has no substatuses"
    )
    let listed = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: "substatus == 'Waiting'"),
      bench.asAdmin()
    ).message().leads
    #expect(listed.map(\.lastName) == ["Denson"])
  }

  @Test func `goes with the status, unless the next has one of the name`() async throws {
    let bench = try await filled()
    let lead = try await bench.create("Denson") {
      ($0.status, $0.substatus) = ("contacted", "Waiting")
    }
    let qualified = try await bench.update(lead, Lead(status: "qualified"), "status")
    #expect(qualified.substatus == "Waiting")
    let back = try await bench.update(
      lead,
      Lead(status: "contacted", substatus: "Left a message"),
      "status",
      "substatus"
    )
    #expect(back.substatus == "Left a message")
    let again = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: lead.idText, reason: "Wants it"),
      bench.asAdmin()
    )
    #expect(again.status == "qualified" && again.substatus.isEmpty)
    let wrong = await refusal {
      _ = try await bench.update(
        lead,
        Lead(status: "new", substatus: "Waiting"),
        "status",
        "substatus"
      )
    }
    #expect(wrong?.violations.map(\.field) == ["substatus"])
  }

  @Test func `comes back with the stage when a change of many is undone`() async throws {
    let bench = try await filled()
    let lead = try await bench.create("Denson") {
      ($0.status, $0.substatus) = ("contacted", "Left a message")
    }
    let started = try await bench.handlers.batchUpdateLeads(
      BatchUpdateLeadsRequest(
        ids: [lead.idText],
        lead: Lead(status: "qualified"),
        updateMask: .init(paths: ["status"])
      ),
      bench.asAdmin()
    )
    let worker = OperationWorker([bench.handlers.leads], bench.handlers.store)
    let id = try #require(IDWords(started.id, prefix: "leads_operation"))
    while try await worker.step(id, of: bench.tenant) {}
    let moved = try await bench.lead(lead)
    #expect([moved.substatus, moved.lifecycleStage] == ["", "sales_qualified"])
    let services = RecordServices([bench.handlers.leads], bench.handlers.store)
    _ = try await services.undoOperation(UndoOperationRequest(id: started.id), bench.asAdmin())
    while try await worker.step(id, of: bench.tenant) {}
    let back = try await bench.lead(lead)
    #expect([back.status, back.substatus] == ["contacted", "Left a message"])
    #expect(back.lifecycleStage == "lead")
  }

  @Test func `stays when the status has it no more, and can be asked for`() async throws {
    let bench = try await filled()
    let lead = try await bench.create("Denson") {
      ($0.status, $0.substatus) = ("contacted", "Waiting")
    }
    try await bench.set("contacted") { $0.substatuses = ["Left a message"] }
    #expect(try await bench.update(lead, Lead(city: "Basel"), "city").substatus == "Waiting")
    #expect(try await bench.update(lead, Lead(), "substatus").substatus.isEmpty)
    try await bench.set("qualified") { $0.requiredFields = ["substatus"] }
    let refused = await refusal {
      _ = try await bench.update(lead, Lead(status: "qualified"), "status")
    }
    #expect(refused?.violations.map(\.field) == ["substatus"])
    let asked = await refusal {
      try await bench.set("qualified") { $0.requiredFields = ["lifecycle_stage"] }
    }
    #expect(asked?.violations.map(\.field) == ["required_fields"])
  }

  @Test func `is of a list of names that differ, in their order`() async throws {
    let bench = try await LeadsBench()
    try await bench.set("new") { $0.substatuses = [" To  call ", "Later", "to call"] }
    #expect(try await bench.statuses().first?.substatuses == ["To call", "Later"])
    for names in [[""], ["  "], [String(repeating: "ä", count: 101)], (0...100).map { "s\($0)" }] {
      let refused = await refusal { try await bench.set("new") { $0.substatuses = names } }
      #expect(refused?.code == .invalidArgument)
      #expect(refused?.violations.map(\.field) == ["substatuses"])
    }
  }

  @Test func `is as it was in a lead that is unconverted`() async throws {
    let bench = try await filled()
    let lead = try await bench.create("Denson") {
      ($0.companyName, $0.status, $0.substatus) = ("Chargepal", "qualified", "Budget open")
    }
    _ = try await bench.handlers.convertLead(
      ConvertLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(try await bench.lead(lead).substatus.isEmpty)
    try await bench.set("qualified") { $0.substatuses = [] }
    let reopened = try await bench.handlers.unconvertLead(
      UnconvertLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(reopened.substatus == "Budget open")
  }
}

@Suite @LoopActor struct `The stage of a lead` {
  @Test(
    arguments: [
      ("new", "lead"), ("contacted", "lead"), ("qualified", "sales_qualified"),
      ("unqualified", "lost"), ("dead", "lost"),
    ]
  )
  func `follows at first from its status, where nobody says it`(
    status: String,
    stage: String
  ) async throws {
    let bench = try await LeadsBench()
    #expect(try await bench.create("Denson") { $0.status = status }.lifecycleStage == stage)
    let said = try await bench.create("Other") {
      ($0.status, $0.lifecycleStage) = (status, "customer")
    }
    #expect(said.lifecycleStage == "customer")
    let cleared = try await bench.update(said, Lead(), "lifecycle_stage")
    #expect(cleared.lifecycleStage == stage)
  }

  @Test func `moves with the status, or to where somebody sets it`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    func stage(in status: String) async throws -> String {
      try await bench.update(lead, Lead(status: status), "status").lifecycleStage
    }
    func set(_ stage: String) async throws -> String {
      try await bench.update(lead, Lead(lifecycleStage: stage), "lifecycle_stage").lifecycleStage
    }
    #expect(try await set("marketing_qualified") == "marketing_qualified")
    #expect(try await stage(in: "contacted") == "marketing_qualified")
    #expect(try await stage(in: "qualified") == "sales_qualified")
    #expect(try await stage(in: "contacted") == "lead")
    #expect(try await stage(in: "dead") == "lost")
    #expect(try await stage(in: "contacted") == "lead")
    #expect(try await set("customer") == "customer")
    #expect(try await stage(in: "qualified") == "customer")
    #expect(try await bench.update(lead, Lead(city: "Basel"), "city").lifecycleStage == "customer")
    #expect(try await stage(in: "unqualified") == "lost")
    #expect(try await stage(in: "qualified") == "sales_qualified")
    let both = try await bench.update(
      lead,
      Lead(status: "dead", lifecycleStage: "marketing_qualified"),
      "status",
      "lifecycle_stage"
    )
    #expect(both.lifecycleStage == "marketing_qualified")
    let wrong = await refusal { _ = try await set("suspect") }
    #expect(wrong?.violations.map(\.field) == ["lifecycle_stage"])
  }

  @Test func `moves by the verbs of qualification`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let qualified = try await bench.handlers.qualifyLead(
      QualifyLeadRequest(id: lead.idText, reason: "Wants it"),
      bench.asAdmin()
    )
    #expect(qualified.lifecycleStage == "sales_qualified")
    let refused = try await bench.handlers.disqualifyLead(
      DisqualifyLeadRequest(id: lead.idText, reason: "no_need"),
      bench.asAdmin()
    )
    #expect(refused.lifecycleStage == "lost")
    let back = try await bench.handlers.recycleLead(
      RecycleLeadRequest(id: lead.idText, reason: "Next year"),
      bench.asAdmin()
    )
    #expect(back.lifecycleStage == "lead")
    let history = try await bench.handlers.listLeadHistory(
      ListHistoryRequest(id: lead.idText),
      bench.asAdmin()
    )
    let entry = try #require(history.entries.first { $0.action == "disqualify" })
    #expect(entry.changes.contains { $0.field == "lifecycle_stage" && $0.new == "lost" })
  }

  @Test func `is qualified with a status that gets the type`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "contacted" }
    let status = try #require(try await bench.statuses().first { $0.key == "contacted" })
    let changed = try await bench.change(status) { $0.statusType = "qualified" }
    let id = try #require(changed.followID)
    let worker = OperationWorker([bench.handlers.leads], bench.handlers.store)
    while try await worker.step(id, of: bench.tenant) {}
    #expect(try await bench.lead(lead).lifecycleStage == "sales_qualified")
  }

  @Test(arguments: [(true, "opportunity"), (false, "sales_qualified")])
  func `moves by a conversion, and back with it`(hasDeal: Bool, stage: String) async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") {
      ($0.companyName, $0.lifecycleStage) = ("Chargepal", "marketing_qualified")
    }
    var request = ConvertLeadRequest(id: lead.idText)
    request.overrideReason = "They pay"
    if hasDeal { request.deal = ConversionDeal() }
    _ = try await bench.handlers.convertLead(request, bench.asAdmin())
    #expect(try await bench.lead(lead).lifecycleStage == stage)
    let reopened = try await bench.handlers.unconvertLead(
      UnconvertLeadRequest(id: lead.idText),
      bench.asAdmin()
    )
    #expect(reopened.status == "new" && reopened.lifecycleStage == "marketing_qualified")
  }

  @Test func `of a customer stays when the lead is converted`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") {
      ($0.companyName, $0.status, $0.lifecycleStage) = ("Chargepal", "qualified", "customer")
    }
    var request = ConvertLeadRequest(id: lead.idText)
    request.deal = ConversionDeal()
    _ = try await bench.handlers.convertLead(request, bench.asAdmin())
    #expect(try await bench.lead(lead).lifecycleStage == "customer")
  }

  @Test func `counts for the score that a new lead is answered with`() async throws {
    let bench = try await LeadsBench()
    try await bench.addRule("lifecycle_stage == 'lead'", points: 9)
    // The rules that it was created by are known to have changed from here on.
    _ = try await bench.create("First")
    let lead = try await bench.create("Second")
    #expect(lead.scoreBreakdown.contains { $0.points == 9 })
    let grouped = try await bench.handlers.aggregateLeads(
      AggregateRequest(groupBy: "lifecycle_stage"),
      bench.asAdmin()
    )
    #expect(grouped.groups.map(\.keys) == [["lead"]] && grouped.groups.map(\.count) == [2])
  }
}
