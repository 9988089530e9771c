import MeshCore

/// A place in a service's change log, as its consumers keep it: opaque to them.
///
/// The epoch is a random number that is made with the log. A log that was made again or restored has
/// another one, so that a consumer never goes on in a log which only looks like the one it knows.
package struct LogCursor: Hashable, Sendable {
  let epoch: UInt64
  /// The number of the last change before the place; 0 for the beginning.
  let position: Int64

  init(epoch: UInt64, position: Int64) {
    self.epoch = epoch
    self.position = position
  }

  /// Reads a cursor's text strictly.
  init?(_ text: String) {
    guard text.utf8.count == 22, let bytes = Base64.decodeURL(text[...]), bytes.count == 16 else {
      return nil
    }
    let position = Int64(bitPattern: UInt64(bigEndianBytes: bytes[8...]))
    guard position >= 0 else { return nil }
    self.init(epoch: UInt64(bigEndianBytes: bytes[..<8]), position: position)
  }

  var bytes: [UInt8] { epoch.bigEndianBytes + UInt64(bitPattern: position).bigEndianBytes }

  /// 22 characters of the base 64 for addresses (RFC 4648, section 5).
  package var text: String { Base64.encodeURL(bytes) }
}

extension UInt64 {
  init(bigEndianBytes bytes: some Sequence<UInt8>) {
    self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }

  var bigEndianBytes: [UInt8] {
    stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: self >> UInt64($0)) }
  }
}

extension Store {
  /// The cursor of the place after the change with that number.
  package func cursor(after sequence: Int64) -> String {
    LogCursor(epoch: core.epoch, position: sequence).text
  }

  /// The place that a consumer's cursor is at.
  ///
  /// - Parameter cursor: empty for the beginning of the log.
  /// - Returns: the number of the last change before the place.
  /// - Throws: INVALID_ARGUMENT for a text that is no cursor; FAILED_PRECONDITION with reason
  ///   FOREIGN_CURSOR for one of another epoch, or beyond the end of the log; UNAVAILABLE.
  package func position(of cursor: String) async throws -> Int64 {
    if cursor.isEmpty { return 0 }
    guard let cursor = LogCursor(cursor) else {
      throw MeshError.invalid("cursor", "must be a cursor that this service answered")
    }
    guard cursor.epoch == core.epoch else { throw MeshError.foreignCursor }
    // The news may be a moment behind what a reader sees.
    if cursor.position > core.news.last {
      let end = try await systemRead { try ChangeLog.lastSequence($0.session) ?? 0 }
      guard cursor.position <= end else { throw MeshError.foreignCursor }
    }
    return cursor.position
  }
}

extension MeshError {
  /// FAILED_PRECONDITION: the consumer must begin again from a snapshot.
  static var foreignCursor: MeshError {
    .failedPrecondition(
      "the cursor is not of this log, which was made again or restored; take a snapshot",
      reason: .foreignCursor
    )
  }
}
