/// What the bytes of a file say of the encoding that it is written in.
///
/// Bytes are added in pieces of any size: those of a sample, or of the whole file.
package struct EncodingEvidence: Sendable {
  /// Bytes of words that are kept.
  private static let mostWordBytes = 1 << 17
  private static let longestWord = 256

  private var head: [UInt8] = []
  private var count = 0
  /// Null bytes at even and at odd places.
  private var nulls = (even: 0, odd: 0)
  /// The two bytes before the next one.
  private var before: (UInt8, UInt8) = (1, 1)
  /// Line feeds with a null byte beside them, and those without.
  private var lineFeeds = (paired: 0, alone: 0)
  /// Characters of several bytes in UTF-8, and bytes that are none of it.
  private var characters = 0
  private var broken = 0
  private var utf8 = UTF8Reader()
  /// Words with bytes that are not of ASCII.
  private var words: [[UInt8]] = []
  private var wordBytes = 0
  private var word: [UInt8] = []
  private var isForeign = false

  package init() {}

  /// Whether all bytes are characters of ASCII, which are the same in all encodings but UTF-16.
  package var isASCII: Bool { characters == 0 && broken == 0 && utf8.isComplete && nullCount == 0 }

  private var nullCount: Int { nulls.even + nulls.odd }

  /// Takes the next bytes of the file.
  package mutating func add(_ bytes: some Collection<UInt8>) {
    for byte in bytes {
      if byte == 0 {
        if count & 1 == 0 { nulls.even += 1 } else { nulls.odd += 1 }
      }
      if before.1 == UInt8(ascii: "\n") {
        if byte == 0 || before.0 == 0 { lineFeeds.paired += 1 } else { lineFeeds.alone += 1 }
      }
      before = (before.1, byte)
      if head.count < 4 { head.append(byte) }
      count += 1
      if byte < 0x80, utf8.isComplete {
        if !word.isEmpty || byte >= 0x40 { addToWord(byte) }
        continue
      }
      let step = utf8.take(byte)
      characters += step.characters
      broken += step.broken
      addToWord(byte)
    }
  }

  private mutating func addToWord(_ byte: UInt8) {
    if byte >= 0x40 || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "-") && !word.isEmpty
      || (0x30...0x39).contains(byte) && (word.last ?? 0) >= 0x81
    {
      if byte >= 0x80 { isForeign = true }
      if word.count < Self.longestWord { word.append(byte) }
      return
    }
    endWord()
  }

  private mutating func endWord() {
    if isForeign, wordBytes < Self.mostWordBytes {
      words.append(word)
      wordBytes += word.count
    }
    isForeign = false
    word.removeAll(keepingCapacity: true)
  }

  /// The encoding that the bytes are most likely in.
  package var encoding: TableEncoding {
    if let marked { return marked }
    if let units = unmarkedUTF16 { return units }
    let isUTF8 = broken == 0 || characters >= 4 * broken
    if isUTF8 { return .utf8 }
    return EncodingScore.best(for: allWords, mayBeUTF8: characters > 0)
  }

  /// The encoding that the byte order mark says; nil without one.
  package var marked: TableEncoding? {
    [.utf8, .utf16LE, .utf16BE].first { head.starts(with: $0.mark) }
  }

  /// What text of UTF-8 says of having been encoded twice.
  package var doubling: Doubling {
    var (twice, once) = (0, 0)
    var example = ""
    for word in allWords {
      guard let text = String(validating: word, as: UTF8.self) else { continue }
      if DoubleEncoding.undone(text) == nil {
        once += 1
      } else {
        twice += 1
        if example.isEmpty { example = text }
      }
    }
    if twice == 0 { return .no }
    return twice >= 9 * once ? .all : .some(example: example)
  }

  /// Whether text was encoded twice.
  package enum Doubling: Sendable, Equatable {
    case no, all
    case some(example: String)
  }

  private var allWords: [[UInt8]] { isForeign ? words + [word] : words }

  /// UTF-16 has null bytes at places of one kind: in each character of ASCII, as delimiters are.
  ///
  /// A character of East Asia may have one at a place of the other kind, as 一 has.
  private var unmarkedUTF16: TableEncoding? {
    let (few, many) = (min(nulls.even, nulls.odd), max(nulls.even, nulls.odd))
    guard count >= 4, many >= max(2, count / 50), few <= many / 4,
      lineFeeds.alone <= lineFeeds.paired
    else { return nil }
    return nulls.even > nulls.odd ? .utf16BE : .utf16LE
  }
}
