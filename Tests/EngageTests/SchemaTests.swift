import EngageAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import Testing
import TypeAPI

@testable import EngageService

@Suite @LoopActor struct `The tables of Engage` {
  @Test func `have a column for every field and no other`() async throws {
    let opened = try TestStore("engage", EngageService.migrations)
    for schema in EngageObjects.schemas {
      #expect(try await opened.store.columns(of: schema.table) == schema.columnNames)
    }
    let lookup: Set = ["tenant_id", "target_id", "record_id", "time"]
    #expect(try await opened.store.columns(of: "activity_related") == lookup)
  }
}

@Suite struct `The kinds of notifications` {
  @Test func `all have a title, and all can be muted`() {
    let kinds = EngageAPI.Notification.schema["kind"]?.rule.choices ?? []
    #expect(Set(kinds) == Set(Notice.titles.keys))
    #expect(Mute.schema["kind"]?.rule.choices == kinds)
  }
}

@Suite @LoopActor struct `A list of Engage` {
  private let log = PlanLog()

  /// A bench with thousands of activities and notifications, and one of each with a rare word.
  private func filled() async throws -> EngageBench {
    let bench = try await EngageBench(plans: log)
    for number in 0..<40 {
      _ = try await bench.log(number % 2 == 0 ? "call" : "note") { $0.subject = "Number \(number)" }
      try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:engage")) {
        transaction in
        var notice = Notice("lead_assigned", about: "\(LeadID(high: 6, low: UInt64(number)))")
        notice.actor = "system:\(number)"
        let others = MemberID(high: 7, low: UInt64(number))
        try transaction.tell([number % 8 == 0 ? bench.reps[0] : others], notice)
      }
      bench.clock.advance(by: .seconds(61))
    }
    try await bench.opened.multiply("activities", of: bench.tenant, doublings: 6, others: 5)
    try await bench.opened.multiply("notifications", of: bench.tenant, doublings: 7, others: 5)
    try await bench.handlers.store.systemWrite(as: Author(actor: "system:test")) { transaction in
      _ = try transaction.execute(
        """
        INSERT INTO activity_related (tenant_id, record_id, target_id, time)
        SELECT tenant_id, id, \(TypeID(bench.lead).key), time FROM activities
        WHERE TRUE ON CONFLICT DO NOTHING
        """
      )
    }
    try await ListPlans(bench.handlers.activities, log).indexWords(of: bench.tenant)
    _ = try await bench.log("note") { $0.text = "Quillfeather" }
    try bench.opened.settle("activities", "notifications", "activity_related")
    return bench
  }

  @Test func `reads and sorts no more of a tenant's records than it needs`() async throws {
    let bench = try await filled()
    let calls = [bench.asAdmin]
    _ = log.take()
    let faults =
      try await ListPlans(bench.handlers.activities, log).faults(
        filters: ["member_id == '\(bench.reps[0])'", "type == 'call'"],
        words: ["quillfeather"],
        orders: ["", "time", "create_time desc"],
        calls
      )
      + ListPlans(bench.handlers.notifications, log).faults(
        filters: ["state == 'unread'"],
        orders: ["", "create_time desc"],
        [bench.asRep()]
      )
    #expect(faults == [])
  }

  @Test func `of the activities about a record reads no more than its page`() async throws {
    let bench = try await filled()
    _ = log.take()
    let page = try await bench.handlers.listTimeline(
      ListTimelineRequest(record: "\(bench.lead)", pageSize: 50),
      bench.asRep()
    )
    #expect(page.entries.count == 50)
    let plans = log.take().filter { $0.statement.contains("activity_related") }
    #expect(!plans.isEmpty && plans.compactMap { PlanRule().fault(of: $0) } == [])
  }

  @Test func `of what is told first asks an index for the member's own`() async throws {
    let bench = try await filled()
    _ = log.take()
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "system:engage")) {
      try $0.tell([bench.reps[0]], Notice("lead_assigned", about: "\(bench.lead)"))
    }
    let plans = log.take().filter {
      $0.statement.contains("FROM notifications") || $0.statement.contains("FROM mutes")
    }
    let rule = PlanRule(small: ["mutes"])
    #expect(plans.count >= 3 && plans.compactMap { rule.fault(of: $0) } == [])
  }
}
