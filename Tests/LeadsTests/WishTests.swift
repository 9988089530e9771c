import LeadsAPI
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import Testing

@testable import LeadsService

@LoopActor
@Suite struct `A wish not to be contacted` {
  private let bench: LeadsBench

  init() async throws { bench = try await LeadsBench() }

  private func created(_ lead: Lead) async throws -> Lead {
    try await bench.handlers.createLead(CreateLeadRequest(lead: lead), bench.asAdmin())
  }

  private func changed(
    _ lead: Lead,
    _ field: String,
    by change: (inout Lead) -> Void
  ) async throws -> Lead {
    var lead = lead
    lead.etag = nil
    change(&lead)
    return try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: lead, updateMask: WellKnown.FieldMask(paths: [field])),
      bench.asAdmin()
    )
  }

  @Test func `stays with an address that its lead has no longer`() async throws {
    let lead = try await created(
      Lead(lastName: "Berg", email: "ida@berg.example", doNotEmail: true)
    )
    let moved = try await changed(lead, "email") { $0.email = "ida@new.example" }
    #expect(moved.doNotEmail)
    #expect(try await created(Lead(lastName: "B", email: "IDA@berg.example")).doNotEmail)
    _ = try await bench.handlers.deleteLead(DeleteLeadRequest(id: lead.idText), bench.asAdmin())
    #expect(try await created(Lead(lastName: "C", email: "ida@new.example")).doNotEmail)
    #expect(try await created(Lead(lastName: "D", email: "ida@berg.example")).doNotEmail)
  }

  @Test func `is lifted for an address that its lead has again`() async throws {
    let lead = try await created(
      Lead(lastName: "Berg", phone: "+12125550101", doNotCall: true)
    )
    let moved = try await changed(lead, "phone") { $0.phone = "+12125550102" }
    let back = try await changed(moved, "phone") { $0.phone = "+12125550101" }
    let lifted = try await changed(back, "do_not_call") { $0.doNotCall = false }
    #expect(!lifted.doNotCall)
    #expect(try await !created(Lead(lastName: "B", phone: "(212) 555-0101")).doNotCall)
    #expect(try await created(Lead(lastName: "C", phone: "(212) 555-0102")).doNotCall)
  }
}
