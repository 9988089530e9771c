/// The JSON object of a token's header or payload, read as strictly as its closed form allows.
///
/// Values are strings, whole numbers and arrays of strings. Escapes, duplicate names and anything
/// after the object are refused: no token of ours has them, and each is a way to be read in two
/// ways.
struct ClaimObject {
  private enum Value {
    case string(String)
    case integer(Int64)
    case strings([String])
  }

  private var members: [String: Value] = [:]

  init?(json: some Collection<UInt8>) {
    var reader = ClaimReader(Array(json))
    guard reader.take("{") else { return nil }
    if !reader.take("}") {
      repeat {
        guard let name = reader.string(), reader.take(":"), let value = Self.value(&reader),
          members.updateValue(value, forKey: name) == nil
        else { return nil }
      } while reader.take(",")
      guard reader.take("}") else { return nil }
    }
    guard reader.isAtEnd else { return nil }
  }

  var count: Int { members.count }

  func string(_ name: String) -> String? {
    guard case .string(let text)? = members[name] else { return nil }
    return text
  }

  func integer(_ name: String) -> Int64? {
    guard case .integer(let number)? = members[name] else { return nil }
    return number
  }

  func strings(_ name: String) -> [String]? {
    guard case .strings(let texts)? = members[name] else { return nil }
    return texts
  }

  private static func value(_ reader: inout ClaimReader) -> Value? {
    if reader.take("[") {
      var texts: [String] = []
      if reader.take("]") { return .strings(texts) }
      repeat {
        guard let text = reader.string() else { return nil }
        texts.append(text)
      } while reader.take(",")
      return reader.take("]") ? .strings(texts) : nil
    }
    if let number = reader.wholeNumber() { return .integer(number) }
    return reader.string().map { .string($0) }
  }
}

/// Reads the tokens of JSON one after another; spaces between them do not count.
private struct ClaimReader {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool {
    mutating get {
      skipSpaces()
      return index == bytes.count
    }
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  mutating func string() -> String? {
    guard take("\"") else { return nil }
    let rest = bytes[index...]
    guard let end = rest.firstIndex(of: UInt8(ascii: "\"")) else { return nil }
    let text = rest[..<end]
    guard text.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\\") }) else { return nil }
    index = end + 1
    return String(validating: text, as: UTF8.self)
  }

  /// Digits without a leading zero, at most 18 of them.
  mutating func wholeNumber() -> Int64? {
    skipSpaces()
    let digits = bytes[index...].prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    guard (1...18).contains(digits.count), digits.count == 1 || digits.first != UInt8(ascii: "0")
    else { return nil }
    index += digits.count
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private mutating func skipSpaces() {
    let spaces: [UInt8] = [0x20, 0x09, 0x0a, 0x0d]
    while index < bytes.count, spaces.contains(bytes[index]) { index += 1 }
  }
}
