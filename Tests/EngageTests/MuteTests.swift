import EngageAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshTesting
import RecordsAPI
import Testing
import TypeAPI

@testable import EngageService

@Suite @LoopActor struct `A mute` {
  private func mute(
    _ bench: EngageBench,
    _ kind: String = "",
    _ record: String = "",
    _ index: Int = 0
  ) async throws -> Mute {
    let mute = Mute(kind: kind, record: RecordRef(record))
    return try await bench.handlers.createMute(.init(mute: mute), bench.asRep(index))
  }

  @Test func `of a kind, a record or both keeps its member from being told, and nobody else`()
    async throws
  {
    let bench = try await EngageBench()
    let other = LeadID(high: 6, low: 1)
    for member in bench.reps {
      for id in [bench.lead, other] { bench.others.open(TypeID(id), to: member) }
    }
    func told() async throws -> [Int] {
      try await bench.assign(to: bench.reps[0])
      try await bench.assign(other, to: bench.reps[0])
      try await bench.assign(to: bench.reps[1])
      let counts = [try await bench.unread().count, try await bench.unread(1).count]
      for index in 0...1 {
        _ = try await bench.handlers.readAllNotifications(.init(), bench.asRep(index))
      }
      return counts.map(Int.init)
    }
    #expect(try await told() == [2, 1])
    for (kind, record, expected) in [
      ("task_overdue", "", 2), ("lead_assigned", "", 0), ("", "\(bench.lead)", 1),
      ("lead_assigned", "\(other)", 1), ("task_overdue", "\(other)", 2),
    ] {
      let mute = try await mute(bench, kind, record)
      #expect(try await told() == [expected, 1], "\(kind) \(record)")
      _ = try await bench.handlers.deleteMute(.init(id: mute.idText), bench.asRep())
    }
  }

  @Test func `is made once of each thing, and at most 500 times by a member`() async throws {
    let bench = try await EngageBench()
    let lead = "\(bench.lead)"
    let things = [("lead_assigned", ""), ("", lead), ("lead_assigned", lead)]
    for (kind, record) in things {
      _ = try await mute(bench, kind, record)
      let again = await refusal { _ = try await mute(bench, kind, record) }
      #expect(again?.code == .alreadyExists, "\(kind) \(record)")
      #expect(again?.violations.map(\.field) == [kind.isEmpty ? "record" : "kind"])
    }
    for number in 0..<497 {
      _ = try await mute(bench, "", "\(LeadID(high: 6, low: UInt64(number)))")
    }
    let more = await refusal { _ = try await mute(bench, "task_overdue") }
    #expect(more?.code == .resourceExhausted && more?.metadata["limit"] == "mutes_of_member")
    _ = try await mute(bench, "task_overdue", "", 1)
  }

  @Test func `is its maker's, and says what it mutes`() async throws {
    let bench = try await EngageBench()
    #expect(await refused { _ = try await mute(bench) } == ["kind"])
    #expect(await refused { _ = try await mute(bench, "rain") } == ["kind"])
    let made = try await mute(bench, "lead_assigned")
    #expect(made.memberId == bench.reps[0])
    let theirs = try await bench.handlers.listMutes(.init(), bench.asRep(1)).message()
    #expect(theirs.mutes.isEmpty)
    let refusal = await refusal {
      _ = try await bench.handlers.deleteMute(.init(id: made.idText), bench.asRep(1))
    }
    #expect(refusal?.code == .notFound)
  }
}

@Suite @LoopActor struct `What is a member's alone` {
  @Test func `cannot be shared, neither a notification nor a mute`() async throws {
    let bench = try await EngageBench()
    let handlers = bench.handlers
    try await bench.assign(to: bench.reps[0])
    let told = try #require(try await bench.told().first)
    let mute = try await handlers.createMute(
      .init(mute: Mute(kind: "task_overdue")),
      bench.asRep()
    )
    let services = RecordServices([handlers.notifications, handlers.mutes], handlers.store)
    // Nobody may edit a mute in the first place.
    let asked: [(String, StatusCode)] = [
      (told.idText, .failedPrecondition), (mute.idText, .permissionDenied),
    ]
    for (id, code) in asked {
      let request = ShareRequest(id: id, granteeId: "\(bench.reps[1])", mayEdit: true)
      let refusal = await refusal { _ = try await services.share(request, bench.asRep()) }
      #expect(refusal?.code == code, "\(id)")
    }
    for schema in [EngageAPI.Notification.schema, Mute.schema] {
      #expect(schema.holders.isPersonal, "\(schema.object)")
    }
  }
}
