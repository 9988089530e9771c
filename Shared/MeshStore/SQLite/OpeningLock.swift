import Glibc

/// Has the processes and threads that open the same file follow one another: the first makes what is missing
/// in its schema, and the others find it made.
///
/// The lock (flock(2)) is on a file beside the database, which exists only while someone holds the lock or
/// waits for it: SQLite's own locks cannot be held across transactions, and closing another descriptor of
/// the database's file would give them up.
enum OpeningLock {
  /// Runs `body` while nobody else does for the same path; waits as long as that takes.
  ///
  /// - Throws: `.cannotOpen` when there is no room for a file beside; what `body` throws.
  static func whileHeld<Value>(
    _ path: String,
    _ body: () throws(StoreError) -> Value
  ) throws(StoreError) -> Value {
    let descriptor = try take(path)
    defer {
      // Removed before it is given back: those who wait for it then see that it is not the one there.
      unlink(lock(of: path))
      close(descriptor)
    }
    return try body()
  }

  private static func lock(of path: String) -> String { "\(path)-lock" }

  private static func take(_ path: String) throws(StoreError) -> Int32 {
    while true {
      let descriptor = open(lock(of: path), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw failure(path) }
      while flock(descriptor, LOCK_EX) != 0 {
        guard errno == EINTR else {
          defer { close(descriptor) }
          throw failure(path)
        }
      }
      var (held, present) = (stat(), stat())
      if fstat(descriptor, &held) == 0, stat(lock(of: path), &present) == 0,
        held.st_ino == present.st_ino, held.st_dev == present.st_dev
      {
        return descriptor
      }
      close(descriptor)
    }
  }

  private static func failure(_ path: String) -> StoreError {
    .cannotOpen(path: path, reason: String(cString: strerror(errno)))
  }
}
