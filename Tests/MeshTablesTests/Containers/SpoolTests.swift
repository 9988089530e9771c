import MeshTestScale
import Testing

@testable import MeshTables

@Suite struct `Bytes that do not fit into memory` {
  @Test(arguments: [0, 100, 70_000, 1 << 20])
  func `are read as they were added, wherever they are kept`(mostInMemory: Int) throws {
    var random = SeededRandom()
    let spool = Spool(mostInMemory: mostInMemory)
    var all: [UInt8] = []
    for _ in 0..<TestScale.count(200, long: 2_000) {
      let count = Int.random(in: 0...5_000, using: &random)
      let piece = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      try spool.append(piece)
      all += piece
      let start = Int.random(in: 0...all.count, using: &random)
      let wanted = Int.random(in: 1...40_000, using: &random)
      let expected = all[start..<min(start + wanted, all.count)]
      #expect(try spool.bytes(at: start, count: wanted) == Array(expected))
    }
    #expect(spool.count == all.count)
    #expect(spool.isInFile == (all.count > mostInMemory))
    #expect(try spool.bytes(at: all.count, count: 1) == [])
    #expect(try spool.bytes(at: -1, count: 1) == [])
  }
}

@Suite struct `Text with a byte order mark` {
  @Test(arguments: ["", "a", "ab", "Zoë", "😀 and 日本", "\u{FFFD}"])
  func `is the same without it, in pieces of any size`(_ text: String) {
    let units = Array(("\u{FEFF}" + text).utf16)
    let forms = [
      Array(("\u{FEFF}" + text).utf8), units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
      units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, Array(text.utf8),
    ]
    for form in forms {
      for size in 1...4 {
        var marked = MarkedText()
        var plain: [UInt8] = []
        for start in stride(from: 0, to: form.count, by: size) {
          plain += marked.add(Array(form[start..<min(start + size, form.count)]))
        }
        plain += marked.finish()
        #expect(String(decoding: plain, as: UTF8.self) == text)
      }
    }
  }

  @Test func `has a mark for each half of a pair that is alone, and for a byte that is`() {
    var marked = MarkedText()
    let bytes = marked.add([0xFE, 0xFF, 0xD8, 0, 0, 0x41, 0xDC, 0, 0xD8, 0]) + marked.finish()
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{FFFD}A\u{FFFD}\u{FFFD}")
    marked = MarkedText()
    let odd = marked.add([0xFE, 0xFF, 0]) + marked.finish()
    #expect(String(decoding: odd, as: UTF8.self) == "\u{FFFD}")
  }
}
