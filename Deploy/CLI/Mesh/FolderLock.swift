import Glibc
import MeshLoop

/// Ensures that only one process at a time runs the mesh of a folder.
///
/// The kernel releases the lock (flock(2)) however the process ends. The file names the process
/// that holds it.
enum FolderLock {
  private static func path(_ folder: MeshFolder) -> String { "\(folder.path)/lock" }

  /// Takes the lock; it is held until the process ends.
  ///
  /// - Throws: `.failed` naming the process that holds it.
  @LoopActor
  static func take(_ folder: MeshFolder) async throws(CommandError) {
    let descriptor = open(path(folder), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw TextFile.failure(path(folder)) }
    var attempts = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK else { throw TextFile.failure(path(folder)) }
      attempts += 1
      if attempts == 5 {
        let holder = holder(of: folder).map { " in process \($0)" } ?? ""
        throw .failed("the mesh of \(folder.path) is already running\(holder)")
      }
      // A process that only checks the lock holds it for a moment, too.
      try await pause(.milliseconds(20))
    }
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(descriptor, 0) == 0, write(descriptor, text, text.count) == text.count else {
      throw TextFile.failure(path(folder))
    }
  }

  /// The process that runs the folder's mesh; nil when none does.
  static func holder(of folder: MeshFolder) -> pid_t? {
    let descriptor = open(path(folder), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_SH | LOCK_NB) != 0, errno == EWOULDBLOCK else { return nil }
    return (try? TextFile.read(path(folder))).flatMap { pid_t($0.prefix { !$0.isNewline }) }
  }
}
