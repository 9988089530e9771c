import MeshCore
import MeshRecurrence
import Testing

@Suite struct `Exceptions of a recurrence` {
  private func weekly() throws -> Recurrence {
    try recurrence("FREQ=WEEKLY;COUNT=4", "20260105T090000", "Europe/Berlin")
  }

  @Test func `leave an occurrence out, which still counts`() throws {
    let fewer = try weekly().excluding(try time("20260112T090000"))
    #expect(fewer.times() == ["20260105T090000", "20260119T090000", "20260126T090000"])
  }

  @Test func `move an occurrence, which comes when it is then`() throws {
    let moved = try weekly().moving(try time("20260105T090000"), to: try time("20260120T100000"))
    #expect(
      moved.times() == ["20260112T090000", "20260119T090000", "20260120T100000", "20260126T090000"]
    )
    let late = try #require(moved.next(after: try moment("2026-01-19T08:00:00Z")))
    #expect(late.isMoved)
    #expect(late.original == (try time("20260105T090000")))
    #expect(late.moment.rfc3339 == "2026-01-20T09:00:00Z")
    #expect(moved.next(after: late.moment)?.isMoved == false)
    let before = try weekly().moving(try time("20260126T090000"), to: try time("20260101T090000"))
    #expect(before.times().first == "20260101T090000")
    #expect(before.first?.isMoved == true)
  }

  @Test func `are taken back by moving an occurrence to its own time`() throws {
    let first = try time("20260105T090000")
    let moved = try weekly().moving(first, to: try time("20260106T090000"))
    #expect(try moved.moving(first, to: first) == weekly())
    #expect(try weekly().excluding(first).moving(first, to: first) == weekly())
    #expect(try moved.excluding(first) == weekly().excluding(first))
  }

  @Test func `may leave nothing`() throws {
    let once = try recurrence("FREQ=DAILY;COUNT=1", "20260105", excluded: ["20260105"])
    #expect(once.first == nil)
  }

  @Test(arguments: ["20260106T090000", "20260202T090000", "20251229T090000", "20260105"])
  func `are of occurrences of the rule`(other: String) throws {
    let other = try time(other)
    #expect(throws: RecurrenceError.notAnOccurrence(other)) { try weekly().excluding(other) }
    #expect(throws: RecurrenceError.notAnOccurrence(other)) {
      try weekly().moving(other, to: try time("20260107T090000"))
    }
  }

  @Test func `keep whole days whole, and times times`() throws {
    let day = try time("20260107")
    #expect(throws: RecurrenceError.mixed(day)) {
      try weekly().moving(try time("20260105T090000"), to: day)
    }
  }

  @Test func `are at most 1,000`() throws {
    let daily = try recurrence("FREQ=DAILY", "20260101")
    let days = daily.occurrences(from: .earliest).prefix(1_001).map(\.local)
    let most = try Recurrence(
      daily.rule,
      start: daily.start,
      zone: daily.zone,
      excluded: Set(days.prefix(1_000))
    )
    #expect(most.first?.local == days[1_000])
    #expect(throws: RecurrenceError.tooManyExceptions) { try most.excluding(days[1_000]) }
  }
}

@Suite struct `A recurrence parted in two` {
  @Test(arguments: [
    "FREQ=DAILY;COUNT=9", "FREQ=DAILY;UNTIL=20260331T070000Z", "FREQ=DAILY;UNTIL=20260331",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,TU;WKST=SU;COUNT=9",
    "FREQ=MONTHLY;BYDAY=SA;BYSETPOS=-1;COUNT=5",
    "FREQ=YEARLY;BYWEEKNO=53,1,20;BYDAY=SA,SU;COUNT=12", "FREQ=HOURLY;INTERVAL=7;COUNT=40",
  ])
  func `has the same occurrences`(rule: String) throws {
    let whole = try recurrence(rule, "20260328T090000", "Europe/Berlin")
    let all = whole.times()
    #expect(all.count > 3)
    for (index, place) in all.enumerated().dropFirst() {
      let (before, following) = try whole.split(at: try time(place))
      #expect(try #require(before).times() == Array(all[..<index]))
      #expect(following.times() == Array(all[index...]))
    }
  }

  @Test func `shares out its count, or ends before the second part`() throws {
    let place = try time("20260331T090000")
    let counted = try recurrence("FREQ=DAILY;COUNT=9", "20260328T090000", "Europe/Berlin")
    let (first, second) = try counted.split(at: place)
    #expect(first?.rule.description == "FREQ=DAILY;COUNT=3")
    #expect(second.rule.description == "FREQ=DAILY;COUNT=6")
    let endless = try recurrence("FREQ=DAILY", "20260328T090000", "Europe/Berlin")
    let (ended, rest) = try endless.split(at: place)
    #expect(ended?.rule.description == "FREQ=DAILY;UNTIL=20260331T065959Z")
    #expect(rest.rule.description == "FREQ=DAILY")
    let days = try recurrence("FREQ=DAILY", "20260328", "Europe/Berlin")
    #expect(
      try days.split(at: time("20260331")).before?.rule.description == "FREQ=DAILY;UNTIL=20260330"
    )
  }

  @Test func `has no part before its first occurrence`() throws {
    let friday = try recurrence("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5", "19970902T090000")
    let (before, following) = try friday.split(at: try time("19980213T090000"))
    #expect(before == nil)
    #expect(following.start.description == "19980213T090000")
    #expect(following.rule == friday.rule)
  }

  @Test func `takes exceptions to where their occurrences are`() throws {
    let whole = try recurrence(
      "FREQ=DAILY;COUNT=6",
      "20260101T090000",
      excluded: ["20260102T090000", "20260105T090000"],
      moved: ["20260103T090000": "20260109T090000", "20260104T090000": "20260101T080000"]
    )
    let (before, following) = try whole.split(at: try time("20260104T090000"))
    #expect(before?.times() == ["20260101T090000", "20260109T090000"])
    #expect(following.times() == ["20260101T080000", "20260106T090000"])
  }

  @Test func `is parted at an occurrence of the rule`() throws {
    let whole = try recurrence("FREQ=DAILY;COUNT=6", "20260101T090000")
    let other = try time("20260104T090001")
    #expect(throws: RecurrenceError.notAnOccurrence(other)) { try whole.split(at: other) }
  }
}
