/// What a web page is made of.
enum HTMLPiece {
  /// A tag, and all that is written in it after its name.
  case start(HTMLTag, attributes: ArraySlice<UInt8>)
  case end(HTMLTag)
  /// A part of a text: one text may come in several.
  case text(ArraySlice<UInt8>)
}

/// Takes a web page apart, piece by piece; it knows no faults.
///
/// Reads bytes in any encoding in which the signs of tags are those of ASCII.
struct HTMLScanner {
  private enum State: Equatable {
    case text
    /// After `<`.
    case open
    case tag(quote: UInt8?)
    case comment
    /// What is no text of the page: a script or a style, up to the tag that ends it.
    case raw(HTMLTag)
  }

  /// Bytes that are kept of a tag.
  private static let mostTagBytes = 4_096
  /// Bytes that are kept of what only its end is looked for in.
  private static let mostRawBytes = 64
  private static let less = UInt8(ascii: "<")
  private static let more = UInt8(ascii: ">")

  private var state = State.text
  private var tag: [UInt8] = []
  /// The last byte of the tag that is no space.
  private var lastInk: UInt8 = 0

  /// Reads the next bytes of the page, and hands on what they complete.
  mutating func add(_ bytes: [UInt8], _ take: (HTMLPiece) throws -> Void) throws {
    var place = 0
    while place < bytes.count {
      if state == .text {
        let next = bytes[place...].firstIndex(of: Self.less) ?? bytes.count
        if next > place { try take(.text(bytes[place..<next])) }
        if next < bytes.count { state = .open }
        place = next + 1
      } else if state == .open, !Self.isTagStart(bytes[place]) {
        state = .text
        try take(.text([Self.less]))
      } else {
        place = skip(bytes, from: place)
        guard place < bytes.count else { return }
        if let piece = mark(bytes[place]) { try take(piece) }
        place += 1
      }
    }
  }

  /// Takes at once the bytes within a tag that mean nothing by themselves.
  ///
  /// - Returns: the place of the first byte that may.
  private mutating func skip(_ bytes: [UInt8], from place: Int) -> Int {
    guard state == .tag(quote: nil), tag.first != UInt8(ascii: "!") else { return place }
    var end = place
    while end < bytes.count, bytes[end] != Self.more, bytes[end] != UInt8(ascii: "\""),
      bytes[end] != UInt8(ascii: "'")
    { end += 1 }
    let room = max(Self.mostTagBytes - tag.count, 0)
    tag.append(contentsOf: bytes[place..<min(end, place + room)])
    if let ink = bytes[place..<end].last(where: { $0 > 0x20 }) { lastInk = ink }
    return end
  }

  private static func isTagStart(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || "/!?".utf8.contains(byte)
  }

  /// Reads a byte that is no text.
  private mutating func mark(_ byte: UInt8) -> HTMLPiece? {
    switch state {
    case .text: return nil
    case .open:
      tag.removeAll(keepingCapacity: true)
      tag.append(byte)
      lastInk = byte
      state = .tag(quote: nil)
      return nil
    case .tag(let quote): return addToTag(byte, quote)
    case .comment:
      keep(byte)
      if byte == Self.more, tag.suffix(3).elementsEqual("-->".utf8) { state = .text }
      return nil
    case .raw(let name):
      keep(byte)
      guard byte == Self.more, endsRaw(name) else { return nil }
      state = .text
      return .end(name)
    }
  }

  private mutating func addToTag(_ byte: UInt8, _ quote: UInt8?) -> HTMLPiece? {
    if let quote {
      if byte == quote { state = .tag(quote: nil) }
    } else if byte == Self.more {
      return endTag()
    } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
      // Only where a value begins: elsewhere it is a slip of whoever wrote the page.
      if lastInk == UInt8(ascii: "=") { state = .tag(quote: byte) }
    }
    if byte > 0x20 { lastInk = byte }
    if tag.count < Self.mostTagBytes { tag.append(byte) }
    if tag.count == 3, tag.elementsEqual("!--".utf8) {
      tag = []
      state = .comment
    }
    return nil
  }

  private mutating func endTag() -> HTMLPiece? {
    state = .text
    let isEnd = tag.first == UInt8(ascii: "/")
    let letters = tag.dropFirst(isEnd ? 1 : 0)
    let name = letters.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
    let found = HTMLTag(name)
    if isEnd { return .end(found) }
    if found.isRaw { state = .raw(found) }
    return .start(found, attributes: letters.dropFirst(name.count))
  }

  private mutating func keep(_ byte: UInt8) {
    if tag.count >= Self.mostRawBytes { tag.removeFirst(Self.mostRawBytes / 2) }
    tag.append(byte)
  }

  private func endsRaw(_ raw: HTMLTag) -> Bool {
    guard let start = tag.lastIndex(of: Self.less) else { return false }
    let name = tag[start...].dropFirst().prefix { $0 > 0x20 && $0 != Self.more }
    return name.first == UInt8(ascii: "/") && HTMLTag(name.dropFirst()) == raw
  }
}
