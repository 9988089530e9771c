/// Writes JSON (RFC 8259) straight into bytes.
///
/// The writer puts commas and colons; the caller keeps begin and end paired. Text is escaped only where
/// the RFC asks for it, so that every other character stays as it is.
package struct JSONWriter: Sendable {
  /// What was written so far.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init(reserving capacity: Int = 256) { bytes.reserveCapacity(capacity) }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// The key of the value that is written next.
  package mutating func key(_ name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// A key as `memberKey` made it, out of a text that holds many of them.
  package mutating func key(of text: [UInt8], _ range: Range<Int>) {
    members(text, range)
    needsComma = false
  }

  /// Members of an object, each behind a comma, out of a text that holds many of them.
  package mutating func members(_ text: [UInt8], _ range: Range<Int>) {
    if range.isEmpty { return }
    let range = needsComma ? range : range.dropFirst()
    text.withUnsafeBufferPointer {
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
    needsComma = true
  }

  /// A key behind a comma, with its quotes and colon.
  package static func memberKey(_ name: String) -> [UInt8] {
    var writer = JSONWriter(reserving: name.utf8.count + 4)
    writer.needsComma = true
    writer.key(name)
    return writer.bytes
  }

  package mutating func string(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { _ = appendQuoted($0) }
  }

  /// A string given as UTF-8 that was checked before.
  package mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
    separate()
    _ = appendQuoted(utf8)
  }

  /// A string given as part of bytes that may be no UTF-8.
  ///
  /// - Returns: false when they are none; then nothing of use was written.
  package mutating func string(checking text: [UInt8], _ range: Range<Int>) -> Bool {
    separate()
    let isASCII = text.withUnsafeBufferPointer { appendQuoted(.init(rebasing: $0[range])) }
    return isASCII || (try? UTF8Span(validating: text.span.extracting(range))) != nil
  }

  package mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

  package mutating func integer(_ value: Int64) {
    separate()
    appendDecimal(value.magnitude, isNegative: value < 0)
  }

  /// A whole number in quotes, as proto3 JSON writes those of 64 bits.
  package mutating func quoted(_ value: Int64) {
    quoted(value.magnitude, isNegative: value < 0)
  }

  /// A whole number in quotes, as proto3 JSON writes those of 64 bits.
  package mutating func quoted(_ value: UInt64) {
    quoted(value, isNegative: false)
  }

  /// `Timestamp.rfc3339` as a string.
  package mutating func timestamp(_ time: Timestamp) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    time.appendRFC3339(to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  package mutating func null() { raw("null") }

  /// A finite number in its shortest form that reads back the same; NaN and infinities are not JSON
  /// and are written as strings, as proto3 JSON does.
  package mutating func double(_ value: Double) { floating(value, value.description) }

  /// As `double`, with no more digits than a 32-bit number has.
  package mutating func float(_ value: Float) { floating(Double(value), value.description) }

  private mutating func floating(_ value: Double, _ text: String) {
    guard value.isFinite else {
      string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
      return
    }
    raw(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
  }

  /// A value that is JSON already.
  package mutating func raw(_ json: String) {
    separate()
    bytes.append(contentsOf: json.utf8)
  }

  /// A value that is JSON already.
  package mutating func raw(_ json: [UInt8]) {
    separate()
    bytes.append(contentsOf: json)
  }

  /// A place in what was written, to come back to.
  package struct Mark: Sendable {
    fileprivate let count: Int
    fileprivate let needsComma: Bool
  }

  package var mark: Mark { Mark(count: bytes.count, needsComma: needsComma) }

  /// Takes back all that was written since `mark`.
  package mutating func rewind(to mark: Mark) {
    bytes.removeSubrange(mark.count...)
    needsComma = mark.needsComma
  }

  private mutating func open(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  /// Appends a string with its quotes.
  ///
  /// - Returns: whether it is all ASCII.
  private mutating func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    let found = JSONText(utf8)
    guard found.needsEscapes else {
      bytes.append(addingCapacity: utf8.count + 2) { quoted in
        quoted.append(UInt8(ascii: "\""))
        quoted.withUnsafeMutableBufferPointer { all, count in
          let rest = UnsafeMutableBufferPointer(rebasing: all[count...])
          UnsafeMutableRawBufferPointer(rest).copyMemory(from: UnsafeRawBufferPointer(utf8))
          count += utf8.count
        }
        quoted.append(UInt8(ascii: "\""))
      }
      return found.isASCII
    }
    appendEscaped(utf8)
    return found.isASCII
  }

  private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var clean = 0
    for index in 0..<utf8.count {
      let byte = utf8[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean..<index]))
      appendEscape(of: byte)
      clean = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[clean...]))
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func quoted(_ magnitude: UInt64, isNegative: Bool) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    appendDecimal(magnitude, isNegative: isNegative)
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func appendDecimal(_ magnitude: UInt64, isNegative: Bool) {
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    var rest = magnitude
    let start = bytes.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest != 0
    bytes[start...].reverse()
  }

  private mutating func appendEscape(of byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}

extension JSONWriter {
  /// What was written, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// What a text needs to be a JSON string, found out eight bytes at a time.
private struct JSONText {
  /// Whether it has a control character, a quotation mark or a backslash (RFC 8259, section 7).
  var needsEscapes = false
  var isASCII = true

  init(_ utf8: UnsafeBufferPointer<UInt8>) {
    let bytes = UnsafeRawBufferPointer(utf8)
    var (union, special): (UInt64, UInt64) = (0, 0)
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      union |= word
      special |= Self.special(word)
      offset += 8
    }
    while offset < bytes.count {
      // As the first byte of a word of blanks.
      let word = 0x2020_2020_2020_2000 | UInt64(bytes[offset])
      union |= word
      special |= Self.special(word)
      offset += 1
    }
    needsEscapes = special != 0
    isASCII = union & 0x8080_8080_8080_8080 == 0
  }

  /// Not 0 when one of the word's bytes must be escaped.
  @inline(__always)
  private static func special(_ word: UInt64) -> UInt64 {
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    func hasZero(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
    let controls = (word &- 0x20 &* ones) & ~word & tops
    let quotes = hasZero(word ^ (UInt64(UInt8(ascii: "\"")) &* ones))
    return controls | quotes | hasZero(word ^ (UInt64(UInt8(ascii: "\\")) &* ones))
  }
}
