import MeshCore
import Testing

@Suite struct `A span of minutes` {
  @Test(
    arguments: [
      (0, "0 minutes"), (1, "1 minute"), (90, "90 minutes"), (60, "1 hour"), (120, "2 hours"),
      (1_440, "1 day"), (10_080, "1 week"), (20_160, "2 weeks"), (11_520, "8 days"),
    ] as [(Int32, String)]
  )
  func `is said in the largest unit that fits`(minutes: Int32, text: String) {
    #expect(SpanText.of(minutes: minutes) == text)
    #expect(SpanText.ahead(minutes: minutes) == (minutes == 0 ? "Now" : "In \(text)"))
  }
}
