import MeshCore
import Testing

@testable import leadmesh

@Suite struct `The days around a moment` {
  @Test func `are counted without weekends, from any day`() throws {
    let friday = try calendar("2026-11-27T15:00:00Z")
    #expect(friday.day(0).description == "2026-11-27" && friday.today.weekday == 4)
    #expect(friday.day(1).description == "2026-11-30")
    #expect(friday.day(-5).description == "2026-11-20")
    let sunday = try calendar("2026-11-29T15:00:00Z")
    #expect(sunday.day(0).description == "2026-11-29")
    #expect([sunday.day(1), sunday.day(-1)].map(\.description) == ["2026-11-30", "2026-11-27"])
    #expect(sunday.next { $0.weekday == 6 }.description == "2026-12-06")
  }

  @Test func `have the times of the tenant's clocks, in summer and in winter`() throws {
    let winter = try calendar("2026-11-28T02:00:00Z")
    #expect(winter.today.description == "2026-11-27", "it is evening there")
    #expect(winter.time(0, 9, 30).rfc3339 == "2026-11-27T14:30:00Z")
    let spring = try calendar("2026-03-06T15:00:00Z")
    #expect(spring.time(1, 9).rfc3339 == "2026-03-09T13:00:00Z", "the clocks changed on the 8th")
  }

  private func calendar(_ now: String) throws -> DemoCalendar {
    DemoCalendar("America/New_York", at: try #require(Timestamp(rfc3339: now)))
  }
}

@Suite struct `The demo's work` {
  private let now: Timestamp

  init() throws { now = try #require(Timestamp(rfc3339: "2026-11-29T15:00:00Z")) }

  /// As many records as each has at most.
  private func books(_ demo: DemoTenant) -> [DemoBook] {
    demo.sellerNames.enumerated().map { number, name in
      func subjects(_ kind: String, _ count: Int) -> [DemoSubject] {
        (0..<count).map { place in
          DemoSubject(
            id: RecordRef(prefix: kind, IDWords(high: UInt64(number), low: UInt64(place))),
            person: "Person \(number) \(place)",
            company: "\(kind) \(number) \(place) Inc."
          )
        }
      }
      return DemoBook(
        seller: name,
        leads: subjects("lead", DemoBook.leadCount),
        deals: subjects("deal", 8),
        customers: subjects("account", 6)
      )
    }
  }

  private func tasks(_ demo: DemoTenant) -> [DemoTask] {
    let calendar = DemoCalendar(demo.timeZone, at: now)
    return DemoTaskPlan(demo: demo, calendar: calendar, books: books(demo)).all
  }

  private func activities(_ demo: DemoTenant) -> [DemoActivity] {
    let calendar = DemoCalendar(demo.timeZone, at: now)
    return DemoActivityPlan(demo: demo, calendar: calendar, books: books(demo)).all
  }

  @Test(arguments: 0..<2)
  func `is due at all times, and in each status and priority`(place: Int) {
    let tasks = tasks(DemoTenant.all[place])
    #expect((60...130).contains(tasks.count), "\(tasks.count)")
    #expect(
      Set(tasks.map(\.status)) == ["todo", "in_progress", "waiting", "completed", "cancelled"]
    )
    #expect(Set(tasks.map(\.priority)) == ["low", "medium", "high", "urgent"])
    let open = tasks.filter { !["completed", "cancelled"].contains($0.status) }
    let days = open.compactMap(\.due).map { ($0 - now).components.seconds / 86_400 }
    #expect(days.contains { $0 < -1 } && days.contains(0) && days.contains { $0 > 14 })
    #expect(open.contains { $0.due == nil } && open.contains { $0.doers.isEmpty })
    #expect(tasks.contains { !$0.rule.isEmpty } && tasks.contains { $0.isCompletedByDoer })
    #expect(tasks.contains { !$0.steps.isEmpty } && tasks.contains { !$0.work.isEmpty })
    #expect(tasks.contains { !$0.reminders.isEmpty } && tasks.contains { !$0.watchers.isEmpty })
  }

  @Test(arguments: 0..<2)
  func `names only what there is, each task by a title of its own`(place: Int) {
    let demo = DemoTenant.all[place]
    let projects = DemoProjectPlan(demo: demo, calendar: DemoCalendar(demo.timeZone, at: now)).all
    let workers = demo.people.filter { $0.role != "read_only" }.map(\.name)
    let tasks = tasks(demo)
    let titles = tasks.map(\.title)
    #expect(Set(titles).count == titles.count)
    for task in tasks {
      let texts = [task.title, task.description] + task.steps.map(\.text)
      #expect(texts.allSatisfy { !$0.contains("{") } && task.title.count <= 200)
      #expect(Set(workers).isSuperset(of: [task.author] + task.doers + task.watchers))
      #expect(task.project.isEmpty || projects.contains { $0.name == task.project })
      for other in [task.parent, task.predecessor] where !other.isEmpty {
        #expect(titles.contains(other), "\(other)")
      }
      #expect(task.work.allSatisfy { $0.start + .seconds($0.minutes * 60) < now })
    }
    for project in projects {
      #expect(project.start < project.end && workers.contains(project.owner))
    }
  }

  @Test func `recurs on days that its rules have`() throws {
    for demo in DemoTenant.all {
      for task in tasks(demo) where !task.rule.isEmpty {
        let due = try #require(task.due)
        let day = try #require(TimeZone(demo.timeZone)).date(at: due)
        #expect(now < due)
        #expect(task.rule == "FREQ=WEEKLY;BYDAY=MO" ? day.weekday == 0 : day.day == 28)
      }
    }
  }

  @Test(arguments: 0..<2)
  func `was done before, but for meetings to come, with several parts of a story`(place: Int) {
    let activities = activities(DemoTenant.all[place])
    #expect(Set(activities.map(\.kind)) == ["call", "email", "meeting", "note"])
    #expect(activities.allSatisfy { $0.kind == "meeting" || $0.time < now })
    #expect(activities.contains { now < $0.time } && activities.contains { $0.state == "no_show" })
    #expect(Set(activities.map(\.name)).count == activities.count)
    for activity in activities {
      let texts = [activity.subject, activity.text, activity.outcome, activity.place]
      #expect(texts.allSatisfy { !$0.contains("{") } && activity.subject.count <= 200)
      #expect(activity.kind == "meeting" || activity.place.isEmpty && activity.attendees.isEmpty)
    }
    let parts = Dictionary(grouping: activities) { $0.related.first }.values.map(\.count)
    #expect(parts.contains { $0 >= 4 })
  }

  @Test func `differs from person to person`() {
    for demo in DemoTenant.all {
      let stories = Dictionary(grouping: activities(demo), by: \.member)
      #expect(Set(stories.values.map { $0.map(\.outcome) }).count == demo.sellerNames.count)
      let own = Dictionary(grouping: tasks(demo).filter { $0.work.count == 2 }, by: \.worker)
      #expect(Set(own.values.map { $0.map(\.category) }).count > 1)
    }
  }

  @Test func `leaves out what there are no records for`() {
    let demo = DemoTenant.all[0]
    let calendar = DemoCalendar(demo.timeZone, at: now)
    let none = demo.sellerNames.map { DemoBook(seller: $0) }
    #expect(DemoActivityPlan(demo: demo, calendar: calendar, books: none).all.isEmpty)
    let tasks = DemoTaskPlan(demo: demo, calendar: calendar, books: none).all
    #expect(!tasks.isEmpty && tasks.allSatisfy(\.related.isEmpty))
  }
}
