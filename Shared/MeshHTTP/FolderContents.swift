import Glibc

/// Why a folder could not be read.
package enum FolderError: Error, Equatable, CustomStringConvertible {
  /// The path and the system's error number.
  case unreadable(String, number: Int32)
  /// More than `limit` bytes in all.
  case tooLarge(String, limit: Int)

  package var description: String {
    switch self {
    case .unreadable(let path, let number): "\(path): \(String(cString: strerror(number)))"
    case .tooLarge(let path, let limit): "\(path) holds more than \(limit) bytes"
    }
  }
}

/// Reads a folder with its subfolders into memory.
enum FolderContents {
  /// Bytes of all files together.
  static let limit = 64 << 20

  /// Every regular file by its path within the folder; hidden ones are passed over.
  static func read(_ folder: String) throws(FolderError) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    var total = 0
    try read(folder, prefix: "", into: &files, total: &total)
    return files
  }

  private static func read(
    _ folder: String,
    prefix: String,
    into files: inout [String: [UInt8]],
    total: inout Int
  ) throws(FolderError) {
    for name in try names(in: folder) where !name.hasPrefix(".") {
      let path = "\(folder)/\(name)"
      var status = stat()
      guard stat(path, &status) == 0 else { throw .unreadable(path, number: errno) }
      if status.st_mode & S_IFMT == S_IFDIR {
        try read(path, prefix: "\(prefix)\(name)/", into: &files, total: &total)
      } else if status.st_mode & S_IFMT == S_IFREG {
        total += Int(status.st_size)
        guard total <= limit else { throw .tooLarge(path, limit: limit) }
        files[prefix + name] = try bytes(of: path)
      }
    }
  }

  private static func names(in folder: String) throws(FolderError) -> [String] {
    guard let listing = opendir(folder) else { throw .unreadable(folder, number: errno) }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      names.append(name)
    }
    return names
  }

  private static func bytes(of path: String) throws(FolderError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path, number: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .unreadable(path, number: errno) }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else { throw .tooLarge(path, limit: limit) }
    }
  }
}
