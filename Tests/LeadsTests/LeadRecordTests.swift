import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService

/// What leads have as every kind of record does, by the rules of leads.
@Suite @LoopActor struct `Leads as records` {
  private func finish(_ started: RecordsAPI.Operation, _ bench: LeadsBench) async throws {
    let worker = OperationWorker([bench.handlers.leads], bench.handlers.store)
    let id = try #require(IDWords(started.id, prefix: "leads_operation"))
    while try await worker.step(id, of: bench.tenant) {}
  }

  private func undo(_ started: RecordsAPI.Operation, _ bench: LeadsBench) async throws {
    let services = RecordServices([bench.handlers.leads], bench.handlers.store)
    _ = try await services.undoOperation(UndoOperationRequest(id: started.id), bench.asAdmin())
    try await finish(started, bench)
  }

  private func get(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asAdmin()).message()
  }

  @Test func `are cleaned and scored again by a change of many, and by its undoing`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let started = try await bench.handlers.batchUpdateLeads(
      BatchUpdateLeadsRequest(
        ids: [lead.idText],
        lead: Lead(phone: "660-485-0224"),
        updateMask: .init(paths: ["phone"])
      ),
      bench.asAdmin()
    )
    try await finish(started, bench)
    let called = try await get(lead, bench)
    #expect(called.phone == "+16604850224" && called.phoneValid && called.score > lead.score)
    try await undo(started, bench)
    try await bench.rescore()
    let back = try await get(lead, bench)
    #expect(back.phone == lead.phone && back.score == lead.score)
    let history = try await bench.handlers.listLeadHistory(
      ListHistoryRequest(id: lead.idText),
      bench.asAdmin()
    )
    let edits = history.entries.filter { $0.actor != "system:leads" }
    #expect(edits.map(\.action) == ["update", "update", "create"])
    #expect(edits[1].changes.contains { $0.field == "phone" && $0.new == "+16604850224" })
  }

  @Test func `are all refused at the start what none of them may have`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    func fields(_ values: Lead, _ mask: String...) async -> [String]? {
      await refusal {
        _ = try await bench.handlers.batchUpdateLeads(
          BatchUpdateLeadsRequest(
            ids: [lead.idText],
            lead: values,
            updateMask: .init(paths: mask)
          ),
          bench.asAdmin()
        )
      }?.violations.map(\.field)
    }
    #expect(await fields(Lead(status: "nonsense"), "status") == ["status"])
    #expect(await fields(Lead(source: "nonsense"), "source") == ["source"])
    let stranger = MemberID("member_01h455vb4pex5vsknk084sn02q")
    #expect(await fields(Lead(ownerId: stranger), "owner_id") == ["owner_id"])
    #expect(await fields(Lead(), "email", "phone") == ["email"])
    #expect(await fields(Lead(), "first_name", "last_name", "company_name") == ["last_name"])
    #expect(await fields(Lead(), "status", "source", "owner_id", "phone") == nil)
  }

  @Test func `come back as duplicates of what they repeated`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("Denson") { $0.email = "one@example.com" }
    let second = try await bench.create("Denson") { $0.email = "ONE@example.com" }
    #expect(second.duplicateOf == first.id)
    let started = try await bench.handlers.batchDeleteLeads(
      BatchDeleteRequest(ids: [first.idText, second.idText]),
      bench.asAdmin()
    )
    try await finish(started, bench)
    let gone = await refusal { _ = try await get(first, bench) }
    #expect(gone?.code == .notFound)
    try await undo(started, bench)
    #expect(try await get(first, bench).duplicateOf == nil)
    #expect(try await get(second, bench).duplicateOf == first.id)
  }

  @Test func `are named by person, or by company where there is none`() async throws {
    let bench = try await LeadsBench()
    let person = try await bench.create("Denson") { lead in
      (lead.firstName, lead.companyName) = ("Gary", "Moe's")
    }
    let company = try await bench.create("Nobody") { lead in
      (lead.lastName, lead.companyName) = ("", "Moe's")
    }
    let services = RecordServices([bench.handlers.leads], bench.handlers.store)
    let names = try await services.resolve(
      ResolveRequest(ids: [person.idText, company.idText]),
      bench.asAdmin()
    ).records
    #expect(names.map(\.title) == ["Gary Denson", "Moe's"])
    #expect(names.map(\.subtitle) == ["Moe's", ""])
  }
}
