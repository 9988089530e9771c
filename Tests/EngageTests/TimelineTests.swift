import EngageAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import TasksAPI
import Testing
import TypeAPI

@testable import EngageService

private let hour = Duration.seconds(3_600)

@Suite @LoopActor struct `A timeline` {
  private func page(
    _ bench: EngageBench,
    _ call: Call? = nil,
    _ change: (inout ListTimelineRequest) -> Void = { _ in }
  ) async throws -> ListTimelineResponse {
    var request = ListTimelineRequest(record: "\(bench.lead)")
    change(&request)
    return try await bench.handlers.listTimeline(request, call ?? bench.asRep())
  }

  private func entry(
    _ action: String,
    at time: Timestamp,
    _ changes: [FieldChange] = []
  ) -> HistoryEntry {
    HistoryEntry(action: action, actor: "system:test", time: time, changes: changes)
  }

  /// A lead that was created, called, given a task, changed, and whose task was completed, an hour apart.
  private func filled() async throws -> EngageBench {
    let bench = try await EngageBench()
    let start = bench.clock.now
    bench.clock.advance(by: hour)
    _ = try await bench.log("call") {
      ($0.subject, $0.outcome, $0.seconds) = ("Intro", "They want two", 300)
    }
    var task = TasksAPI.Task(id: TaskID(high: 5, low: 1), title: "Send offer")
    (task.createTime, task.completeTime) = (start + hour * 2, start + hour * 4)
    task.createdBy = bench.reps[0].description
    task.related = [RecordRef("\(bench.lead)")].compactMap { $0 }
    bench.others.add(task)
    let status = FieldChange(field: "status", old: "new", new: "contacted")
    bench.others.tell(
      [entry("update", at: start + hour * 3, [status]), entry("create", at: start)],
      of: TypeID(bench.lead)
    )
    bench.clock.advance(by: hour * 8)
    return bench
  }

  @Test func `has history, activities and tasks, newest first, each with what it is`() async throws
  {
    let bench = try await filled()
    let page = try await page(bench)
    #expect(
      page.entries.map { "\($0.kind) \($0.data?.event ?? ""): \($0.text)" } == [
        "task completed: Send offer", "status_change status_changed: Status: contacted",
        "task created: Send offer", "call made: Intro", "system created: Created",
      ]
    )
    #expect(page.nextPageToken.isEmpty && page.gaps.isEmpty)
    let call = page.entries[3]
    #expect(call.recordId.hasPrefix("activity_") && call.actor == bench.reps[0].description)
    #expect(call.data?.outcome == "They want two" && call.data?.seconds == 300)
    #expect(page.entries[0].recordId.hasPrefix("task_"))
    #expect(page.entries[1].recordId == "\(bench.lead)")
    #expect(page.entries[1].data?.changes.map(\.new) == ["contacted"])
  }

  @Test func `says who logged an activity, and whose it is where that is another`() async throws {
    let bench = try await EngageBench()
    bench.others.tell([], of: TypeID(bench.lead))
    _ = try await bench.log("call", bench.asAdmin) { $0.memberId = bench.reps[0] }
    bench.clock.advance(by: hour)
    _ = try await bench.log("note")
    let entries = try await page(bench).entries
    let (admin, rep) = (bench.admin.description, bench.reps[0].description)
    #expect(entries.map(\.actor) == [rep, admin] && entries.map(\.onBehalfOf) == ["", rep])
    let theirs = try await page(bench) { $0.memberId = bench.admin }
    #expect(theirs.entries.map(\.kind) == ["call"])
  }

  @Test func `says the tenant's day of each entry`() async throws {
    let bench = try await filled()
    // From 7 p.m. on the last day of 2025 in New York.
    let days = try await page(bench).entries.compactMap { $0.day?.description }
    #expect(days == Array(repeating: "2025-12-31", count: 5))
    bench.clock.advance(by: hour)
    _ = try await bench.log("note")
    #expect(try await page(bench).entries.first?.day?.description == "2026-01-01")
  }

  @Test func `is read in pages of any size, each entry once`() async throws {
    let bench = try await filled()
    let whole = try await page(bench).entries
    for size in 1...5 as ClosedRange<Int32> {
      var (found, token): ([TimelineEntry], String) = ([], "")
      repeat {
        let part = try await page(bench) { ($0.pageSize, $0.pageToken) = (size, token) }
        #expect(part.entries.count <= size)
        found += part.entries
        token = part.nextPageToken
      } while !token.isEmpty
      #expect(found == whole)
    }
  }

  @Test func `has the entries of a kind, a member and a time`() async throws {
    let bench = try await filled()
    let calls = try await page(bench) { $0.kinds = "call,meeting" }
    #expect(calls.entries.map(\.kind) == ["call"])
    let theirs = try await page(bench) { $0.memberId = bench.reps[0] }
    #expect(theirs.entries.map(\.kind) == ["task", "call"])
    let start = bench.clock.now - hour * 9
    let middle = try await page(bench) {
      ($0.startTime, $0.endTime) = (start + hour, start + hour * 3)
    }
    #expect(middle.entries.map(\.kind) == ["task", "call"])
  }

  @Test func `is refused for kinds that it does not have, and for too many`() async throws {
    let bench = try await filled()
    let many = Array(repeating: "call", count: 21).joined(separator: ",")
    let long = String(repeating: ",", count: 4_000_000)
    for kinds in ["song", "call,song", "call meeting", many, long] {
      let fields = await refused { _ = try await page(bench) { $0.kinds = kinds } }
      #expect(fields == ["kinds"], "\(kinds.prefix(20))")
    }
    let twice = try await page(bench) { $0.kinds = "call,,call" }
    #expect(twice.entries.map(\.kind) == ["call"])
  }

  @Test func `goes on with its own pages alone`() async throws {
    let bench = try await filled()
    let token = try await page(bench) { $0.pageSize = 2 }.nextPageToken
    for change in [
      { $0.record = "\(bench.deal)" }, { $0.kinds = "call" }, { $0.memberId = bench.reps[0] },
    ] as [(inout ListTimelineRequest) -> Void] {
      let refusal = await refusal {
        _ = try await page(bench) {
          $0.pageToken = token
          change(&$0)
        }
      }
      #expect(refusal?.reason == .invalidPageToken)
    }
  }

  @Test func `leaves a gap where a service does not answer, and says so`() async throws {
    let bench = try await filled()
    bench.others.fail(["tasks"])
    let page = try await page(bench)
    #expect(page.entries.map(\.kind) == ["status_change", "call", "system"])
    #expect(page.gaps == [TimelineGap(service: "tasks", part: "tasks")])
    bench.others.fail(["leads"])
    let other = try await self.page(bench)
    #expect(other.entries.map(\.kind) == ["task", "task"])
    #expect(other.gaps.map(\.part) == ["activities", "history"])
    #expect(Set(other.gaps.map(\.service)) == ["leads"])
  }

  @Test func `is none of a record that the caller may not read, or of no kind`() async throws {
    let bench = try await filled()
    for (record, call) in [
      ("\(bench.lead)", bench.asRep(1)), ("\(LeadID(high: 8, low: 8))", bench.asRep()),
      ("song_01h455vb4pex5vsknk084sn02q", bench.asRep()), ("song", bench.asRep()),
    ] {
      let refusal = await refusal { _ = try await page(bench, call) { $0.record = record } }
      #expect(refusal?.code == .notFound)
    }
  }

  @Test func `is refused without a record, and for a time that ends before it begins`() async throws
  {
    let bench = try await filled()
    let unnamed = await refusal { _ = try await page(bench) { $0.record = "" } }
    #expect(unnamed?.violations == [.init(field: "record", description: "must have a value")])
    let now = bench.clock.now
    let fields = await refused {
      _ = try await page(bench) { ($0.startTime, $0.endTime) = (now, now - .microseconds(1)) }
    }
    #expect(fields == ["end_time"])
    let nothing = try await page(bench) { ($0.startTime, $0.endTime) = (now, now) }
    #expect(nothing.entries.isEmpty && nothing.nextPageToken.isEmpty)
  }

  @Test func `has meetings at their time, changed ones at their new one`() async throws {
    let bench = try await EngageBench()
    bench.others.tell([], of: TypeID(bench.lead))
    _ = try await bench.log("note") { $0.subject = "Note" }
    let meeting = try await bench.log("meeting") {
      ($0.subject, $0.time) = ("Meeting", bench.clock.now + hour)
    }
    #expect(try await page(bench).entries.map(\.text) == ["Meeting", "Note"])
    #expect(try await page(bench).entries.first?.data?.event == "scheduled")
    _ = try await bench.change(meeting, "time") { $0.time = bench.clock.now - hour }
    #expect(try await page(bench).entries.map(\.text) == ["Note", "Meeting"])
  }
}
