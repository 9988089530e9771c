import EngageAPI
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

@testable import EngageService

private let hour = Duration.seconds(3_600)

@Suite @LoopActor struct `An activity` {
  @Test func `is logged now, by whoever logs it, and is contact where people talk`() async throws {
    let bench = try await EngageBench()
    for (type, isContact) in [("call", true), ("email", true), ("meeting", true), ("note", false)] {
      let activity = try await bench.log(type)
      #expect(activity.time == bench.clock.now && activity.memberId == bench.reps[0])
      #expect(activity.contactTime == (isContact ? bench.clock.now : nil), "\(type)")
      #expect(activity.state == (type == "meeting" ? "completed" : ""))
    }
  }

  @Test func `has its own time, which only a meeting may have before it comes`() async throws {
    let bench = try await EngageBench()
    let before = bench.clock.now - hour
    #expect(try await bench.log("call") { $0.time = before }.contactTime == before)
    let fields = await refused {
      _ = try await bench.log("call") { $0.time = bench.clock.now + hour }
    }
    #expect(fields == ["time"])
    let meeting = try await bench.log("meeting") { $0.time = bench.clock.now + hour }
    #expect(meeting.state == "scheduled" && meeting.contactTime == nil)
    let first = Timestamp(microseconds: 0)
    #expect(try await bench.log("call") { $0.time = first }.contactTime == first)
    for time in [first - .seconds(1), .earliest] {
      #expect(await refused { _ = try await bench.log("call") { $0.time = time } } == ["time"])
      let moved = await refused {
        _ = try await bench.change(meeting, "time") { $0.time = time }
      }
      #expect(moved == ["time"])
    }
  }

  @Test func `is contact once a meeting is held, and not when nobody came`() async throws {
    let bench = try await EngageBench()
    let begin = bench.clock.now + hour
    let meeting = try await bench.log("meeting") { $0.time = begin }
    bench.clock.advance(by: hour * 2)
    let missed = try await bench.change(meeting, "state") { $0.state = "no_show" }
    #expect(missed.contactTime == nil)
    let held = try await bench.change(meeting, "state") { $0.state = "completed" }
    #expect(held.contactTime == begin)
    bench.clock.advance(by: hour)
    let changed = try await bench.change(held, "text") { $0.text = "They want two" }
    #expect(changed.contactTime == begin)
  }

  @Test func `is refused for what it cannot be, each field named`() async throws {
    let bench = try await EngageBench()
    func fields(_ type: String, _ change: (inout Activity) -> Void) async -> [String]? {
      await refused { _ = try await bench.log(type, nil, change) }
    }
    #expect(await fields("system") { _ in } == ["type"])
    #expect(await fields("song") { _ in } == ["type"])
    for type in ["", "song", "system", "task", "file"] {
      let refusal = await refusal { _ = try await bench.log(type) }
      #expect(refusal?.violations.map(\.description) == ["must be call, email, meeting or note"])
    }
    #expect(await fields("note") { $0.subject = "" } == ["text"])
    #expect(await fields("call") { $0.seconds = -1 } == ["seconds"])
    #expect(
      await fields("call") { ($0.place, $0.state) = ("Here", "scheduled") } == ["place", "state"]
    )
    #expect(await fields("call") { $0.reminderMinutes = 5 } == ["reminder_minutes"])
    #expect(await fields("meeting") { $0.reminderMinutes = 40_321 } == ["reminder_minutes"])
    let stranger = MemberID(high: 9, low: 9)
    #expect(await fields("meeting") { $0.attendeeIds = [stranger] } == ["attendee_ids[0]"])
    #expect(await fields("call") { $0.memberId = stranger } == ["member_id"])
  }

  @Test func `is refused on a record that one may not see, and on ten thousand`() async throws {
    let bench = try await EngageBench()
    let unseen = RecordRef("\(LeadID(high: 8, low: 8))")
    let fields = await refused {
      _ = try await bench.log("note") { $0.related.append(contentsOf: [unseen].compactMap { $0 }) }
    }
    #expect(fields == ["related[1]"])
    let many = (1...10_000).compactMap { RecordRef("\(LeadID(high: 8, low: UInt64($0)))") }
    let judged = bench.others.judged
    #expect(
      await refused { _ = try await bench.log("note") { $0.related = many } } == ["related"]
    )
    #expect(bench.others.judged == judged)
    let twice = await refused {
      _ = try await bench.log("note") { $0.related += $0.related }
    }
    #expect(twice == ["related"])
    bench.others.fail(["leads"])
    let refusal = await refusal { _ = try await bench.log("note") }
    #expect(refusal?.code == .unavailable)
  }

  @Test func `keeps the records that it names when their reader changes it`() async throws {
    let bench = try await EngageBench()
    let note = try await bench.log("note")
    bench.others.close(TypeID(bench.lead), to: bench.reps[0])
    let changed = try await bench.change(note, "text", "related") { $0.text = "More" }
    #expect(changed.text == "More" && changed.related == note.related)
  }

  @Test func `is read by its member, its attendees and who may read a record that it is about`()
    async throws
  {
    let bench = try await EngageBench()
    let note = try await bench.log("note") { $0.subject = "Note" }
    let meeting = try await bench.log("meeting") {
      ($0.subject, $0.attendeeIds) = ("Meeting", [bench.reps[1]])
    }
    #expect(try await bench.subjects("", bench.asRep(1)) == ["Meeting"])
    func read(_ activity: Activity) async throws -> Activity {
      try await bench.handlers.getActivity(.init(id: activity.idText), bench.asRep(1)).message()
    }
    #expect(try await read(meeting) == meeting)
    #expect(await refusal { _ = try await read(note) }?.code == .notFound)
    bench.others.open(TypeID(bench.lead), to: bench.reps[1])
    #expect(try await read(note) == note)
    #expect(try await Set(bench.subjects("", bench.asRep(1))) == ["Note", "Meeting"])
    let edit = await refusal {
      _ = try await bench.change(note, "text", as: bench.asRep(1)) { $0.text = "Mine" }
    }
    #expect(edit?.code == .notFound)
  }

  @Test func `is found by type, time, member, record and words`() async throws {
    let bench = try await EngageBench()
    let start = bench.clock.now
    _ = try await bench.log("call") { ($0.subject, $0.text) = ("First", "They use Quillfeather") }
    bench.clock.advance(by: hour)
    _ = try await bench.log("note", bench.asAdmin) { $0.subject = "Second" }
    bench.clock.advance(by: hour)
    _ = try await bench.log("call") {
      ($0.subject, $0.related) = ("Third", [RecordRef("\(bench.deal)")].compactMap { $0 })
    }
    #expect(try await bench.subjects() == ["Third", "Second", "First"])
    #expect(try await bench.subjects("type == 'call'") == ["Third", "First"])
    let later = "time > timestamp('\((start + .seconds(60)).rfc3339)')"
    #expect(try await bench.subjects(later) == ["Third", "Second"])
    #expect(try await bench.subjects("member_id == '\(bench.admin)'") == ["Second"])
    #expect(try await bench.subjects("'\(bench.lead)' in related") == ["Second", "First"])
    #expect(try await bench.subjects(words: "quillf") == ["First"])
    #expect(try await bench.subjects(words: "quillf", bench.asRep(1)) == [])
  }

  @Test func `is left out of a list where nobody can say who may read it`() async throws {
    let bench = try await EngageBench()
    _ = try await bench.log("note") { $0.subject = "On the lead" }
    bench.others.open(TypeID(bench.lead), to: bench.reps[1])
    bench.others.fail(["leads"])
    let page = try await bench.handlers.listActivities(.init(), bench.asRep(1)).message()
    #expect(page.activities.isEmpty && page.gaps == ["leads"])
    let own = try await bench.handlers.listActivities(.init(), bench.asRep()).message()
    #expect(own.activities.count == 1 && own.gaps.isEmpty)
  }

  @Test func `is told to services once, whole, with what they keep of it`() async throws {
    let bench = try await EngageBench()
    let call = try await bench.log("call")
    let change = try #require(
      try await bench.handlers.store.changes(after: 0, max: 10, objects: ["activity"], wait: .zero)
        .entries.last
    )
    let told = try Activity(wire: change.after ?? [])
    #expect(told == call && !change.isPartial && change.action == "create")
  }
}

@Suite @LoopActor struct `A meeting` {
  private func meeting(
    _ bench: EngageBench,
    _ change: (inout Activity) -> Void = { _ in }
  ) async throws -> Activity {
    try await bench.log("meeting") {
      ($0.time, $0.reminderMinutes) = (bench.clock.now + hour * 2, 60)
      $0.attendeeIds = [bench.reps[1]]
      change(&$0)
    }
  }

  @Test func `is told to its member and its attendees once, before it begins`() async throws {
    let bench = try await EngageBench()
    let meeting = try await meeting(bench)
    bench.clock.advance(by: hour - .seconds(1))
    try await bench.timers.takeDue()
    #expect(try await bench.told().isEmpty)
    bench.clock.advance(by: .seconds(1))
    for _ in 0..<2 { try await bench.timers.takeDue() }
    for index in 0...1 {
      let told = try await bench.told(index)
      #expect(told.map(\.kind) == ["meeting_reminder"] && told.map(\.late) == [false])
      #expect(told.first?.record?.description == meeting.idText)
      #expect(told.first?.message == "In 1 hour")
    }
  }

  @Test func `is said to begin now by a reminder at its time`() async throws {
    let bench = try await EngageBench()
    _ = try await meeting(bench) { $0.reminderMinutes = 0 }
    bench.clock.advance(by: hour * 2)
    try await bench.timers.takeDue()
    let told = try await bench.told()
    #expect(told.map { [$0.title, $0.message] } == [["A meeting begins", "Now"]])
  }

  @Test func `is told late after a day of downtime, and says so`() async throws {
    let bench = try await EngageBench()
    _ = try await meeting(bench)
    bench.clock.advance(by: .seconds(86_400))
    try await bench.timers.takeDue()
    #expect(try await bench.told().map(\.late) == [true])
  }

  @Test func `is told at its new time when it moves, and not at all when it is called off or gone`()
    async throws
  {
    let bench = try await EngageBench()
    let moved = try await meeting(bench)
    let off = try await meeting(bench)
    let gone = try await meeting(bench)
    _ = try await bench.change(moved, "time") { $0.time = bench.clock.now + hour * 4 }
    _ = try await bench.change(off, "state") { $0.state = "cancelled" }
    _ = try await bench.handlers.deleteActivity(.init(id: gone.idText), bench.asRep())
    bench.clock.advance(by: hour)
    try await bench.timers.takeDue()
    #expect(try await bench.told().isEmpty)
    bench.clock.advance(by: hour * 2)
    try await bench.timers.takeDue()
    #expect(try await bench.told().map { $0.record?.description } == [moved.idText])
  }

  @Test func `that begins before its reminder would come is not told`() async throws {
    let bench = try await EngageBench()
    _ = try await meeting(bench) { $0.time = bench.clock.now + .seconds(60) }
    bench.clock.advance(by: hour)
    try await bench.timers.takeDue()
    #expect(try await bench.unread().count == 0)
  }
}
