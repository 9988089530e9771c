import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@Suite @LoopActor struct `A deleted lead` {
  private func delete(_ lead: Lead, _ bench: LeadsBench) async throws {
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: lead.idText), bench.asAdmin())
  }

  private func undelete(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.undeleteLead(UndeleteLeadRequest(id: lead.idText), bench.asAdmin())
  }

  @Test func `comes back with a status that was retired and an owner who left`() async throws {
    let bench = try await LeadsBench()
    let owner = bench.reps[0]
    let lead = try await bench.create("Denson") {
      $0.status = "contacted"
      $0.ownerId = owner
    }
    try await delete(lead, bench)
    let status = try #require(try await bench.statuses().first { $0.key == "contacted" })
    _ = try await bench.change(status) { $0.active = false }
    bench.follow(owner, "rep", takesLeads: true, isActive: false)
    let back = try await undelete(lead, bench)
    #expect(back.status == "contacted")
    #expect(back.ownerId == owner)
    let refused = await refusal {
      _ = try await bench.create("Sims") { $0.status = "contacted" }
    }
    #expect(refused?.violations.map(\.field) == ["status"])
  }

  @Test func `comes back only if it is deleted, and otherwise says that it is not`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.ownerId = bench.reps[0] }
    let refused = await refusal { _ = try await undelete(lead, bench) }
    #expect(refused?.code == .alreadyExists && refused?.message.hasSuffix("is not deleted") == true)
    var none = lead
    none.id = LeadID("lead_01h455vb4pex5vsknk084sn02q")
    let unknown = await refusal { _ = try await undelete(none, bench) }
    #expect(unknown?.code == .notFound)
  }

  @Test func `is the one again that later ones repeat`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("Denson", email: "same@example.com")
    let second = try await bench.create("Denson", email: "same@example.com")
    let third = try await bench.create("Denson", email: "same@example.com")
    #expect(try await bench.lead(third).duplicateOf == first.id)
    try await delete(first, bench)
    #expect(try await bench.lead(second).duplicateOf == nil)
    #expect(try await bench.lead(third).duplicateOf == second.id)
    let back = try await undelete(first, bench)
    #expect(back.duplicateOf == nil)
    #expect(try await bench.lead(second).duplicateOf == first.id)
    #expect(try await bench.lead(third).duplicateOf == first.id)
  }
}
