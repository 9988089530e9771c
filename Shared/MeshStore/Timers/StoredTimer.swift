package import MeshCore

/// Something that a service has to do at a moment to come, as the store keeps it until it is done.
///
/// What is to be done is the service's: see `TimerKind` of MeshService.
package struct StoredTimer: Hashable, Sendable {
  package enum Status: Int, Sendable {
    /// Its moment has not come, or nobody has taken it yet.
    case waiting = 1
    /// It was taken and failed, and is tried again.
    case failing
    /// It has failed too often; it stays until the operator has it tried again or gives it up.
    case dead
  }

  /// The longest that one that has failed waits for its next try.
  package static let longestWait = Duration.seconds(60)
  /// After this time a timer is late: the service was down, or has too much to do.
  package static let grace = Duration.seconds(300)
  /// Bytes of a payload.
  package static let mostPayloadBytes = 4 << 10
  /// Characters of a name, and of a key.
  package static let mostLetters = 200

  /// What is to be done, such as `task.reminder`.
  package let name: String
  /// Tells it from others of its name, such as the id of a record.
  package let key: String
  /// The moment for which it was set.
  package let due: Timestamp
  /// What whoever set it gave along.
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

/// What an operator should know of the timers of one name.
package struct TimerCounts: Hashable, Sendable {
  package let name: String
  /// Those whose moment has come and that are not done yet, without the dead.
  package internal(set) var due = 0
  /// Of these, those whose moment came more than five minutes ago.
  package internal(set) var late = 0
  package internal(set) var dead = 0
  /// The moment of the oldest that is due or dead.
  package internal(set) var oldest: Timestamp?
  /// Why one of those failed the last time, without personal data; empty when none has failed.
  package internal(set) var error = ""
}
