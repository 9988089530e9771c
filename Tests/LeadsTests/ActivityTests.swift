import EngageAPI
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
import TypeAPI

@testable import LeadsService

@Suite @LoopActor struct `A lead of which activities are logged` {
  private static let hour = Duration.seconds(3_600)
  private static let day = Duration.seconds(86_400)

  /// Has the service hear of an activity, of the tenant's.
  private func hear(
    of leads: [Lead],
    at time: Timestamp,
    isContact: Bool = true,
    action: String = "create",
    as id: ActivityID = IDGenerator.system.next(),
    _ bench: LeadsBench
  ) async throws {
    var activity = Activity(type: isContact ? "call" : "note", time: time)
    activity.related = leads.compactMap { RecordRef($0.idText) }
    if isContact { activity.contactTime = time }
    let bytes = activity.wireBytes()
    let entry = ChangeEntry(
      hearing: Change(
        action: action,
        object: "activity",
        id: "\(id)",
        before: action == "delete" ? bytes : nil,
        after: action == "delete" ? nil : bytes
      ),
      of: bench.tenant,
      by: bench.admin.description,
      at: bench.clock.now
    )
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:leads")) {
      try LeadsReactions.activities.apply(entry, $0)
    }
  }

  private func get(_ lead: Lead, _ bench: LeadsBench) async throws -> Lead {
    try await bench.handlers.getLead(GetLeadRequest(id: lead.idText), bench.asAdmin()).message()
  }

  @Test func `knows its first contact and its last one, whichever is heard of first`() async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let now = bench.clock.now
    try await hear(of: [lead], at: now - Self.day, bench)
    try await hear(of: [lead], at: now - Self.hour, bench)
    try await hear(of: [lead], at: now - Self.day - Self.hour, bench)
    let known = try await get(lead, bench)
    #expect(known.firstContactedTime == now - Self.day - Self.hour)
    #expect(known.lastContactedTime == now - Self.hour)
    #expect(known.lastActivityTime == now - Self.hour)
  }

  @Test func `is worked on by a note, which is no contact`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    try await hear(of: [lead], at: bench.clock.now, isContact: false, bench)
    let known = try await get(lead, bench)
    #expect(known.lastActivityTime == bench.clock.now)
    #expect(known.firstContactedTime == nil && known.lastContactedTime == nil)
  }

  @Test func `is worked on when a meeting to come is planned, not later`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    try await hear(of: [lead], at: bench.clock.now + Self.day, isContact: false, bench)
    #expect(try await get(lead, bench).lastActivityTime == bench.clock.now)
  }

  @Test func `stays as it is for whoever edits it, and the service is the one that changed it`()
    async throws
  {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    try await hear(of: [lead], at: bench.clock.now, bench)
    let known = try await get(lead, bench)
    #expect(known.etag == lead.etag && known.updateTime == lead.updateTime)
    let change = try #require(try await bench.changes().last)
    #expect(change.actor == "system:leads" && change.isPartial)
    #expect(change.onBehalfOf == bench.admin.description)
  }

  @Test func `changes once however often the same is heard`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let id: ActivityID = IDGenerator.system.next()
    for action in ["create", "create", "snapshot"] {
      try await hear(of: [lead], at: bench.clock.now, action: action, as: id, bench)
    }
    #expect(try await bench.changes().filter { $0.actor == "system:leads" }.count == 1)
  }

  @Test func `has the times of its other activities when one is deleted, changed or moved`()
    async throws
  {
    let bench = try await LeadsBench()
    let (lead, other) = (try await bench.create("Denson"), try await bench.create("Other"))
    let (now, old) = (bench.clock.now, Timestamp(microseconds: 0))
    let ids: [ActivityID] = [IDGenerator.system.next(), IDGenerator.system.next()]
    func times(_ lead: Lead) async throws -> [Timestamp?] {
      let known = try await get(lead, bench)
      return [known.firstContactedTime, known.lastContactedTime, known.lastActivityTime]
    }
    try await hear(of: [lead], at: old, as: ids[0], bench)
    try await hear(of: [lead], at: now - Self.hour, as: ids[1], bench)
    #expect(try await times(lead) == [old, now - Self.hour, now - Self.hour])
    for _ in 0..<2 {
      try await hear(of: [lead], at: old, action: "delete", as: ids[0], bench)
      #expect(try await times(lead) == [now - Self.hour, now - Self.hour, now - Self.hour])
    }
    try await hear(of: [lead], at: now - Self.day, action: "update", as: ids[1], bench)
    #expect(try await times(lead) == [now - Self.day, now - Self.day, now - Self.hour])
    try await hear(of: [other], at: now - Self.day, action: "update", as: ids[1], bench)
    #expect(try await times(lead) == [nil, nil, now - Self.hour])
    #expect(try await times(other) == [now - Self.day, now - Self.day, now - Self.day])
    try await hear(of: [other], at: now, isContact: false, action: "update", as: ids[1], bench)
    #expect(try await times(other) == [nil, nil, now])
  }

  @Test func `is one of several, and those that are gone are passed over`() async throws {
    let bench = try await LeadsBench()
    let leads = [try await bench.create("Denson"), try await bench.create("Other")]
    let delete = DeleteLeadRequest(id: leads[0].idText)
    _ = try await bench.handlers.deleteLead(delete, bench.asAdmin())
    try await hear(of: leads, at: bench.clock.now, bench)
    #expect(try await get(leads[1], bench).lastContactedTime == bench.clock.now)
  }

  @Test func `is scored again by rules that name these times`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    let id = try #require(lead.id?.words)
    try await bench.addRule("last_contacted_time != null", points: 40)
    try await bench.rescore()
    let before = try await get(lead, bench).score
    try await hear(of: [lead], at: bench.clock.now, bench)
    try await bench.handlers.rescorer.settle(id, of: bench.tenant)
    #expect(try await get(lead, bench).score == before + 40)
  }

  @Test func `is a risk after seven days without contact`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson")
    func isPresent() async throws -> Bool {
      let request = GetLeadRiskScoreRequest(id: lead.idText)
      let risk = try await bench.handlers.getLeadRiskScore(request, bench.asAdmin())
      let factor = risk.factors.first { $0.key == "no_contact" }
      #expect(factor?.points == (factor?.state == "present" ? 20 : 0))
      return factor?.state == "present"
    }
    #expect(try await !isPresent())
    bench.clock.advance(by: Self.day * 7 + Self.hour)
    #expect(try await isPresent())
    try await hear(of: [lead], at: bench.clock.now, isContact: false, bench)
    #expect(try await isPresent())
    try await hear(of: [lead], at: bench.clock.now, bench)
    #expect(try await !isPresent())
    bench.clock.advance(by: Self.day * 8)
    #expect(try await isPresent())
  }

  @Test func `says whose it is when it has become ready to be converted`() async throws {
    let bench = try await LeadsBench()
    let lead = try await bench.create("Denson") { $0.ownerId = bench.reps[1] }
    try await bench.addRule("true", points: 100)
    try await bench.rescore()
    let full = Criterion(score: 25)
    let bant = Bant(budget: full, authority: full, need: full)
    let assess = AssessLeadRequest(id: lead.idText, bant: bant)
    _ = try await bench.handlers.assessLead(assess, bench.asAdmin())
    let ready = try #require(try await bench.changes().last { $0.action == "conversion_ready" })
    let image = try Lead(wire: ready.after ?? [])
    #expect(image.ownerId == bench.reps[1] && ready.before == ready.after)
  }
}
