import MeshAPI
import MeshCore

// A subscription as `leadmesh status` shows it.
extension Subscription {
  /// Its columns behind the service's: what it follows, what for, and how far it is behind.
  func cells(at now: Timestamp) -> [String] {
    var (count, since) = ("unknown", "-")
    if let behind {
      count = Int(behind.changes).grouped + (behind.more ? "+" : "")
      since = behind.oldestTime.map { (now - $0).age + " ago" } ?? "-"
    }
    return [
      "\(service): \(objects.joined(separator: ", "))", useName, count, since,
      Int(deadLetters).grouped,
    ]
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("feed")
    json.string(feed)
    json.key("service")
    json.string(service)
    json.key("objects")
    json.beginArray()
    for object in objects { json.string(object) }
    json.endArray()
    json.key("use")
    json.string(useName)
    json.key("changes_behind")
    json.optional(behind?.changes)
    json.key("more")
    json.bool(behind?.more ?? false)
    json.key("oldest_time")
    if let time = behind?.oldestTime { json.timestamp(time) } else { json.null() }
    json.key("dead_letters")
    json.integer(deadLetters)
    json.endObject()
  }

  private var useName: String {
    switch use {
    case .reaction: "reaction"
    case .replica: "replica"
    default: "-"
    }
  }
}

extension Duration {
  /// Its length in the largest unit of which there are at least two.
  var age: String {
    let seconds = max(0, components.seconds)
    for (length, unit) in [(86_400, "days"), (3_600, "h"), (60, "min")] as [(Int64, String)]
    where seconds >= 2 * length {
      return "\(seconds / length) \(unit)"
    }
    return "\(seconds) s"
  }
}
