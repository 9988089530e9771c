import Glibc

/// A file that is written from its beginning to its end.
final class OutputFile {
  let path: String
  private let descriptor: Int32

  /// Makes the file, for its owner alone, or empties it, and has it locked (flock(2)) while it is open.
  ///
  /// - Throws: `.file`, also when another process is writing it, and when the path is a symbolic link or has
  ///   hard links, since writing through it would overwrite another file.
  init(_ path: String) throws(BackupError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == ELOOP { throw .file(path: path, reason: "it is a symbolic link") }
      throw .system(path)
    }
    let file = try requireRegular(descriptor, path)
    guard file.st_nlink == 1, file.st_uid == geteuid(), fchmod(descriptor, 0o600) == 0 else {
      throw .file(path: path, reason: "it belongs to another user, or has hard links")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      if errno == EWOULDBLOCK { throw .file(path: path, reason: "another process writes it") }
      throw .system(path)
    }
    guard ftruncate(descriptor, 0) == 0 else { throw .system(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func write(_ bytes: [UInt8]) throws(BackupError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system(path) }
      rest.removeFirst(count)
    }
  }

  /// Returns once all that was written is on the disk.
  func sync() throws(BackupError) {
    guard fsync(descriptor) == 0 else { throw .system(path) }
  }
}

/// A file that is read from its beginning to its end.
final class InputFile {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(BackupError) {
    self.path = path
    // Without waiting for the other end of a pipe.
    descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(path) }
    try requireRegular(descriptor, path)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The next bytes, `size` at most; none at the end.
  func read(_ size: Int) throws(BackupError) -> [UInt8] {
    while true {
      var failure: Int32 = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        let read = Glibc.read(descriptor, buffer.baseAddress, size)
        failure = read < 0 ? errno : 0
        count = max(read, 0)
      }
      if failure == 0 { return bytes }
      guard failure == EINTR else {
        throw .file(path: path, reason: String(cString: strerror(failure)))
      }
    }
  }
}

/// - Throws: `.file` for a folder, a pipe or a device.
@discardableResult
private func requireRegular(_ descriptor: Int32, _ path: String) throws(BackupError) -> stat {
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .system(path) }
  guard status.st_mode & S_IFMT == S_IFREG else {
    throw .file(path: path, reason: "it is not a regular file")
  }
  return status
}

/// Makes the entries of a file's folder durable (fsync(2)): the file has its name after a loss of power too.
package func syncFolder(of path: String) throws(BackupError) {
  let folder = folder(of: path)
  let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .system(folder) }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw .system(folder) }
}

private func folder(of path: String) -> String {
  path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
}

/// The paths of what is in the folder of `path`, in the order of their names; none if it cannot be read.
package func neighbours(of path: String) -> [String] {
  let folder = folder(of: path)
  guard let entries = opendir(folder) else { return [] }
  defer { closedir(entries) }
  var names: [String] = []
  while let entry = readdir(entries) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
      // The bytes up to a null, of the 256 that there is room for.
      pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted().map { folder == "/" ? "/\($0)" : "\(folder)/\($0)" }
}
