import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import RecordsAPI
import Testing

@testable import LeadsService

@Suite @LoopActor struct `A picklist` {
  @Test func `begins as every tenant's, in its order`() async throws {
    let bench = try await LeadsBench()
    let statuses = try await bench.statuses()
    #expect(
      statuses.map(\.key)
        == ["new", "contacted", "qualified", "unqualified", "converted", "dead"]
    )
    #expect(statuses.map(\.position) == [0, 1, 2, 3, 4, 5])
    #expect(statuses.map(\.statusType) == statuses.map(\.key))
    #expect(statuses.allSatisfy { $0.active == true && $0.id != nil && $0.etag != nil })
  }

  @Test func `takes a new entry at its end, with a key made of the name`() async throws {
    let bench = try await LeadsBench()
    let made = try await bench.add(LeadStatus(displayName: " Attempted to Contact "))
    #expect(made.key == "attempted_to_contact")
    #expect(made.displayName == "Attempted to Contact")
    #expect(made.position == 6)
    let again = await refusal {
      _ = try await bench.add(LeadStatus(key: "attempted_to_contact", displayName: "Other"))
    }
    #expect(again?.code == .alreadyExists)
    #expect(again?.violations.map(\.field) == ["key"])
  }

  @Test(arguments: [
    ("日本語", "ri_ben_yu"), ("Новый", "novyj"), ("Señal", "senal"), ("Größe", "grosse"),
    ("🚀", "status_7"), ("C++", "c"), ("Ｎｅｗ！", "new_2"),
    (String(repeating: "я", count: 100), String(repeating: "a", count: 60)),
  ])
  func `takes a name in any script, with a key in letters of ASCII`(
    name: String,
    key: String
  ) async throws {
    let bench = try await LeadsBench()
    #expect(try await bench.add(LeadStatus(displayName: name)).key == key)
  }

  @Test func `numbers keys that several names give, and says whose name is taken`() async throws {
    let bench = try await LeadsBench()
    #expect(try await bench.add(LeadStatus(displayName: "C++")).key == "c")
    #expect(try await bench.add(LeadStatus(displayName: "C#")).key == "c_2")
    #expect(try await bench.add(LeadStatus(displayName: "🚀")).key == "status_9")
    #expect(try await bench.add(LeadStatus(displayName: "🌍")).key == "status_10")
    for name in ["contacted", "ＣＯＮＴＡＣＴＥＤ", "🚀"] {
      let refused = await refusal {
        _ = try await bench.add(LeadStatus(displayName: name))
      }
      #expect(refused?.code == .alreadyExists)
      #expect(refused?.violations.map(\.field) == ["display_name"])
      let shown = name == "🚀" ? name : "Contacted"
      #expect(refused?.violations.first?.description.contains("“\(shown)”") == true)
    }
    let last = try #require(try await bench.statuses().last)
    let renamed = await refusal {
      _ = try await bench.change(last) { $0.displayName = "c#" }
    }
    #expect(renamed?.violations.map(\.field) == ["display_name"])
    #expect(try await bench.change(last) { $0.colour = "#112233" }.colour == "#112233")
  }

  @Test(
    arguments: [
      (LeadStatus(displayName: ""), "display_name"),
      (LeadStatus(key: "Not a key", displayName: "A"), "key"),
      (LeadStatus(displayName: "A", colour: "red"), "colour"),
      (
        LeadStatus(displayName: "A", description: String(repeating: "a", count: 501)),
        "description"
      ),
      (LeadStatus(displayName: "A", statusType: "lost"), "status_type"),
    ]
  )
  func `names the field that is wrong`(draft: LeadStatus, field: String) async throws {
    let bench = try await LeadsBench()
    let refused = await refusal { _ = try await bench.add(draft) }
    #expect(refused?.code == .invalidArgument)
    #expect(refused?.violations.map(\.field) == [field])
    #expect(try await bench.statuses().count == 6)
  }

  @Test func `is renamed, tinted and described without a new key`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "contacted" }
    let before = try await bench.statuses()[1]
    let changed = try await bench.change(before) {
      $0.displayName = "In touch"
      $0.colour = "#0078D4"
      $0.description = "We spoke\nonce"
    }
    #expect(changed.key == "contacted")
    #expect(changed.displayName == "In touch")
    #expect(changed.colour == "#0078d4")
    #expect(changed.description == "We spoke\nonce")
    #expect(changed.etag != before.etag)
    let present = try await bench.handlers.getLead(
      GetLeadRequest(id: lead.idText),
      bench.asAdmin()
    ).message()
    #expect(present.status == "contacted")
    let refused = await refusal { _ = try await bench.change(changed) { $0.key = "other" } }
    #expect(refused?.violations.map(\.field) == ["key"])
    let history = try await bench.handlers.listLeadStatusHistory(
      ListHistoryRequest(id: changed.idText),
      bench.asAdmin()
    )
    let renamed = FieldChange(field: "display_name", old: "Contacted", new: "In touch")
    #expect(history.entries.first?.action == "update")
    #expect(history.entries.first?.changes.contains(renamed) == true)
  }

  @Test(arguments: [(0, 3), (3, 0), (5, 1), (2, 999)])
  func `makes room for an entry that moves`(from: Int, to: Int32) async throws {
    let bench = try await LeadsBench()
    var order = try await bench.statuses()
    let moved = try await bench.change(order[from]) { $0.position = to }
    let place = min(Int(to), 5)
    #expect(Int(moved.position) == place)
    let entry = order.remove(at: from)
    order.insert(entry, at: place)
    let present = try await bench.statuses()
    #expect(present.map(\.key) == order.map(\.key))
    #expect(present.map(\.position) == [0, 1, 2, 3, 4, 5])
  }

  @Test func `is named by its key or by its name in any case, and kept by its key`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.change(bench.statuses()[1]) { $0.displayName = "In touch" }
    let lead = try await bench.create("Denson") { $0.status = " IN  TOUCH " }
    #expect(lead.status == "contacted")
    let qualified = try await bench.handlers.updateLead(
      UpdateLeadRequest(
        lead: Lead(id: lead.id, status: "Qualified"),
        updateMask: .init(paths: ["status"])
      ),
      bench.asAdmin()
    )
    #expect(qualified.status == "qualified" && qualified.qualified)
    let refused = await refusal {
      _ = try await bench.create("Roye") { $0.status = "In a touch" }
    }
    #expect(refused?.violations.map(\.field) == ["status"])
  }

  @Test func `keeps what leads have of a retired entry, and offers it no more`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.status = "contacted" }
    _ = try await bench.change(bench.statuses()[1]) { $0.active = false }
    var renamed = lead
    renamed.lastName = "Denson-Hall"
    let kept = try await bench.handlers.updateLead(
      UpdateLeadRequest(lead: renamed, updateMask: WellKnown.FieldMask(paths: ["last_name"])),
      bench.asAdmin()
    )
    #expect(kept.status == "contacted")
    let refused = await refusal {
      _ = try await bench.create("Roye") { $0.status = "contacted" }
    }
    #expect(refused?.violations.map(\.field) == ["status"])
    _ = try await bench.change(bench.statuses()[0]) { $0.active = false }
    #expect(try await bench.create("Hall").status == "qualified", "the first that is offered")
  }

  @Test func `never loses its last entry that a record needs`() async throws {
    let bench = try await LeadsBench()
    for status in try await bench.statuses().dropLast() { try await bench.delete(status) }
    let last = try await bench.statuses()[0]
    #expect(last.position == 0)
    let retired = await refusal { _ = try await bench.change(last) { $0.active = false } }
    #expect(retired?.violations.map(\.field) == ["active"])
    let deleted = await refusal { try await bench.delete(last) }
    #expect(deleted?.code == .failedPrecondition)
    #expect(try await bench.statuses().map(\.key) == ["dead"])
  }

  @Test func `deletes only what no lead has, and brings it back to the end`() async throws {
    let bench = try await LeadsBench()
    _ = try await bench.create("Denson") { $0.status = "contacted" }
    let statuses = try await bench.statuses()
    let refused = await refusal { try await bench.delete(statuses[1]) }
    #expect(refused?.code == .failedPrecondition)
    try await bench.delete(statuses[2])
    #expect(try await bench.statuses().map(\.position) == [0, 1, 2, 3, 4])
    let back = try await bench.handlers.undeleteLeadStatus(
      UndeleteLeadStatusRequest(id: statuses[2].idText),
      bench.asAdmin()
    )
    #expect(back.key == "qualified")
    #expect(back.position == 5)
  }

  @Test func `has no more entries than its limit`() async throws {
    let bench = try await LeadsBench()
    for number in 0..<(1_000 - 12) {
      _ = try await bench.handlers.createLeadSource(
        CreateLeadSourceRequest(leadSource: LeadSource(displayName: "Fair \(number)")),
        bench.asAdmin()
      )
    }
    let refused = await refusal {
      _ = try await bench.handlers.createLeadSource(
        CreateLeadSourceRequest(leadSource: LeadSource(displayName: "One too many")),
        bench.asAdmin()
      )
    }
    #expect(refused?.code == .resourceExhausted)
    #expect(refused?.reason == .limitReached)
    #expect(refused?.metadata["limit"] == "lead_sources")
  }

  @Test func `is read by reps, and its changes are logged`() async throws {
    let bench = try await LeadsBench()
    let status = try await bench.statuses()[0]
    let rep = bench.asRep()
    let read = try await bench.handlers.listLeadStatuses(ListLeadStatusesRequest(), rep).message()
    #expect(read.leadStatuses.count == 6)
    _ = try await bench.change(status) { $0.displayName = "Fresh" }
    let changes = try await bench.handlers.store.changes(
      after: 0,
      max: 1_000,
      objects: ["lead_status"],
      wait: .zero
    ).entries
    #expect(changes.last?.action == "update")
    #expect(changes.last?.id == status.idText)
  }
}

extension LeadsBench {
  func statuses() async throws -> [LeadStatus] {
    try await handlers.listLeadStatuses(ListLeadStatusesRequest(), asAdmin()).message().leadStatuses
  }

  fileprivate func add(_ status: LeadStatus) async throws -> LeadStatus {
    try await handlers.createLeadStatus(CreateLeadStatusRequest(leadStatus: status), asAdmin())
  }

  func change(
    _ status: LeadStatus,
    _ edit: (inout LeadStatus) -> Void
  ) async throws -> LeadStatus {
    var changed = status
    edit(&changed)
    let fields = LeadStatus.schema.generated.filter { field in
      changed.changes(from: status).contains(field.index)
    }
    return try await handlers.updateLeadStatus(
      UpdateLeadStatusRequest(
        leadStatus: changed,
        updateMask: WellKnown.FieldMask(paths: fields.map(\.name))
      ),
      asAdmin()
    )
  }

  fileprivate func delete(_ status: LeadStatus) async throws {
    _ = try await handlers.deleteLeadStatus(
      DeleteLeadStatusRequest(id: status.idText),
      asAdmin()
    )
  }
}
