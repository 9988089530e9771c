import MeshCore
import Testing

@Suite struct `A timestamp` {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0),
    ("2000-02-29T23:59:59Z", 951_868_799_000_000),
    ("1969-12-31T23:59:59.999999Z", -1),
    ("2026-11-20T18:38:23.500Z", 1_795_199_903_500_000),
    ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
    ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
  ])
  func `reads and writes RFC 3339`(_ text: String, _ microseconds: Int64) throws {
    let time = try #require(Timestamp(rfc3339: text))
    #expect(time.microseconds == microseconds)
    #expect(time.rfc3339 == text)
  }

  @Test(arguments: [
    ("2024-03-10T01:30:00+02:00", "2024-03-09T23:30:00Z"),
    ("2024-03-09t18:30:00-05:30", "2024-03-10T00:00:00Z"),
    ("2024-03-09T18:30:00.1z", "2024-03-09T18:30:00.100Z"),
    ("2024-03-09T18:30:00.123456789Z", "2024-03-09T18:30:00.123456Z"),
  ])
  func `brings offsets and fractions into its own form`(_ text: String, _ expected: String) throws {
    #expect(try #require(Timestamp(rfc3339: text)).rfc3339 == expected)
  }

  @Test(arguments: [
    "", "2024-03-10", "2024-03-10T01:30:00", "2024-02-30T00:00:00Z", "2024-03-10T24:00:00Z",
    "2024-03-10T01:60:00Z", "2024-03-10T01:30:60Z", "2024-03-10 01:30:00Z",
    "2024-03-10T01:30:00.Z", "2024-03-10T01:30:00Z ", "2024-03-10T01:30:00+2:00",
    "0000-03-10T01:30:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
    "20240310T013000Z", "2024-03-10T01:30:00+0200", "2023-02-29T00:00:00Z",
  ])
  func `refuses other texts`(_ text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `moves by durations and stops at its bounds`() {
    let time = Timestamp(microseconds: 1_000_000)
    #expect(time + .milliseconds(1500) == Timestamp(microseconds: 2_500_000))
    #expect(time - .seconds(2) == Timestamp(microseconds: -1_000_000))
    #expect(time + .seconds(Int64.max) == .latest)
    #expect(time - .seconds(Int64.max) == .earliest)
    #expect(Timestamp(microseconds: .max) == .latest)
    #expect(Timestamp(microseconds: 5) - Timestamp(microseconds: 2) == .microseconds(3))
  }

  @Test func `of the system lies after this code was written`() throws {
    #expect(Clock.system.now > (try #require(Timestamp(rfc3339: "2024-01-01T00:00:00Z"))))
  }
}

@Suite struct `A calendar date` {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("1900-03-01", -25_508),
    ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
  ])
  func `counts days from 1970`(_ text: String, _ days: Int) throws {
    let date = try #require(CalendarDate(text))
    #expect(date.daysSince1970 == days)
    #expect(date.description == text)
  }

  @Test func `follows from a timestamp on every day of four centuries`() {
    var expected = CalendarDate(year: 1, month: 1, day: 1)
    for day in -719_162..<(-719_162 + 146_097) {
      let date = Timestamp(microseconds: Int64(day) * 86_400_000_000).utcDate
      #expect(date == expected)
      expected =
        CalendarDate(year: date.year, month: date.month, day: date.day + 1)
        ?? CalendarDate(year: date.year, month: date.month + 1, day: 1)
        ?? CalendarDate(year: date.year + 1, month: 1, day: 1)
    }
  }

  @Test(arguments: [
    "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-01", "2024-01-00",
    "0000-01-01", "2024-1-01", "24-01-01", "2024-01-01 ", "2024/01/01", "",
  ])
  func `refuses days that are not on the calendar`(_ text: String) {
    #expect(CalendarDate(text) == nil)
  }
}
