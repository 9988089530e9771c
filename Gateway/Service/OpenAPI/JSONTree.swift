import MeshCore

/// JSON that is built before it is written.
indirect enum JSONTree: Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  case text(String)
  case integer(Int64)
  case bool(Bool)
  case null
  case list([JSONTree])
  /// Members in the order they are written.
  case object([(key: String, value: JSONTree)])

  init(stringLiteral text: String) { self = .text(text) }

  static func object(_ members: KeyValuePairs<String, JSONTree>) -> JSONTree {
    .object(members.map { ($0.key, $0.value) })
  }

  static func texts(_ texts: some Sequence<String>) -> JSONTree { .list(texts.map { .text($0) }) }

  var bytes: [UInt8] {
    var writer = JSONWriter(reserving: 1 << 16)
    write(to: &writer)
    return writer.bytes
  }

  private func write(to writer: inout JSONWriter) {
    switch self {
    case .text(let text): writer.string(text)
    case .integer(let number): writer.integer(number)
    case .bool(let flag): writer.bool(flag)
    case .null: writer.null()
    case .list(let values):
      writer.beginArray()
      for value in values { value.write(to: &writer) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for (key, value) in members {
        writer.key(key)
        value.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
