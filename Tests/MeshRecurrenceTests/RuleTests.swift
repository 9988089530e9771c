import MeshRecurrence
import Testing

@Suite struct `The text of a rule` {
  @Test(arguments: [
    ("FREQ=DAILY", "FREQ=DAILY"),
    ("RRULE:freq=weekly;byday=th,mo;wkst=mo;interval=1;", "FREQ=WEEKLY;BYDAY=MO,TH"),
    (
      "WKST=SU;BYSETPOS=-1;BYSECOND=60,1;BYMINUTE=2;BYHOUR=3;BYDAY=MO,-1FR,+1MO;BYMONTHDAY=-1,5,5;"
        + "BYMONTH=12,1;COUNT=7;INTERVAL=2;FREQ=MONTHLY",
      "FREQ=MONTHLY;INTERVAL=2;COUNT=7;BYMONTH=1,12;BYMONTHDAY=-1,5;BYDAY=-1FR,MO,1MO;BYHOUR=3;"
        + "BYMINUTE=2;BYSECOND=1,59;BYSETPOS=-1;WKST=SU"
    ),
    (
      "FREQ=YEARLY;UNTIL=20261231T225959Z;BYWEEKNO=-1,20;BYYEARDAY=366",
      "FREQ=YEARLY;UNTIL=20261231T225959Z;BYWEEKNO=-1,20;BYYEARDAY=366"
    ),
    ("FREQ=YEARLY;UNTIL=20261231", "FREQ=YEARLY;UNTIL=20261231"),
    ("FREQ=YEARLY;UNTIL=20261231T235960", "FREQ=YEARLY;UNTIL=20261231T235959"),
  ])
  func `is read in any order and case, and written in one`(text: String, canonical: String) throws {
    let rule = try RecurrenceRule(text)
    #expect(rule.description == canonical)
    #expect(try RecurrenceRule(canonical) == rule)
  }

  @Test(arguments: [
    ("FREQ=DAILY;INTERVAL=0", RulePart.interval, "INTERVAL must be 1 to 99999999"),
    ("FREQ=DAILY;INTERVAL=+1", .interval, "INTERVAL must be 1 to 99999999"),
    ("FREQ=DAILY;COUNT=99999999999999999999", .count, "COUNT must be 1 to 10000"),
    ("FREQ=DAILY;COUNT=2;UNTIL=20260101", .count, "COUNT must not be given with UNTIL"),
    ("FREQ=DAILY;BYMONTH=0", .months, "BYMONTH must list 1 to 12"),
    ("FREQ=DAILY;BYMONTH=-1", .months, "BYMONTH must list 1 to 12"),
    ("FREQ=DAILY;BYHOUR=24", .hours, "BYHOUR must list 0 to 23"),
    ("FREQ=DAILY;BYHOUR=1,", .hours, "BYHOUR must list 0 to 23"),
    ("FREQ=DAILY;BYMINUTE=", .minutes, "BYMINUTE must list 0 to 59"),
    ("FREQ=DAILY;BYSECOND=61", .seconds, "BYSECOND must list 0 to 60"),
    ("FREQ=MONTHLY;BYMONTHDAY=0", .monthDays, "BYMONTHDAY must list 1 to 31 or -31 to -1"),
    ("FREQ=YEARLY;BYYEARDAY=367", .yearDays, "BYYEARDAY must list 1 to 366 or -366 to -1"),
    ("FREQ=YEARLY;BYWEEKNO=-54", .weekNumbers, "BYWEEKNO must list 1 to 53 or -53 to -1"),
    ("FREQ=MONTHLY;BYWEEKNO=1", .weekNumbers, "BYWEEKNO must not be given with FREQ=MONTHLY"),
    ("FREQ=DAILY;BYYEARDAY=1", .yearDays, "BYYEARDAY must not be given with FREQ=DAILY"),
    ("FREQ=WEEKLY;BYMONTHDAY=1", .monthDays, "BYMONTHDAY must not be given with FREQ=WEEKLY"),
    ("FREQ=WEEKLY;BYDAY=1MO", .weekdays, "BYDAY must have no numbers with FREQ=WEEKLY"),
    (
      "FREQ=YEARLY;BYWEEKNO=2;BYDAY=1MO", .weekdays, "BYDAY must have no numbers with BYWEEKNO"
    ),
    (
      "FREQ=MONTHLY;BYDAY=54MO", .weekdays,
      "BYDAY must list days such as MO, 1MO or -1MO, counted up to 53"
    ),
    (
      "FREQ=MONTHLY;BYDAY=M", .weekdays,
      "BYDAY must list days such as MO, 1MO or -1MO, counted up to 53"
    ),
    ("FREQ=DAILY;BYSETPOS=1", .positions, "BYSETPOS must be given with another BY part"),
    ("FREQ=DAILY;WKST=XX", .weekStart, "WKST must be a day of the week, such as MO"),
    ("FREQ=FORTNIGHTLY", .frequency, "FREQ must be SECONDLY, ..., MONTHLY or YEARLY"),
    ("INTERVAL=2", .frequency, "FREQ must be given"),
    ("FREQ=DAILY;FREQ=DAILY", .frequency, "FREQ must be given once"),
    (
      "FREQ=DAILY;UNTIL=20260230", .until,
      "UNTIL must be a day or a time, such as 20261231 or 20261231T225959Z"
    ),
    (
      "FREQ=DAILY;UNTIL=20260101Z", .until,
      "UNTIL must be a day or a time, such as 20261231 or 20261231T225959Z"
    ),
  ])
  func `is refused with the part at fault`(text: String, part: RulePart, message: String) {
    let error = #expect(throws: RecurrenceError.self) { try RecurrenceRule(text) }
    #expect(error?.part == part)
    #expect(error?.description == message)
  }

  @Test func `has known parts only, and at most 1,024 bytes`() {
    #expect(throws: RecurrenceError.unknown("RSCALE=GREGORIAN")) {
      try RecurrenceRule("RSCALE=GREGORIAN;FREQ=DAILY")
    }
    #expect(throws: RecurrenceError.unknown("")) { try RecurrenceRule("FREQ=DAILY;;COUNT=1") }
    #expect(throws: RecurrenceError.unknown("")) { try RecurrenceRule("") }
    let long = "FREQ=DAILY;BYHOUR=1" + String(repeating: ",1", count: 502)
    #expect(throws: Never.self) { try RecurrenceRule(String(long.dropLast()) + "1") }
    #expect(throws: RecurrenceError.tooLong) { try RecurrenceRule(long + ",1") }
  }
}
