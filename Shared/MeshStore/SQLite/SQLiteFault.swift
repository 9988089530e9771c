import CSQLite

extension EngineFault {
  /// SQLITE_IOERR_SHMSIZE, whose definition Swift does not see: the file beside the log by which processes
  /// share its index could not grow.
  private static let noRoomForIndex = SQLITE_IOERR | 19 << 8

  init(sqlite code: Int32, message: String) {
    let kind: Kind =
      switch code & 0xff {
      case _ where code == Self.noRoomForIndex: .room
      case SQLITE_FULL: .room
      case SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB: .disk
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_ABORT, SQLITE_NOMEM: .busy
      case SQLITE_INTERRUPT: .cancelled
      default: .other
      }
    self.init(kind, code: "\(code)", message: message)
  }
}
