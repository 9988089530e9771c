package import MeshCore

/// A timer of a service, as the store keeps it until its action is done.
///
/// The service supplies the action: see `TimerKind` of MeshService.
package struct StoredTimer: Hashable, Sendable {
  package enum Status: Int, Sendable {
    /// Its moment has not come, or nobody has taken it yet.
    case waiting = 1
    /// It failed, and will be tried again.
    case failing
    /// It failed too often; it stays until the operator retries or discards it.
    case dead
  }

  /// The longest wait before the next try of a timer that has failed.
  package static let longestWait = Duration.seconds(60)
  /// After this time a timer is late: the service was down or is overloaded.
  package static let grace = Duration.seconds(300)
  /// The most bytes of a payload.
  package static let mostPayloadBytes = 4 << 10
  /// The most characters of a name, and of a key.
  package static let mostLetters = 200

  /// The name of its kind, such as `task.reminder`.
  package let name: String
  /// Identifies it among those of its name, such as the id of a record.
  package let key: String
  /// The moment for which it was set.
  package let due: Timestamp
  /// Passed to its action, as it was set.
  package let payload: [UInt8]
  /// How often it has failed.
  package let attempts: Int
}

extension StoredTimer {
  static let columns: SQL = "name, timer_key, due, payload, attempts"

  init(_ row: inout Row) throws {
    name = try row.next()
    key = try row.next()
    due = try row.next()
    payload = try row.next()
    attempts = try row.next()
  }

  /// - Throws: `.refused` for a name or key that is not 1 to 200 visible characters of ASCII.
  static func check(_ name: String, _ key: String) throws(StoreError) {
    for text in [name, key] {
      guard (1...mostLetters).contains(text.utf8.count),
        text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
      else {
        throw .refused(
          reason: "a timer's name and key must have 1 to 200 visible characters of ASCII",
          statement: ""
        )
      }
    }
  }
}

/// The timers of one name, for the operator.
package struct TimerCounts: Hashable, Sendable {
  package let name: String
  /// How many have reached their moment and are not done, without dead ones.
  package internal(set) var due = 0
  /// How many of these reached it more than five minutes ago.
  package internal(set) var late = 0
  package internal(set) var dead = 0
  /// The moment of the oldest timer that is due or dead.
  package internal(set) var oldest: Timestamp?
  /// The last failure of one of these, without personal data; empty when none has failed.
  package internal(set) var error = ""
}
