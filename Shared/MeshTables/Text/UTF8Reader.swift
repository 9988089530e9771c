/// Counts the characters of UTF-8 and the bytes that are none, as they come.
struct UTF8Reader: Sendable {
  /// Bytes of the character that are yet to come.
  private var missing = 0
  /// Bytes of it that came.
  private var taken = 0
  /// What its next byte may be.
  private var range: ClosedRange<UInt8> = 0x80...0xBF

  /// Whether no character is begun.
  var isComplete: Bool { missing == 0 }

  /// Takes a byte.
  ///
  /// - Returns: how many characters of several bytes it completes, and how many bytes are no text by it.
  mutating func take(_ byte: UInt8) -> (characters: Int, broken: Int) {
    if missing > 0 {
      if range.contains(byte) {
        missing -= 1
        taken += 1
        range = 0x80...0xBF
        return (missing == 0 ? 1 : 0, 0)
      }
      let lost = taken
      missing = 0
      let next = take(byte)
      return (next.characters, next.broken + lost)
    }
    range = 0x80...0xBF
    switch byte {
    case 0..<0x80: return (0, 0)
    case 0xC2...0xDF: missing = 1
    case 0xE0: (missing, range) = (2, 0xA0...0xBF)
    case 0xED: (missing, range) = (2, 0x80...0x9F)
    case 0xE1...0xEF: missing = 2
    case 0xF0: (missing, range) = (3, 0x90...0xBF)
    case 0xF1...0xF3: missing = 3
    case 0xF4: (missing, range) = (3, 0x80...0x8F)
    default: return (0, 1)
    }
    taken = 1
    return (0, 0)
  }
}
