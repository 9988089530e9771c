import MeshCore

/// Why bytes are not the message they should be.
package enum WireError: Error, Equatable, Sendable {
  /// A value goes beyond the end of its message.
  case truncated
  /// A field number of 0, an unknown wire type, an unmatched group or a varint beyond ten bytes.
  case malformed
  /// A string is not UTF-8. `field` is the path from the outermost message: `leads[2].first_name`.
  case invalidUTF8(field: String)
  /// A string holds U+0000, which neither C libraries nor PostgreSQL take.
  case containsNUL(field: String)
  /// A string has more than 30 combining marks in a row; only strict readers refuse that.
  case notStreamSafe(field: String)
  /// A text is not of its field's type; `rule` says what it must be.
  case unreadable(field: String, rule: String)
  /// Messages or groups are nested deeper than `WireLimits.maxDepth`.
  case tooDeep
  /// The message is longer than `limit` bytes.
  case tooLarge(limit: Int)

  /// The same error seen from the message that holds `field`; without a name, paths stay as they are.
  func within(_ field: String) -> WireError {
    if field.isEmpty { return self }
    return switch self {
    case .invalidUTF8(let inner): .invalidUTF8(field: "\(field).\(inner)")
    case .containsNUL(let inner): .containsNUL(field: "\(field).\(inner)")
    case .notStreamSafe(let inner): .notStreamSafe(field: "\(field).\(inner)")
    case .unreadable(let inner, let rule): .unreadable(field: "\(field).\(inner)", rule: rule)
    case .truncated, .malformed, .tooDeep, .tooLarge: self
    }
  }
}

extension WireError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .truncated: "the message ends within a value"
    case .malformed: "the message is not valid protobuf"
    case .invalidUTF8(let field): "\(field) is not valid UTF-8"
    case .containsNUL(let field): "\(field) contains U+0000"
    case .notStreamSafe(let field):
      "\(field) must have at most \(String.mostCombiningMarks) combining marks in a row"
    case .unreadable(let field, let rule): "\(field) \(rule)"
    case .tooDeep: "the message is nested too deeply"
    case .tooLarge(let limit): "the message is longer than \(limit) bytes"
    }
  }
}

/// What decoding accepts.
package struct WireLimits: Sendable {
  /// Messages within messages, the outermost not counted.
  package var maxDepth: Int
  /// Length of the outermost message.
  package var maxBytes: Int
  /// Whether ids, times and amounts that cannot be read are an error; see `WireReader`.
  package var isStrict: Bool

  package init(maxDepth: Int = 100, maxBytes: Int = 4 << 20, isStrict: Bool = false) {
    self.maxDepth = maxDepth
    self.maxBytes = maxBytes
    self.isStrict = isStrict
  }

  /// 100 levels, 4 MiB.
  package static let standard = WireLimits()
}
