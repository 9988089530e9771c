import Glibc
import MeshBackup

/// A folder that is filled beside the one that it is to become.
///
/// Nobody finds a part of a restored mesh: the folder gets its name when all is in it.
struct RestoredFolder {
  private let target: String
  /// Where it is filled.
  let folder: MeshFolder

  /// Makes the folder, for its owner alone, and has it locked (flock(2)) until the process ends.
  ///
  /// - Throws: `.failed` when the target is not empty, or the folder cannot be made.
  init(_ target: MeshFolder) throws(CommandError) {
    try Self.requireEmpty(target)
    self.target = target.path
    folder = MeshFolder("\(target.path)\(Self.suffix)\(getpid())", sockets: nil)
    try folder.makeParent()
    guard mkdir(folder.path, 0o700) == 0, Self.lock(folder.path) != nil else {
      throw TextFile.failure(folder.path)
    }
  }

  /// What comes between the target's name and the number of the process.
  private static let suffix = ".restoring-"

  /// - Returns: what holds the lock as long as it is open; nil when it cannot be had.
  private static func lock(_ folder: String) -> Int32? {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  /// Removes the folders that restores into `target` have left which were killed: those that are called
  /// after a process that is no more, or that had this one's number, and that no process has locked.
  ///
  /// - Returns: their paths.
  static func removeLeftovers(of target: MeshFolder) -> [String] {
    let prefix = target.path + suffix
    return neighbours(of: target.path).filter { path in
      guard path.hasPrefix(prefix), let process = pid_t(path.dropFirst(prefix.count)), process > 0,
        process == getpid() || (kill(process, 0) != 0 && errno == ESRCH),
        let descriptor = lock(path)
      else { return false }
      defer { close(descriptor) }
      return remove(path)
    }
  }

  /// - Throws: `.failed` unless nothing, or an empty folder, has the folder's name.
  static func requireEmpty(_ folder: MeshFolder) throws(CommandError) {
    guard let entries = opendir(folder.path) else {
      if errno == ENOENT { return }
      throw TextFile.failure(folder.path)
    }
    defer { closedir(entries) }
    var count = 0
    while readdir(entries) != nil { count += 1 }
    // The folder itself, and the one that it is in.
    guard count <= 2 else {
      throw .failed(
        "\(folder.path) is not empty: restore into a folder that is, or is not there yet"
      )
    }
  }

  /// Gives the folder its name.
  ///
  /// - Throws: `.failed` when something else has it meanwhile.
  func move() throws(CommandError) {
    try sync("\(folder.path)/.")
    guard rename(folder.path, target) == 0 else { throw TextFile.failure(target) }
    try sync(target)
  }

  private func sync(_ path: String) throws(CommandError) {
    do throws(BackupError) {
      try syncFolder(of: path)
    } catch {
      throw .failed(error.description)
    }
  }

  /// Removes the folder, as far as it is there.
  func remove() { _ = Self.remove(folder.path) }

  /// - Returns: whether it is gone; it stays when there is more in it than a restore makes.
  private static func remove(_ folder: String) -> Bool {
    for file in MeshFolder.services.map({ "\(folder)/\($0).db" }) {
      for part in ["", "-wal", "-shm", "-journal", "-lock"] { unlink("\(file)\(part)") }
    }
    return rmdir(folder) == 0
  }
}
