import MeshCore
import MeshRecurrence
import Testing

/// A recurrence of texts, as tests write it.
func recurrence(
  _ rule: String,
  _ start: String,
  _ zone: String = "UTC",
  excluded: Set<String> = [],
  moved: [String: String] = [:]
) throws -> Recurrence {
  try Recurrence(
    RecurrenceRule(rule),
    start: time(start),
    zone: #require(TimeZone(zone)),
    excluded: Set(excluded.map(time)),
    moved: Dictionary(uniqueKeysWithValues: moved.map { try (time($0.key), time($0.value)) })
  )
}

func time(_ text: String) throws -> CivilTime { try #require(CivilTime(text)) }

func moment(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

extension Recurrence {
  /// The first moments, in RFC 3339.
  func moments(_ count: Int) -> [String] {
    occurrences(from: .earliest).prefix(count).map(\.moment.rfc3339)
  }

  /// What clocks show at the first occurrences.
  func times(_ count: Int = 100) -> [String] {
    occurrences(from: .earliest).prefix(count).map(\.local.description)
  }
}
