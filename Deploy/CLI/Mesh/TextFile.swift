import Glibc

/// Small text files, read and written whole.
enum TextFile {
  /// The largest file that is read, in bytes.
  private static let limit = 1 << 16

  /// - Throws: `.failed` naming the file and what is wrong with it.
  static func read(_ path: String) throws(CommandError) -> String {
    let file = try InputFile(path)
    let bytes = try file.read(limit + 1)
    guard bytes.count <= limit, let text = String(validating: bytes, as: UTF8.self) else {
      throw .failed("\(path) must be a text of at most 64 KiB")
    }
    return text
  }

  /// Reads a password: the file's text without the trailing line end.
  ///
  /// - Throws: `.failed` naming the file.
  static func readSecret(_ path: String) throws(CommandError) -> String {
    let text = try read(path)
    return text.last?.isNewline == true ? String(text.dropLast()) : text
  }

  /// Replaces the file atomically: a reader sees the old text or the new, never a part.
  ///
  /// - Throws: `.failed` naming the file.
  static func write(_ text: String, to path: String, mode: mode_t) throws(CommandError) {
    let part = "\(path).part"
    let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw failure(path) }
    let bytes = Array(text.utf8)
    let written = Glibc.write(descriptor, bytes, bytes.count)
    let synced = fsync(descriptor)
    close(descriptor)
    guard written == bytes.count, synced == 0, rename(part, path) == 0 else { throw failure(path) }
  }

  /// The error of the last system call, for `path`.
  static func failure(_ path: String) -> CommandError {
    .failed("\(path): \(String(cString: strerror(errno)))")
  }
}

/// A file that is written from its beginning.
final class OutputFile {
  private let descriptor: Int32
  private let path: String

  /// - Throws: `.failed` naming the file when it cannot be made.
  init(_ path: String) throws(CommandError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    self.path = path
    guard descriptor >= 0 else { throw TextFile.failure(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// - Throws: `.failed` naming the file.
  func write(_ bytes: [UInt8]) throws(CommandError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw TextFile.failure(path) }
      written += count
    }
  }
}

/// A file that is open for reading.
final class InputFile {
  private let descriptor: Int32
  private let path: String

  /// - Throws: `.failed` naming the file when it cannot be opened, or is a folder.
  init(_ path: String) throws(CommandError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.path = path
    guard descriptor >= 0 else { throw TextFile.failure(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The next `size` bytes; fewer only at the file's end, none after it.
  ///
  /// - Throws: `.failed` naming the file.
  func read(_ size: Int) throws(CommandError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: size)
    var filled = 0
    while filled < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        Glibc.read(descriptor, buffer.baseAddress.map { $0 + filled }, size - filled)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw TextFile.failure(path) }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(size - filled)
    return bytes
  }
}
