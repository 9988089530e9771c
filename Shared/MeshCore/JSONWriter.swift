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

  /// A key as `quotedKey` made it, for keys that are written often.
  package mutating func key(quoted: [UInt8]) {
    separate()
    bytes.append(contentsOf: quoted)
    needsComma = false
  }

  /// A key with its quotes and colon.
  package static func quotedKey(_ name: String) -> [UInt8] {
    var writer = JSONWriter(reserving: name.utf8.count + 3)
    writer.key(name)
    return writer.bytes
  }

  package mutating func string(_ text: String) {
    separate()
    var text = text
    text.withUTF8 { appendQuoted($0) }
  }

  /// A string given as UTF-8 that was checked before.
  package mutating func string(utf8: UnsafeBufferPointer<UInt8>) {
    separate()
    appendQuoted(utf8)
  }

  /// A string given as UTF-8 that was checked before.
  package mutating func string(utf8: ArraySlice<UInt8>) {
    separate()
    utf8.withUnsafeBufferPointer { appendQuoted($0) }
  }

  package mutating func integer(_ value: some BinaryInteger) { raw(String(value)) }

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

  private mutating func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var clean = 0
    for index in utf8.indices {
      let byte = utf8[index]
      let isPlain = byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
      if isPlain { continue }
      bytes.append(contentsOf: utf8[clean..<index])
      appendEscape(of: byte)
      clean = index + 1
    }
    bytes.append(contentsOf: utf8[clean...])
    bytes.append(UInt8(ascii: "\""))
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
