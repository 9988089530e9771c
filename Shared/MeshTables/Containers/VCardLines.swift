/// Puts the lines of a vCard file together again that were folded (RFC 6350, 3.2; vCard 2.1, 2.1.3).
struct VCardLines {
  /// Bytes that are kept of a line, unfolded.
  private static let mostBytes = 64 << 10
  /// Properties of which nothing is kept: pictures, sounds and keys.
  private static let skipped: Set<String> = ["PHOTO", "LOGO", "SOUND", "KEY"]
  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  /// What was read of a line that is not at its end.
  private var line: [UInt8] = []
  /// The lines that belong together so far.
  private var whole: [UInt8] = []
  private var isSkipped = false
  private var isOld = false
  private var endsSoftly = false
  private var wasReturn = false
  /// Lines of which not all was kept.
  private(set) var cut = 0
  /// Whether bytes are missing of `whole`, and of `line`.
  private var isCut = false
  private var isLineCut = false

  mutating func add(_ bytes: [UInt8], _ take: (ArraySlice<UInt8>) throws -> Void) throws {
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte == Self.lineFeed || byte == Self.carriageReturn {
        // The two together are one end.
        if byte == Self.carriageReturn || !wasReturn { try endLine(take) }
        wasReturn = byte == Self.carriageReturn
        place += 1
        continue
      }
      wasReturn = false
      let rest = bytes[place...]
      let end =
        rest.firstIndex { $0 == Self.lineFeed || $0 == Self.carriageReturn } ?? bytes.count
      let room = max(Self.mostBytes - line.count, 0)
      line.append(contentsOf: bytes[place..<min(end, place + room)])
      if end - place > room { isLineCut = true }
      place = end
    }
  }

  mutating func finish(_ take: (ArraySlice<UInt8>) throws -> Void) throws {
    try endLine(take)
    try give(take)
  }

  private mutating func endLine(_ take: (ArraySlice<UInt8>) throws -> Void) throws {
    defer {
      line.removeAll(keepingCapacity: true)
      isLineCut = false
    }
    if endsSoftly {
      whole.removeLast()
      append(line[...])
    } else if let first = line.first, first == UInt8(ascii: " ") || first == UInt8(ascii: "\t") {
      // The old version folds where there is a space, which stays.
      append(isOld ? line[...] : line.dropFirst())
    } else {
      try give(take)
      begin()
    }
    endsSoftly =
      !isSkipped && whole.last == UInt8(ascii: "=") && Self.isQuotedPrintable(whole)
  }

  private mutating func begin() {
    whole = line
    let name = Self.name(line)
    if name == "VERSION" { isOld = line.contains(UInt8(ascii: "2")) }
    isSkipped = Self.skipped.contains(name)
    isCut = isLineCut && !isSkipped
    if isSkipped { whole = [] }
  }

  private mutating func append(_ more: ArraySlice<UInt8>) {
    if isSkipped { return }
    let room = max(Self.mostBytes - whole.count, 0)
    whole.append(contentsOf: more.prefix(room))
    if more.count > room || isLineCut { isCut = true }
  }

  private mutating func give(_ take: (ArraySlice<UInt8>) throws -> Void) throws {
    if !whole.isEmpty {
      if isCut { cut += 1 }
      try take(whole[...])
    }
    isCut = false
    whole.removeAll(keepingCapacity: true)
  }

  /// The name of the property in a line, in capitals, without its group.
  private static func name(_ line: [UInt8]) -> String {
    let head = line.prefix(64).prefix { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: ";") }
    return String(decoding: head.split(separator: UInt8(ascii: ".")).last ?? [], as: UTF8.self)
      .uppercased()
  }

  /// Whether a line that ends in `=` goes on in the next one.
  private static func isQuotedPrintable(_ line: [UInt8]) -> Bool {
    let head = line.prefix(1_000).prefix { $0 != UInt8(ascii: ":") }
    return String(decoding: head, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
  }
}
