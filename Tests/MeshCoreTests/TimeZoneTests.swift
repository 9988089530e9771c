import MeshCore
import Testing

@Suite struct `A time zone` {
  private func offset(_ zone: String, _ time: String) throws -> Int {
    let zone = try #require(TimeZone(zone))
    return zone.offset(at: try #require(Timestamp(rfc3339: time)))
  }

  @Test(arguments: [
    ("Europe/Berlin", "2026-01-15T12:00:00Z", 3600),
    ("Europe/Berlin", "2026-03-29T00:59:59Z", 3600),
    ("Europe/Berlin", "2026-03-29T01:00:00Z", 7200),
    ("Europe/Berlin", "2026-10-25T00:59:59Z", 7200),
    ("Europe/Berlin", "2026-10-25T01:00:00Z", 3600),
    ("America/New_York", "2050-07-01T00:00:00Z", -14400),
    ("America/New_York", "2050-12-01T00:00:00Z", -18000),
    ("Australia/Sydney", "2045-01-01T00:00:00Z", 39600),
    ("Asia/Kolkata", "2026-06-01T00:00:00Z", 19800),
    ("Asia/Tokyo", "1950-07-01T00:00:00Z", 36000),
  ])
  func `knows how far its clocks are from UTC`(zone: String, time: String, seconds: Int) throws {
    #expect(try offset(zone, time) == seconds)
  }

  @Test func `gives the date on its own clocks`() throws {
    let zone = try #require(TimeZone("Pacific/Auckland"))
    let time = try #require(Timestamp(rfc3339: "2026-06-30T13:00:00Z"))
    #expect(zone.date(at: time).description == "2026-07-01")
    #expect(TimeZone.utc.date(at: time).description == "2026-06-30")
  }

  @Test(arguments: [
    "", "Mars/Olympus", "../../etc/passwd", "/etc/passwd", "Europe//Berlin", "zone.tab",
  ])
  func `has a name the system knows`(name: String) {
    #expect(TimeZone(name) == nil)
  }
}
