import Glibc

extension Backup {
  /// Removes what backups that were killed have left in the folder of `path`: files called `.part` that
  /// begin as a backup does, and that no process has locked as the one that writes such a file does.
  ///
  /// - Returns: what was removed, in the order of names.
  package static func removeLeftovers(beside path: String) -> [String] {
    neighbours(of: path).filter { name in
      guard name.hasSuffix(".part") else { return false }
      let descriptor = open(name, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { return false }
      defer { close(descriptor) }
      let beginning = Array(BackupFormat.anyKind.utf8)
      var bytes = [UInt8](repeating: 0, count: beginning.count)
      return pread(descriptor, &bytes, bytes.count, 0) == bytes.count && bytes == beginning
        && flock(descriptor, LOCK_EX | LOCK_NB) == 0 && unlink(name) == 0
    }
  }
}
