import MeshCore
import Testing

@Suite struct `A text that is stored` {
  @Test func `is cut in bytes, between two scalars`() {
    #expect("héllo".prefix(maxBytes: 6) == "héllo")
    #expect("héllo".prefix(maxBytes: 3) == "hé")
    #expect("héllo".prefix(maxBytes: 2) == "h")
    #expect("😀😀".prefix(maxBytes: 7) == "😀")
    #expect("😀".prefix(maxBytes: 3) == "")
    #expect("héllo".cut(maxBytes: 6) == "héllo" && "héllo".cut(maxBytes: 3) == "hé…")
    let marks = "a" + String(repeating: "\u{301}", count: 14_500)
    #expect(marks.count == 1)
    #expect(marks.prefix(maxBytes: 256).utf8.count == 255)
  }

  @Test func `has spaces in place of control characters and line separators`() {
    #expect(
      "a\u{1B}[31m\r\nb\u{7F}\u{85}\u{9B}\u{2028}é\u{A0}".cleaned(maxBytes: 256)
        == "a [31m  b    é\u{A0}"
    )
  }

  @Test func `of a call's origin is bounded whatever it is`() {
    let long = "a" + String(repeating: "\u{301}", count: 14_500) + "\n"
    let origin = Origin(requestID: long, address: long, agent: long, traceparent: long)
    for text in [origin.requestID, origin.address, origin.agent, origin.traceparent] {
      #expect(text.utf8.count <= Origin.maxTextBytes)
    }
  }
}

@Suite struct `Protocol text` {
  @Test func `is compared by its ASCII letters alone`() {
    #expect("Chunked".equalsASCII("chunked"))
    #expect(!"chun\u{212A}ed".equalsASCII("chunked"))
    #expect(!"a@".equalsASCII("a`"))
    #expect("ÀB\u{212A}".asciiLowercased == "Àb\u{212A}")
  }
}
