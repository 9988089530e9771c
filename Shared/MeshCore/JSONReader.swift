/// Why a text is not the JSON it should be.
package struct JSONError: Error, Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The bytes are not JSON by RFC 8259.
    case syntax
    /// A key names nothing.
    case unknownField
    /// A value is not what belongs in its place.
    case value
  }

  package let kind: Kind
  /// Where in the document: `lead.annual_revenue.currency`, `mapping[2].field`; empty at its root.
  package private(set) var path = ""
  /// What is wrong, as a clause: `must be a string`.
  package let rule: String

  package init(_ kind: Kind, _ rule: String) {
    self.kind = kind
    self.rule = rule
  }

  /// The same error seen from the object that holds `field`.
  package func within(_ field: String) -> JSONError {
    var outer = self
    outer.path = path.isEmpty || path.hasPrefix("[") ? field + path : "\(field).\(path)"
    return outer
  }

  /// The same error seen from the array whose element it is about.
  package func within(index: Int) -> JSONError {
    within("[\(index)]")
  }
}

/// Reads one JSON text (RFC 8259) in a single pass, as its caller asks for it.
///
/// Strict: text must be UTF-8 without U+0000 and lone surrogates, numbers as the grammar has them,
/// nothing may follow the value, and nesting is limited. That keys are unique is the caller's to
/// check, who knows them.
package struct JSONReader: Sendable {
  package enum Kind: Sendable { case object, array, string, number, bool, null }

  private let bytes: [UInt8]
  private var position: Int
  private let maxDepth: Int
  private var depth = 0
  /// Whether the next key or element is the first of its object or array.
  private var isFirst = false

  /// Reads `bytes` from the place `start`.
  package init(_ bytes: [UInt8], from start: Int = 0, maxDepth: Int = 100) {
    self.bytes = bytes
    position = start
    self.maxDepth = maxDepth
  }

  /// Why a text is not JSON at all; nil when it is, whatever it says.
  package static func syntaxError(of json: [UInt8]) -> JSONError? {
    var reader = JSONReader(json)
    do throws(JSONError) {
      try reader.skip()
      try reader.finish()
    } catch {
      return error.kind == .syntax ? error : nil
    }
    return nil
  }

  /// What the next value is.
  package mutating func peek() throws(JSONError) -> Kind {
    skipSpace()
    guard position < bytes.count else { throw syntax("ends too early") }
    switch bytes[position] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["): return .array
    case UInt8(ascii: "\""): return .string
    case UInt8(ascii: "t") where isNext("true"): return .bool
    case UInt8(ascii: "f") where isNext("false"): return .bool
    case UInt8(ascii: "n") where isNext("null"): return .null
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
    default: throw syntax("has an unexpected character")
    }
  }

  /// Ends the reading: only space may be left.
  package mutating func finish() throws(JSONError) {
    skipSpace()
    guard position == bytes.count else { throw syntax("goes on after its end") }
  }

  // MARK: Objects and arrays

  package mutating func beginObject() throws(JSONError) {
    guard try peek() == .object else { throw JSONError(.value, "must be an object") }
    try open()
  }

  package mutating func beginArray() throws(JSONError) {
    guard try peek() == .array else { throw JSONError(.value, "must be an array") }
    try open()
  }

  /// The next key of the object, its colon read; nil at the object's end.
  package mutating func nextKey() throws(JSONError) -> ArraySlice<UInt8>? {
    guard try next(before: UInt8(ascii: "}")) else { return nil }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
      throw syntax("has a key that is no string")
    }
    let key = try string()
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else {
      throw syntax("has a key without a colon")
    }
    position += 1
    return key
  }

  /// Whether another element of the array follows.
  package mutating func nextElement() throws(JSONError) -> Bool {
    try next(before: UInt8(ascii: "]"))
  }

  private mutating func open() throws(JSONError) {
    guard depth < maxDepth else { throw JSONError(.value, "is nested deeper than \(maxDepth)") }
    depth += 1
    position += 1
    isFirst = true
  }

  private mutating func next(before close: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    guard position < bytes.count else { throw syntax("ends too early") }
    if bytes[position] == close {
      position += 1
      depth -= 1
      isFirst = false
      return false
    }
    guard !isFirst else {
      isFirst = false
      return true
    }
    guard bytes[position] == UInt8(ascii: ",") else { throw syntax("lacks a comma") }
    position += 1
    skipSpace()
    guard position < bytes.count, bytes[position] != close else {
      throw syntax("has a comma too many")
    }
    return true
  }

  // MARK: Values

  package mutating func null() throws(JSONError) {
    guard try peek() == .null else { throw JSONError(.value, "must be null") }
    position += 4
  }

  package mutating func bool() throws(JSONError) -> Bool {
    guard try peek() == .bool else { throw JSONError(.value, "must be true or false") }
    let value = bytes[position] == UInt8(ascii: "t")
    position += value ? 4 : 5
    return value
  }

  /// The text of a number, which follows the grammar.
  package mutating func number() throws(JSONError) -> ArraySlice<UInt8> {
    guard try peek() == .number else { throw JSONError(.value, "must be a number") }
    let start = position
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let integer = position
    try digits()
    if position > integer + 1, bytes[integer] == UInt8(ascii: "0") {
      throw syntax("has a number with a leading zero")
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < bytes.count,
        bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try digits()
    }
    return bytes[start..<position]
  }

  /// The UTF-8 of a string, its escapes resolved.
  package mutating func string() throws(JSONError) -> ArraySlice<UInt8> {
    guard try peek() == .string else { throw JSONError(.value, "must be a string") }
    let start = position + 1
    var end = start
    var seen: UInt8 = 0
    while end < bytes.count {
      let byte = bytes[end]
      if byte == UInt8(ascii: "\"") {
        position = end + 1
        if seen >= 0x80 { try checkText(bytes.span.extracting(start..<end)) }
        return bytes[start..<end]
      }
      if byte == UInt8(ascii: "\\") { return try escapedString(from: start, escapeAt: end) }
      guard byte >= 0x20 else { throw syntax("has a control character in a string") }
      seen |= byte
      end += 1
    }
    throw syntax("ends too early")
  }

  /// Passes over a value of any kind.
  package mutating func skip() throws(JSONError) {
    switch try peek() {
    case .object:
      try beginObject()
      while try nextKey() != nil { try skip() }
    case .array:
      try beginArray()
      while try nextElement() { try skip() }
    case .string: _ = try string()
    case .number: _ = try number()
    case .bool: _ = try bool()
    case .null: try null()
    }
  }
}

// Strings with escapes, and small parts.
extension JSONReader {
  private mutating func escapedString(
    from start: Int,
    escapeAt first: Int
  ) throws(JSONError) -> ArraySlice<UInt8> {
    var text = Array(bytes[start..<first])
    position = first
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        try checkText(text.span)
        return text[...]
      case UInt8(ascii: "\\"): try escape(into: &text)
      case ..<0x20: throw syntax("has a control character in a string")
      default: text.append(byte)
      }
    }
    throw syntax("ends too early")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard position < bytes.count else { throw syntax("ends too early") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"): text.append(contentsOf: String(try escapedScalar()).utf8)
    default: throw syntax("has an unknown escape in a string")
    }
  }

  /// The character of `\uXXXX`, or of two of them that are a surrogate pair.
  private mutating func escapedScalar() throws(JSONError) -> Character {
    var code = try codeUnit()
    if (0xD800...0xDBFF).contains(code), bytes[position...].starts(with: [0x5C, 0x75]) {
      position += 2
      let low = try codeUnit()
      guard (0xDC00...0xDFFF).contains(low) else { throw syntax("has a lone surrogate") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw syntax("has a lone surrogate") }
    guard code != 0 else { throw JSONError(.value, "must not hold U+0000") }
    return Character(scalar)
  }

  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count, let digit = Self.hexDigit(bytes[position]) else {
        throw syntax("has a malformed escape in a string")
      }
      code = code << 4 | digit
      position += 1
    }
    return code
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private func checkText(_ bytes: Span<UInt8>) throws(JSONError) {
    guard let units = try? UTF8Span(validating: bytes) else {
      throw syntax("has a string that is not UTF-8")
    }
    if units.isKnownASCII { return }
    guard String(copying: units).isStreamSafe else {
      let rule = "must have at most \(String.mostCombiningMarks) combining marks in a row"
      throw JSONError(.value, rule)
    }
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    guard position > start else { throw syntax("has a malformed number") }
  }

  private func isNext(_ literal: String) -> Bool {
    bytes[position...].starts(with: literal.utf8)
  }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  private func syntax(_ what: String) -> JSONError {
    JSONError(.syntax, "\(what), at byte \(position)")
  }
}
