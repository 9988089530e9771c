import FoundationEssentials
import MeshCore
import MeshRecurrence
import MeshTestScale
import Testing

/// The public test cases of libical.
@Suite struct `The conformance data of recurrence` {
  private static let folder = TestData.folder("recurrence")

  @Test(.enabled(if: folder != nil, "no recurrence data in LEADMESH_TEST_DATA or ../shared/data"))
  func `is answered case by case`() throws {
    let folder = try #require(Self.folder)
    let data = try #require(FileManager.default.contents(atPath: "\(folder)/icalrecur_test.txt"))
    let cases = RecurrenceCase.cases(in: String(decoding: data, as: UTF8.self))
    for each in cases {
      #expect(throws: Never.self, "\(each.rule) from \(each.start)") { try each.check() }
    }
    print("Recurrence conformance: \(cases.count) cases")
    #expect(cases.count == 146)
  }

  @Test(arguments: RecurrenceCase.cases(in: copied))
  func `is answered in cases that are kept here`(example: RecurrenceCase) throws {
    try example.check()
  }

  /// Of the format of the data, for where that is not there.
  private static let copied = """
    # Each BY part once, and what was hard
    RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=4;BYMONTH=1,3
    DTSTART:19970310T090000
    INSTANCES:19970310T090000,19990110T090000,19990310T090000,20010110T090000

    RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,-1
    DTSTART:19970101T090000
    INSTANCES:19970101T090000,19970410T090000,19971231T090000,20000101T090000

    RRULE:FREQ=YEARLY;BYDAY=20MO;COUNT=3
    DTSTART:19970519T090000
    INSTANCES:19970519T090000,19980518T090000,19990517T090000

    RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;WKST=SU;COUNT=3
    DTSTART:19970512T090000
    INSTANCES:19970512T090000,19980518T090000,19990517T090000

    RRULE:FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU,SA;INTERVAL=6;UNTIL=20170101T000000Z
    DTSTART:20100102T000000
    INSTANCES:20100102T000000,20151229T000000,20160102T000000

    RRULE:FREQ=YEARLY;BYMONTHDAY=-29,-1;COUNT=4
    DTSTART:20240201
    INSTANCES:20240201,20240229,20250228,20260228

    RRULE:FREQ=MONTHLY;COUNT=4
    DTSTART:20070131T090000
    INSTANCES:20070131T090000,20070331T090000,20070531T090000,20070731T090000

    RRULE:FREQ=MONTHLY;COUNT=4;BYDAY=1FR,-1SU
    DTSTART:19970905T090000
    INSTANCES:19970905T090000,19970928T090000,19971003T090000,19971026T090000

    RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3
    DTSTART:19970929T090000
    INSTANCES:19970929T090000,19971030T090000,19971127T090000

    RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO
    DTSTART:19970805T090000
    INSTANCES:19970805T090000,19970810T090000,19970819T090000,19970824T090000

    RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU
    DTSTART:19970805T090000
    INSTANCES:19970805T090000,19970817T090000,19970819T090000,19970831T090000

    RRULE:FREQ=WEEKLY;INTERVAL=1;COUNT=2;BYDAY=MO;
    DTSTART:20141006T090000
    INSTANCES:20141006T090000,20141013T090000

    RRULE:FREQ=DAILY;BYHOUR=9,10,9;BYMINUTE=0,40;COUNT=5
    DTSTART:19970902T090000
    INSTANCES:19970902T090000,19970902T094000,19970902T100000,19970902T104000,19970903T090000

    RRULE:FREQ=HOURLY;BYHOUR=3,6;BYMINUTE=5,15,25;INTERVAL=7;BYSETPOS=1,-1;COUNT=4
    DTSTART:20250101T030500
    INSTANCES:20250101T030500,20250101T032500,20250107T060500,20250107T062500

    RRULE:FREQ=MINUTELY;BYMINUTE=5,25;INTERVAL=61;COUNT=3
    DTSTART:20250101T050500
    INSTANCES:20250101T050500,20250102T012500,20250103T180500

    RRULE:FREQ=SECONDLY;BYHOUR=1,2;BYMINUTE=3,59;BYSECOND=5;UNTIL=20250216T020500
    DTSTART:20250216T015905
    START-AT:20250216T020000
    INSTANCES:20250216T015905,20250216T020305
    """
}

/// A case in the format of libical: a rule, its start and its first occurrences.
struct RecurrenceCase: CustomTestStringConvertible {
  let rule: String
  let start: String
  /// Where a search begins again.
  let middle: String?
  let expected: [String]

  var testDescription: String { rule }

  static func cases(in text: String) -> [RecurrenceCase] {
    text.split(separator: "\n\n").compactMap { block in
      var values: [Substring: String] = [:]
      for line in block.split(separator: "\n") where !line.hasPrefix("#") {
        guard let colon = line.firstIndex(of: ":") else { continue }
        values[line[..<colon]] = line[line.index(after: colon)...].filter { $0 != " " }
      }
      guard let rule = values["RRULE"], let start = values["DTSTART"],
        var expected = values["INSTANCES"]
      else { return nil }
      // What libical has not written, as python-dateutil answers.
      if rule == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=30;BYWEEKNO=1;UNTIL=20320101" {
        expected = "20241230,20251230,20301230,20311230"
      }
      return RecurrenceCase(
        rule: rule,
        start: start,
        middle: values["START-AT"],
        expected: expected.split(separator: ",").map(String.init)
      )
    }
  }

  struct Wrong: Error {
    let found: [String]
    let expected: [String]
  }

  func check() throws {
    let isUTC = start.hasSuffix("Z")
    let start = try #require(CivilTime(isUTC ? String(start.dropLast()) : start))
    let rule = try RecurrenceRule(rule)
    #expect(try RecurrenceRule(rule.description) == rule)
    let recurrence = try Recurrence(rule, start: start, zone: .utc)
    var limit = expected.count
    // An end must end it; libical stops at a number of times where a rule has none.
    if rule.end != .never { limit += 1 }
    func texts(from moment: Timestamp, limit: Int) -> [String] {
      recurrence.occurrences(in: moment..<Timestamp.latest, limit: limit)
        .map { $0.local.description + (isUTC ? "Z" : "") }
    }
    let found = texts(from: .earliest, limit: limit)
    if found != expected { throw Wrong(found: found, expected: expected) }
    guard let middle = try middle.map({ try #require(CivilTime($0)) }) else { return }
    let rest = recurrence.occurrences(from: .earliest).prefix(limit).filter { $0.local >= middle }
    let moment = try #require(rest.first).moment + .microseconds(-1)
    let again = texts(from: moment, limit: limit)
    if again != rest.map(\.local.description) {
      throw Wrong(found: again, expected: rest.map(\.local.description))
    }
  }
}
