import Glibc
import MeshBackup

/// A folder that is filled beside the one that it is to become.
///
/// Nobody finds a part of a restored mesh: the folder gets its name when all is in it.
struct RestoredFolder {
  private let target: String
  /// Where it is filled.
  let folder: MeshFolder

  /// Makes the folder, for its owner alone.
  ///
  /// - Throws: `.failed` when the target is not empty, or the folder cannot be made.
  init(_ target: MeshFolder) throws(CommandError) {
    try Self.requireEmpty(target)
    self.target = target.path
    folder = MeshFolder("\(target.path).restoring-\(getpid())", sockets: nil)
    try folder.makeParent()
    guard mkdir(folder.path, 0o700) == 0 else { throw TextFile.failure(folder.path) }
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
  func remove() {
    for service in MeshFolder.services {
      for part in ["", "-wal", "-shm", "-journal"] { unlink("\(folder.path)/\(service).db\(part)") }
    }
    rmdir(folder.path)
  }
}
