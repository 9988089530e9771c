import MeshCore

/// The JSON object of a token's header or payload.
///
/// Values are strings, whole numbers and arrays of strings. A name that occurs twice is refused,
/// because it would be ambiguous.
struct ClaimObject {
  private enum Value {
    case string(String)
    case integer(Int64)
    case strings([String])
  }

  private var members: [String: Value] = [:]

  /// - Throws: when `json` has any other form.
  init(json: [UInt8]) throws(JSONError) {
    var reader = JSONReader(json, maxDepth: 2)
    try reader.beginObject()
    while let name = try reader.nextKey() {
      let value = try Self.value(&reader)
      guard members.updateValue(value, forKey: String(decoding: name, as: UTF8.self)) == nil else {
        throw JSONError(.value, "must not occur twice")
      }
    }
    try reader.finish()
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

  private static func value(_ reader: inout JSONReader) throws(JSONError) -> Value {
    switch try reader.peek() {
    case .string:
      return .string(try text(&reader))
    case .number:
      guard let number = Int64(String(decoding: try reader.number(), as: UTF8.self)) else {
        throw JSONError(.value, "must be a whole number")
      }
      return .integer(number)
    case .array:
      var texts: [String] = []
      try reader.beginArray()
      while try reader.nextElement() { texts.append(try text(&reader)) }
      return .strings(texts)
    case .object, .bool, .null:
      throw JSONError(.value, "must be a string, a whole number or an array of strings")
    }
  }

  private static func text(_ reader: inout JSONReader) throws(JSONError) -> String {
    String(decoding: try reader.string(), as: UTF8.self)
  }
}
