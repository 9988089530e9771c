import MeshCore
import MeshRecurrence
import MeshTestScale
import Testing

@Suite struct `Hostile rules` {
  @Test(arguments: [
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;BYHOUR=3", "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "FREQ=HOURLY;INTERVAL=24;BYHOUR=3",
    "FREQ=SECONDLY;INTERVAL=2;BYSECOND=0,2,4", "FREQ=SECONDLY;INTERVAL=604800;BYDAY=SU",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=DAILY;UNTIL=20251231",
    "FREQ=DAILY;UNTIL=20260105T093000",
    "FREQ=MINUTELY;INTERVAL=99999999;BYYEARDAY=366;BYDAY=FR",
    "FREQ=YEARLY;INTERVAL=99999999;BYDAY=53FR",
  ])
  func `that never begin are refused`(rule: String) {
    #expect(throws: RecurrenceError.noOccurrence) { try recurrence(rule, "20260105T093001") }
  }

  @Test(arguments: [
    (
      "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=FR;BYHOUR=3;BYMINUTE=7;BYSECOND=11",
      "20920229T030711"
    ),
    ("FREQ=SECONDLY;INTERVAL=86401;BYHOUR=15", "20800323T150002"),
    ("FREQ=DAILY;INTERVAL=97;BYMONTH=2;BYMONTHDAY=29", "26720229T093001"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU", "20880229T093001"),
  ])
  func `that are sparse are followed over centuries`(rule: String, third: String) throws {
    #expect(try recurrence(rule, "20260105T093001").times(3).last == third)
  }

  @Test func `cost a bounded time, however large their lists and counts`() throws {
    func list(_ part: String, _ range: ClosedRange<Int>) -> String {
      "\(part)=\(range.map(String.init).joined(separator: ","))"
    }
    let times = [list("BYHOUR", 0...23), list("BYMINUTE", 0...59), list("BYSECOND", 0...59)]
    let all = times.joined(separator: ";")
    let took = try ContinuousClock().measure {
      let yearly = try recurrence("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1,-1;\(all)", "20260105T093001")
      #expect(
        yearly.next(after: try moment("5000-01-31T23:59:58Z"))?.local
          == CivilTime("50000131T235959")
      )
      let last = try recurrence("FREQ=YEARLY;BYDAY=MO;BYSETPOS=-1;\(all)", "20260105T093001")
      #expect(last.first?.local == CivilTime("20261228T235959"))
      let counted = try recurrence(
        "FREQ=SECONDLY;COUNT=10000;INTERVAL=59;BYHOUR=3;BYDAY=MO;BYSECOND=7",
        "20260105T093001"
      )
      #expect(counted.first != nil)
    }
    #expect(took < .seconds(10))
  }

  @Test func `of random parts are refused, or have ascending occurrences that are found again`()
    throws
  {
    var random = SeededRandom()
    var found = 0
    for _ in 0..<TestScale.count(300, long: 10_000) {
      let text = Self.rule(&random)
      guard let rule = try? RecurrenceRule(text),
        let recurrence = try? recurrence(text, "20260105T093001", "Europe/Berlin")
      else { continue }
      #expect(try RecurrenceRule(rule.description) == rule, "\(text)")
      let first = Array(recurrence.occurrences(from: .earliest).prefix(5))
      found += 1
      for (each, next) in zip(first, first.dropFirst()) {
        #expect(each.moment < next.moment, "\(text)")
        #expect(recurrence.next(after: each.moment) == next, "\(text)")
      }
    }
    #expect(found > 20)
  }

  @Test func `of random bytes are refused or read`() {
    var random = SeededRandom()
    let pieces = [
      "FREQ=", "DAILY", "BYDAY=", "UNTIL=", "2026", "T", "Z", "-", ",", ";", "9", "MO", "é",
    ]
    for _ in 0..<TestScale.count(5_000, long: 100_000) {
      let text = (0..<Int.random(in: 0...12, using: &random))
        .map { _ in pieces[Int.random(in: pieces.indices, using: &random)] }.joined()
      if let rule = try? RecurrenceRule(text) {
        #expect(throws: Never.self) { try RecurrenceRule(rule.description) }
      }
    }
  }

  private static func rule(_ random: inout SeededRandom) -> String {
    let frequencies = RecurrenceRule.Frequency.allCases
    var parts = [
      "FREQ=\(frequencies[Int.random(in: frequencies.indices, using: &random)].rawValue)"
    ]
    let ranges: [(String, ClosedRange<Int>)] = [
      ("BYSECOND", 0...59), ("BYMINUTE", 0...59), ("BYHOUR", 0...23), ("BYMONTHDAY", -31...31),
      ("BYYEARDAY", -366...366), ("BYWEEKNO", -53...53), ("BYMONTH", 1...12), ("BYSETPOS", -9...9),
      ("INTERVAL", 1...100_000),
    ]
    for (name, range) in ranges where Int.random(in: 0...3, using: &random) == 0 {
      let count = name == "INTERVAL" ? 1 : Int.random(in: 1...5, using: &random)
      let values = (0..<count).map { _ in String(Int.random(in: range, using: &random)) }
      parts.append("\(name)=\(values.joined(separator: ","))")
    }
    return parts.joined(separator: ";")
  }
}
