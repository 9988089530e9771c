import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@Suite @LoopActor struct `Leads that are no duplicates of each other` {
  private func change(
    _ lead: Lead,
    _ mask: String,
    _ bench: LeadsBench,
    _ change: (inout Lead) -> Void
  ) async throws -> Lead {
    var lead = lead
    lead.etag = nil
    change(&lead)
    return try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: lead, updateMask: WellKnown.FieldMask(paths: [mask])),
      bench.asAdmin()
    )
  }

  private func resolve(_ lead: Lead, _ status: String, _ bench: LeadsBench) async throws -> Lead {
    try await change(lead, "duplicate_resolution_status", bench) {
      $0.duplicateResolutionStatus = status
    }
  }

  /// Leads with the same address, oldest first.
  private func alike(_ bench: LeadsBench) async throws -> (Lead, Lead, Lead) {
    let first = try await bench.create("First", email: "same@example.com")
    let second = try await bench.create("Second", email: "same@example.com")
    let third = try await bench.create("Third", email: "same@example.com")
    return (first, second, third)
  }

  private func isUnresolved(_ lead: Lead, _ bench: LeadsBench) async throws -> Bool? {
    try await bench.handlers.getLeadQualification(
      GetLeadQualificationRequest(id: lead.idText),
      bench.asAdmin()
    ).checklist.first { $0.key == "no_duplicate" }.map { !$0.done }
  }

  @Test func `are not linked again, whichever of them is written, until that is taken back`()
    async throws
  {
    let bench = try await LeadsBench()
    let (first, second, third) = try await alike(bench)
    #expect(second.duplicateResolutionStatus == "none" && second.duplicateOf == first.id)
    let apart = try await resolve(second, "skipped", bench)
    #expect(apart.duplicateOf == nil && apart.duplicateResolutionStatus == "skipped")
    #expect(apart.notDuplicateOf.map(\.description) == [first.idText])
    #expect(apart.etag != second.etag, "an edit like any other")
    for lead in [second, first, second] {
      let written = try await change(lead, "city", bench) { $0.city = "Rome \(lead.idText)" }
      #expect(written.duplicateOf == nil)
    }
    #expect(try await bench.lead(second).duplicateResolutionStatus == "skipped")
    #expect(try await bench.lead(third).duplicateOf == first.id, "nobody said so of this one")
    let back = try await resolve(second, "none", bench)
    #expect(back.duplicateOf == first.id && back.notDuplicateOf.isEmpty)
  }

  @Test func `are so too where it was said of the older one`() async throws {
    let bench = try await LeadsBench()
    let (first, second, third) = try await alike(bench)
    let apart = try await resolve(first, "skipped", bench)
    #expect(apart.notDuplicateOf.map(\.description) == [second.idText, third.idText])
    #expect(try await bench.lead(second).duplicateOf == nil)
    #expect(try await bench.lead(second).etag == second.etag)
    #expect(try await bench.lead(third).duplicateOf == second.id)
    _ = try await change(second, "city", bench) { $0.city = "Rome" }
    #expect(try await bench.lead(second).duplicateOf == nil)
    _ = try await resolve(first, "none", bench)
    #expect(try await bench.lead(second).duplicateOf == first.id)
    #expect(try await bench.lead(third).duplicateOf == first.id)
  }

  @Test func `are not among those that one of them is like`() async throws {
    let bench = try await LeadsBench()
    let (first, second, third) = try await alike(bench)
    _ = try await resolve(second, "skipped", bench)
    func matches(_ lead: Lead) async throws -> [LeadID?] {
      try await bench.handlers.checkDuplicates(CheckDuplicatesRequest(lead: lead), bench.asAdmin())
        .matches.map(\.lead?.id)
    }
    #expect(try await matches(second) == [])
    #expect(try await matches(first) == [third.id])
    let new = Lead(email: "same@example.com")
    #expect(try await matches(new) == [first.id, second.id, third.id])
  }

  @Test func `keep nothing of the checklist open`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("First", email: "same@example.com")
    let second = try await bench.create("Second", email: "same@example.com")
    for lead in [first, second] { #expect(try await isUnresolved(lead, bench) == true) }
    _ = try await resolve(second, "skipped", bench)
    for lead in [first, second] { #expect(try await isUnresolved(lead, bench) == false) }
  }

  @Test func `may repeat others, of which it is asked again`() async throws {
    let bench = try await LeadsBench()
    let other = try await bench.create("Other")
    let (first, second, _) = try await alike(bench)
    _ = try await resolve(second, "skipped", bench)
    let linked = try await change(second, "email", bench) { $0.email = other.email }
    #expect(linked.duplicateOf == other.id && linked.duplicateResolutionStatus == "none")
    let apart = try await resolve(second, "skipped", bench)
    #expect(apart.duplicateOf == nil)
    #expect(apart.notDuplicateOf.map(\.description) == [first.idText, other.idText])
    let back = try await change(second, "email", bench) { $0.email = first.email }
    #expect(back.duplicateOf == nil, "of the first one it was said before")
  }

  @Test func `are none either when one of them was deleted and came back`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("First", email: "same@example.com")
    let second = try await bench.create("Second", email: "same@example.com")
    _ = try await resolve(second, "skipped", bench)
    func rows() async throws -> Int? {
      try await bench.handlers.store.read(bench.tenant) { transaction in
        try transaction.value("SELECT count(*) FROM leads_told_apart", as: Int.self)
      }
    }
    for lead in [first, second] {
      let delete = DeleteLeadRequest(id: lead.idText)
      _ = try await bench.handlers.deleteLead(delete, bench.asAdmin())
      #expect(try await rows() == (lead.id == second.id ? 0 : 1))
      let undelete = UndeleteLeadRequest(id: lead.idText)
      _ = try await bench.handlers.undeleteLead(undelete, bench.asAdmin())
      #expect(try await bench.lead(second).duplicateOf == nil)
      #expect(try await bench.lead(second).duplicateResolutionStatus == "skipped")
      #expect(try await rows() == 1)
    }
  }

  @Test func `can be created as such, and take their own turn`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("First", email: "same@example.com")
    let second = try await bench.create("Second", email: "same@example.com") {
      $0.duplicateResolutionStatus = "skipped"
    }
    #expect(second.duplicateOf == nil && second.ownerId != first.ownerId)
    #expect(second.notDuplicateOf.map(\.description) == [first.idText])
  }

  @Test func `are only skipped: what else a status could be is refused`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    for status in ["merged", "duplicate"] {
      let refused = await refusal { _ = try await resolve(lead, status, bench) }
      #expect(refused?.violations.map(\.field) == ["duplicate_resolution_status"])
    }
    let cleared = try await resolve(lead, "", bench)
    #expect(cleared.duplicateResolutionStatus == "none")
  }
}
