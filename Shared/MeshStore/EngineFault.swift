import MeshCore

/// A failure of the database engine itself.
package struct EngineFault: Error, Hashable, Sendable {
  /// What can be done about it, whichever the engine.
  package enum Kind: Hashable, Sendable {
    /// Reading, writing or syncing a file failed, or the file is damaged: the process must end.
    case disk
    /// There is no room on the disk: nothing was lost, and it goes on once there is some.
    case room
    /// Another connection was in the way, or memory ran short.
    case busy
    /// What other transactions did meanwhile makes this one impossible; begun again, it may succeed.
    case conflict
    /// The server cannot be reached, or has ended the connection.
    case connection
    /// The caller went away, and the statement was ended.
    case cancelled
    /// The statement took longer than `StoreConfiguration.readBudget`.
    case timeout
    /// Something else, which is a defect.
    case other
  }

  package let kind: Kind
  /// SQLite's extended result code, or PostgreSQL's SQLSTATE.
  package let code: String
  /// One line.
  package let message: String

  package init(_ kind: Kind, code: String, message: String) {
    self.kind = kind
    self.code = code
    // libpq ends its messages with a line break, and begins hints on lines of their own with a tab.
    self.message = message.split(whereSeparator: \.isNewline)
      .map { $0.trimmingPrefix(while: \.isWhitespace) }
      .joined(separator: "; ")
  }
}

extension StoreError {
  /// What kind of failure of the engine it is; nil for anything else.
  var engineFault: EngineFault.Kind? {
    guard case .engine(let fault) = self else { return nil }
    return fault.kind
  }

  /// What a caller hears of a failure that is not its own: it may try again, or must wait for
  /// someone to make room.
  ///
  /// Other failures are thrown as they are.
  var asMeshError: any Error {
    // Only conditions that people write can be that deep.
    if case .refused("parser stack overflow", _) = self {
      return MeshError.invalid("filter", "is nested too deeply", reason: .invalidFilter)
    }
    return switch engineFault {
    case .room:
      MeshError(
        code: .unavailable,
        reason: .storeFull,
        message: "the store has no room left; try again later"
      )
    case .busy, .conflict: MeshError.unavailable("the store is busy")
    case .connection: MeshError.unavailable("the database cannot be reached")
    case .timeout:
      MeshError(
        code: .invalidArgument,
        reason: .tooExpensive,
        message: "answering this takes the database too long; ask for less, by a narrower filter"
      )
    case .cancelled:
      MeshError(code: .cancelled, reason: .cancelled, message: "the call was cancelled")
    case .disk, .other, nil: self
    }
  }
}
