import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@Suite struct `A lead's owner` {
  @LoopActor
  @Test func `of a repeat is somebody who is there, not the original's who left`() async throws {
    let bench = try await LeadsBench()
    let first = try await bench.create("First", email: "same@example.com") {
      $0.ownerId = bench.reps[1]
    }
    bench.follow(bench.reps[1], "rep", takesLeads: true, isActive: false)
    let again = try await bench.create("Again", email: "same@example.com")
    #expect(again.duplicateOf == first.id)
    #expect(again.ownerId == bench.reps[0])
    bench.follow(bench.reps[0], "read_only", takesLeads: true)
    let third = try await bench.create("Third", email: "same@example.com")
    #expect(third.ownerId == nil, "it waits in the queue")
  }

  @LoopActor
  @Test func `is never a member who may only read, in turn or by hand`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Given") { $0.ownerId = bench.reps[0] }
    bench.follow(bench.reps[1], "read_only", takesLeads: true)
    for number in 0..<4 {
      #expect(try await bench.create("L\(number)").ownerId == bench.reps[0])
    }
    var given = lead
    given.ownerId = bench.reps[1]
    let request = UpdateLeadRequest(
      lead: given,
      updateMask: WellKnown.FieldMask(paths: ["owner_id"])
    )
    let refused = await refusal {
      _ = try await bench.handlers.updateLead(request, bench.asAdmin())
    }
    #expect(refused?.violations.map(\.field) == ["owner_id"])
    #expect(refused?.violations.first?.description.contains("may edit leads") == true)
    let made = await refusal {
      _ = try await bench.create("X") { $0.ownerId = bench.reps[1] }
    }
    #expect(made?.violations.map(\.field) == ["owner_id"])
  }

  @LoopActor
  @Test func `who left stays on their leads, which are listed and handed over`() async throws {
    let bench = try await LeadsBench()
    var held: [LeadID?] = []
    for number in 0..<3 {
      held.append(try await bench.create("H\(number)") { $0.ownerId = bench.reps[1] }.id)
    }
    bench.follow(bench.reps[1], "rep", takesLeads: true, isActive: false)
    let filter = "owner_id == '\(bench.reps[1])'"
    let list = try await bench.handlers.listLeads(
      ListLeadsRequest(filter: filter, orderBy: "create_time"),
      bench.asAdmin()
    ).message()
    #expect(list.leads.map(\.id) == held)
    var edit = try #require(list.leads.first)
    edit.city = "Roma"
    let edited = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: edit, updateMask: WellKnown.FieldMask(paths: ["city"])),
      bench.asAdmin()
    )
    #expect(edited.ownerId == bench.reps[1])
    edit.etag = nil
    edit.ownerId = bench.reps[0]
    let given = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: edit, updateMask: WellKnown.FieldMask(paths: ["owner_id"])),
      bench.asAdmin()
    )
    #expect(given.ownerId == bench.reps[0])
  }
}
