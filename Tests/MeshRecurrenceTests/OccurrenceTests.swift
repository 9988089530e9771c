import MeshCore
import MeshRecurrence
import Testing

@Suite struct `Occurrences across daylight saving` {
  @Test func `keep the time that clocks show`() throws {
    let daily = try recurrence("FREQ=DAILY", "20260328T090000", "Europe/Berlin")
    #expect(
      daily.moments(2) == ["2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"]
    )
  }

  @Test func `are as long after the change as a skipped time would have been`() throws {
    let daily = try recurrence("FREQ=DAILY", "20260328T023000", "Europe/Berlin")
    #expect(
      daily.moments(3) == [
        "2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z",
      ]
    )
    let local = daily.occurrences(from: .earliest).prefix(2).map(\.local.description)
    #expect(local == ["20260328T023000", "20260329T023000"])
  }

  @Test func `are at the first of two times that clocks show alike`() throws {
    let daily = try recurrence("FREQ=DAILY", "20261024T023000", "Europe/Berlin")
    #expect(
      daily.moments(3) == [
        "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z",
      ]
    )
    let western = try recurrence("FREQ=DAILY", "20261101T013000", "America/New_York")
    #expect(western.moments(1) == ["2026-11-01T05:30:00Z"])
  }

  @Test func `come once where a skipped time and a later one are the same moment`() throws {
    let hourly = try recurrence("FREQ=HOURLY;COUNT=4", "20260329T010000", "Europe/Berlin")
    #expect(
      hourly.moments(9) == [
        "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z",
      ]
    )
  }

  @Test func `are in the order of their moments, even where the rule's times are not`() throws {
    let rule = "FREQ=DAILY;BYHOUR=2,3;BYMINUTE=10,50;COUNT=4"
    let daily = try recurrence(rule, "20260329T000000", "Europe/Berlin")
    #expect(daily.times() == ["20260329T031000", "20260329T035000"])
    let other = try recurrence(
      "FREQ=YEARLY;BYYEARDAY=88;BYHOUR=2,3;BYMINUTE=20,40;BYSETPOS=2,3",
      "20260101T000000",
      "Europe/Berlin"
    )
    #expect(other.times(2) == ["20260329T032000", "20260329T024000"])
  }

  @Test func `of a day that a zone left out are the next day's`() throws {
    let daily = try recurrence("FREQ=DAILY", "20111229T090000", "Pacific/Apia")
    #expect(daily.times(3) == ["20111229T090000", "20111231T090000", "20120101T090000"])
    let halfHour = try recurrence("FREQ=DAILY", "20261003T021500", "Australia/Lord_Howe")
    #expect(halfHour.moments(2) == ["2026-10-02T15:45:00Z", "2026-10-03T15:45:00Z"])
  }

  @Test(arguments: ["Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia"])
  func `are found from any moment on as from the start`(zone: String) throws {
    for rule in ["FREQ=HOURLY;INTERVAL=5", "FREQ=DAILY;BYHOUR=0,2,3;BYMINUTE=15", "FREQ=WEEKLY"] {
      let recurrence = try recurrence(rule, "20111201T021500", zone)
      let all = Array(recurrence.occurrences(from: .earliest).prefix(400))
      for (each, next) in zip(all, all.dropFirst()) {
        #expect(each.moment < next.moment)
        #expect(recurrence.next(after: each.moment) == next)
        #expect(recurrence.next(after: next.moment + .microseconds(-1)) == next)
      }
    }
  }
}

@Suite struct `The end of a recurrence` {
  @Test func `by a moment in UTC includes what is at it`() throws {
    let until = "FREQ=DAILY;UNTIL=20260330T070000Z"
    #expect(try recurrence(until, "20260328T090000", "Europe/Berlin").times().count == 3)
    let before = "FREQ=DAILY;UNTIL=20260330T065959Z"
    #expect(try recurrence(before, "20260328T090000", "Europe/Berlin").times().count == 2)
  }

  @Test func `by a day includes that day`() throws {
    let rule = "FREQ=DAILY;UNTIL=20260330"
    #expect(try recurrence(rule, "20260328T235959", "America/New_York").times().count == 3)
    #expect(try recurrence(rule, "20260328", "America/New_York").times().count == 3)
  }

  @Test func `of whole days by a moment is that moment's day in UTC`() throws {
    let rule = "FREQ=DAILY;UNTIL=20260330T000000Z"
    #expect(
      try recurrence(rule, "20260329", "America/New_York").times() == ["20260329", "20260330"]
    )
  }

  @Test func `by a number counts from the start, wherever one looks from`() throws {
    let three = try recurrence("FREQ=DAILY;COUNT=3", "20260101T090000")
    let last = try #require(three.next(after: try moment("2026-01-02T09:00:00Z")))
    #expect(last.local.description == "20260103T090000")
    #expect(three.next(after: try moment("2026-01-03T09:00:00Z")) == nil)
  }

  @Test func `is that of the calendar where the rule has none`() throws {
    let yearly = try recurrence("FREQ=YEARLY;INTERVAL=1000", "20260101T090000")
    #expect(yearly.times().last == "90260101T090000")
    let daily = try recurrence("FREQ=DAILY", "99991229T120000", "Pacific/Honolulu")
    #expect(daily.times() == ["99991229T120000", "99991230T120000"])
  }
}

@Suite struct `Occurrences in a range` {
  @Test func `begin with its lower bound and end before its upper one, or at the limit`() throws {
    let daily = try recurrence("FREQ=DAILY", "20260101T090000")
    let range = try moment("2026-02-01T09:00:00Z")..<moment("2026-02-03T09:00:00Z")
    let found = daily.occurrences(in: range, limit: 10).map(\.local.description)
    #expect(found == ["20260201T090000", "20260202T090000"])
    #expect(daily.occurrences(in: range, limit: 1).count == 1)
    #expect(daily.occurrences(in: range, limit: 0).isEmpty)
  }

  @Test func `of whole days are those that begin in it by the zone's clocks`() throws {
    let daily = try recurrence("FREQ=DAILY", "20260101", "America/New_York")
    let range = try moment("2026-01-02T05:00:00Z")..<moment("2026-01-03T05:00:00Z")
    #expect(daily.occurrences(in: range, limit: 9).map(\.local.description) == ["20260102"])
  }
}
