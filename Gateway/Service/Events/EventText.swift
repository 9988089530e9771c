import MeshAPI
import MeshCore

/// The blocks of an event stream (HTML, section 9.2.5) without the blank line that ends each, so that an
/// id can still be added.
enum EventText {
  /// How long a browser waits before it connects again, in milliseconds.
  private static let retryMilliseconds = 1_000

  static func hello(isResumed: Bool) -> [UInt8] {
    Array("retry: \(retryMilliseconds)\n".utf8)
      + block("hello") { json in
        json.key("resumed")
        json.bool(isResumed)
      }
  }

  static func change(_ change: SeenChange) -> [UInt8] {
    block("change") { json in
      json.key("object")
      json.string(change.object)
      json.key("id")
      json.string(change.id)
      if !change.etag.isEmpty {
        json.key("etag")
        json.string(change.etag)
      }
      json.key("action")
      json.string(change.action)
      // Of what is gone or deleted there is nothing to read.
      if change.etag.isEmpty { return }
      json.key("fields")
      json.beginArray()
      for field in change.fields { json.string(field) }
      json.endArray()
    }
  }

  static func many(_ object: String) -> [UInt8] {
    block("many") { json in
      json.key("object")
      json.string(object)
    }
  }

  static let reset = block("reset") { _ in }
  static let session = block("session") { _ in }

  static func id(_ text: String) -> [UInt8] { Array("id: \(text)\n".utf8) }

  /// Keeps proxies from taking a quiet stream for a dead one.
  static let comment = Array(":\n".utf8)

  private static func block(_ name: String, _ write: (inout JSONWriter) -> Void) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    write(&json)
    json.endObject()
    return Array("event: \(name)\ndata: ".utf8) + json.bytes + [UInt8(ascii: "\n")]
  }
}
