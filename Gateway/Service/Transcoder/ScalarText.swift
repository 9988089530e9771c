import MeshCore

/// Scalars given as text: JSON strings and numbers, map keys, query parameters, parts of a path.
enum ScalarText {
  /// Writes a value without its tag.
  ///
  /// - Throws: when the text is not a value of that kind, or is out of range.
  static func write(
    _ text: ArraySlice<UInt8>,
    _ kind: FieldShape.Kind,
    schema: Schema,
    to output: inout WireOutput
  ) throws(JSONError) {
    switch kind {
    case .string: output.delimited(text)
    case .bytes: output.delimited(try bytes(text))
    case .bool: output.varint(try bool(text) ? 1 : 0)
    case .enumeration(let index):
      let name = String(decoding: text, as: UTF8.self)
      guard let number = schema.enumerations[index].number(named: name) else {
        throw JSONError(.value, "must be one of the field's values")
      }
      output.varint(UInt64(bitPattern: Int64(number)))
    case .double: output.fixed64(try double(text).bitPattern)
    case .float: output.fixed32(try float(text).bitPattern)
    case .int32: output.varint(UInt64(bitPattern: Int64(try integer(text, Int32.self))))
    case .int64: output.varint(UInt64(bitPattern: try integer(text, Int64.self)))
    case .uint32: output.varint(UInt64(try integer(text, UInt32.self)))
    case .uint64: output.varint(try integer(text, UInt64.self))
    case .sint32:
      let value = try integer(text, Int32.self)
      output.varint(UInt64(UInt32(bitPattern: value << 1 ^ value >> 31)))
    case .sint64:
      let value = try integer(text, Int64.self)
      output.varint(UInt64(bitPattern: value << 1 ^ value >> 63))
    case .fixed32: output.fixed32(try integer(text, UInt32.self))
    case .sfixed32: output.fixed32(UInt32(bitPattern: try integer(text, Int32.self)))
    case .fixed64: output.fixed64(try integer(text, UInt64.self))
    case .sfixed64: output.fixed64(UInt64(bitPattern: try integer(text, Int64.self)))
    case .message: throw JSONError(.value, "must be an object")
    }
  }

  /// Base 64 in either alphabet, padded or not, as proto3 JSON accepts it.
  private static func bytes(_ text: ArraySlice<UInt8>) throws(JSONError) -> [UInt8] {
    let text = String(decoding: text, as: UTF8.self)
    guard let bytes = Base64.decode(text) ?? Base64.decodeURL(text) else {
      throw JSONError(.value, "must be base 64")
    }
    return bytes
  }

  private static func bool(_ text: ArraySlice<UInt8>) throws(JSONError) -> Bool {
    if text.elementsEqual("true".utf8) { return true }
    if text.elementsEqual("false".utf8) { return false }
    throw JSONError(.value, "must be true or false")
  }

  /// A whole number; also one written as `1.0` or `1e3`, as proto3 JSON accepts it.
  private static func integer<Value: FixedWidthInteger>(
    _ text: ArraySlice<UInt8>,
    _ type: Value.Type
  ) throws(JSONError) -> Value {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative ? text.dropFirst() : text
    let outOfRange = JSONError(.value, "must be between \(Value.min) and \(Value.max)")
    var value: Value = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        return try integerOfDecimal(text, outOfRange)
      }
      let digit = Value(byte - UInt8(ascii: "0"))
      let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) =
        isNegative
        ? shifted.subtractingReportingOverflow(digit) : shifted.addingReportingOverflow(digit)
      guard !overflow, !carry else { throw outOfRange }
      value = sum
    }
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw JSONError(.value, "must be a whole number")
    }
    return value
  }

  /// A whole number with a point or an exponent, read by its digits: a Double would round it.
  private static func integerOfDecimal<Value: FixedWidthInteger>(
    _ text: ArraySlice<UInt8>,
    _ outOfRange: JSONError
  ) throws(JSONError) -> Value {
    let notWhole = JSONError(.value, "must be a whole number")
    guard let number = numberText(text) else { throw notWhole }
    let parts = number.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
    let written = parts[0]
    // Ten to this power is what the digits, read without their point, are multiplied by.
    var power = parts.count == 1 ? 0 : exponent(parts[1])
    if let point = written.firstIndex(of: UInt8(ascii: ".")) {
      power -= written.endIndex - point - 1
    }
    var digits = written.filter { $0 >= UInt8(ascii: "0") }
    while digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      power += 1
    }
    if digits.isEmpty { return 0 }
    guard power >= 0 else { throw notWhole }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    // No integer of 64 bits has more than 20 digits.
    guard significant.count + power <= 20 else { throw outOfRange }
    let sign = written.first == UInt8(ascii: "-") ? "-" : ""
    let whole = sign + String(decoding: significant, as: UTF8.self)
    guard let value = Value(whole + String(repeating: "0", count: power), radix: 10) else {
      throw outOfRange
    }
    return value
  }

  /// An exponent; one that is beyond any number of digits in a body is as good as a billion.
  private static func exponent(_ text: ArraySlice<UInt8>) -> Int {
    let most = 1_000_000_000
    guard let value = Int(String(decoding: text, as: UTF8.self)) else {
      return text.first == UInt8(ascii: "-") ? -most : most
    }
    return min(max(value, -most), most)
  }

  private static func double(_ text: ArraySlice<UInt8>) throws(JSONError) -> Double {
    if let special = special(text) { return special }
    guard let value = decimal(text) else { throw JSONError(.value, "must be a number") }
    guard value.isFinite else { throw JSONError(.value, "must be a 64-bit number") }
    return value
  }

  private static func float(_ text: ArraySlice<UInt8>) throws(JSONError) -> Float {
    if let special = special(text) { return Float(special) }
    guard let value = decimal(text) else { throw JSONError(.value, "must be a number") }
    guard Float(value).isFinite else { throw JSONError(.value, "must be a 32-bit number") }
    return Float(value)
  }

  private static func special(_ text: ArraySlice<UInt8>) -> Double? {
    if text.elementsEqual("NaN".utf8) { return .nan }
    if text.elementsEqual("Infinity".utf8) { return .infinity }
    if text.elementsEqual("-Infinity".utf8) { return -.infinity }
    return nil
  }

  /// A decimal number by JSON's grammar; infinite when it is beyond a Double.
  private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    numberText(text).flatMap { Double(String(decoding: $0, as: UTF8.self)) }
  }

  /// The text, when it is a number by JSON's grammar.
  private static func numberText(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var reader = JSONReader(Array(text))
    // A string could have spaces around the number, which JSON's grammar does not allow.
    guard let first = text.first, first == UInt8(ascii: "-") || first >= UInt8(ascii: "0"),
      let number = try? reader.number(), number.count == text.count
    else { return nil }
    return number
  }
}
