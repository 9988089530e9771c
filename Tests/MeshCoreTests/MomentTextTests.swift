import MeshCore
import Testing

@Suite struct `A moment in a sentence` {
  @Test(
    arguments: [
      ("Europe/Berlin", 1_767_628_799, "2026-01-05 16:59 (Europe/Berlin)"),
      ("Europe/Berlin", 1_783_260_300, "2026-07-05 16:05 (Europe/Berlin)"),
      ("America/New_York", 1_767_225_600, "2025-12-31 19:00 (America/New_York)"),
      ("UTC", -60, "1969-12-31 23:59 (UTC)"),
    ] as [(String, Int64, String)]
  )
  func `is told by the clocks of a time zone`(zone: String, seconds: Int64, text: String) throws {
    let zone = try #require(TimeZone(zone))
    #expect(MomentText.of(Timestamp(microseconds: seconds * 1_000_000), in: zone) == text)
  }
}
