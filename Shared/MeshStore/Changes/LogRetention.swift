import MeshCore

/// How much of a change log is kept whole: what is older, and then the oldest of what is too much, is
/// compacted.
package struct LogRetention: Hashable, Sendable {
  /// What is too much is compacted only once it is as old as this, so that who follows a log at its end is
  /// never overtaken.
  package static let leastAge = Duration.seconds(3_600)

  /// How old the changes become that are kept whole.
  package let age: Duration
  /// Bytes of the changes that are kept whole, images and `ChangeEntry.ownBytes` each.
  package let size: Int64

  package init(age: Duration, size: Int64) {
    self.age = age
    self.size = size
  }
}

/// Which history of a kind of record a compacted log keeps.
package struct KeptHistory: Sendable {
  let object: String
  let table: String
  let idPrefix: String
  let compacted: @Sendable (Change) -> Change?

  /// - Parameters:
  ///   - object: the kind, as the log names it.
  ///   - table: where its records are.
  ///   - idPrefix: of their ids.
  ///   - compacted: makes a change partial, with all that a history shows of it; nil for one that is to
  ///     stay as it is.
  package init(
    object: String,
    table: String,
    idPrefix: String,
    compacted: @escaping @Sendable (Change) -> Change?
  ) {
    self.object = object
    self.table = table
    self.idPrefix = idPrefix
    self.compacted = compacted
  }
}

/// How far a log was compacted, and how large the rest is.
struct LogState: Equatable {
  private static let setting = "log_state"

  /// The number of the last change that is not kept whole; 0 for none.
  var floor: Int64 = 0
  /// The number of the last change whose size is known.
  var measured: Int64 = 0
  /// Bytes of the changes after the floor whose size is known.
  var bytes: Int64 = 0

  static func read(_ session: StoreSession) throws -> LogState {
    try session.firstOwn("SELECT value FROM main.mesh_settings WHERE name = \(setting)") { row in
      let bytes: [UInt8] = try row.next()
      guard bytes.count == 24 else { return LogState() }
      func number(_ index: Int) -> Int64 {
        Int64(bitPattern: UInt64(bigEndianBytes: bytes[(8 * index)..<(8 * index + 8)]))
      }
      return LogState(floor: number(0), measured: number(1), bytes: number(2))
    } ?? LogState()
  }

  func write(_ session: StoreSession) throws {
    let value = [floor, measured, bytes].flatMap { UInt64(bitPattern: $0).bigEndianBytes }
    try session.runOwn(
      """
      INSERT INTO main.mesh_settings (name, value) VALUES (\(Self.setting), \(value))
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """
    )
  }

  /// - Throws: FAILED_PRECONDITION with reason FOREIGN_CURSOR when changes after a place are not kept whole,
  ///   so that the consumer must begin again from a snapshot.
  static func requireWhole(after sequence: Int64, _ session: StoreSession) throws {
    guard try read(session).floor <= sequence else {
      throw MeshError.failedPrecondition(
        "the changes after the cursor are no longer kept; take a snapshot",
        reason: .foreignCursor
      )
    }
  }
}
