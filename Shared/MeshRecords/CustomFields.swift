import MeshCore
package import MeshProto

/// The values of a tenant's own fields as their column stores them: one JSON object of texts, numbers
/// and booleans.
package enum CustomFields {
  /// The object; nil when there are no values.
  package static func encode(_ fields: WellKnown.Struct?) -> String? {
    guard case .fields(let values) = FieldValue(fields) else { return nil }
    var writer = JSONWriter(reserving: 64)
    writer.beginObject()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) {
      writer.key(key)
      switch value {
      case .text(let text): writer.string(text)
      case .bool(let flag): writer.bool(flag)
      case .decimal(let number): writer.double(number)
      default: writer.null()
      }
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Reads what `encode` made; nil for anything else.
  package static func decode(_ text: String) -> WellKnown.Struct? {
    if text.isEmpty { return nil }
    var reader = JSONReader(Array(text.utf8), maxDepth: 2)
    var fields: [String: FieldValue] = [:]
    do throws(JSONError) {
      try reader.beginObject()
      while let key = try reader.nextKey() {
        fields[String(decoding: key, as: UTF8.self)] = try value(&reader)
      }
      try reader.finish()
    } catch {
      return nil
    }
    var result: WellKnown.Struct?
    FieldValue.fields(fields).read(into: &result)
    return result
  }

  private static func value(_ reader: inout JSONReader) throws(JSONError) -> FieldValue {
    switch try reader.peek() {
    case .string: return .text(String(decoding: try reader.string(), as: UTF8.self))
    case .number: return .decimal(Double(String(decoding: try reader.number(), as: UTF8.self)) ?? 0)
    case .bool: return .bool(try reader.bool())
    case .object, .array, .null: throw JSONError(.value, "must be a text, a number or a boolean")
    }
  }
}
