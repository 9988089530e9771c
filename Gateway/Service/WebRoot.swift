import Glibc

/// Where the web UI's files are by default.
enum WebRoot {
  /// How many folders above the executable a checkout is searched for.
  private static let maxLevels = 6

  /// The first folder with an `index.html`: `web` beside the executable, `share/leadmesh/web`
  /// beside its folder, or `Gateway/Web/dist` of the checkout it was built in.
  static func beside(executable folder: String) -> String? {
    var candidates = ["\(folder)/web", "\(folder)/../share/leadmesh/web"]
    var parent = folder[...]
    for _ in 0..<maxLevels {
      candidates.append("\(parent)/Gateway/Web/dist")
      guard let slash = parent.lastIndex(of: "/") else { break }
      parent = parent[..<slash]
    }
    return candidates.first { access("\($0)/index.html", R_OK) == 0 }
  }

  /// The folder of the running executable.
  static var executableFolder: String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    guard count > 0 else { return "." }
    let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}

/// The file that tells other programs on this machine where the gateway listens.
enum AddressFile {
  /// Replaces the file atomically: a reader sees the old address or the new one.
  static func write(_ address: String, to path: String) throws(GatewayError) {
    let draft = "\(path).new"
    let text = Array("\(address)\n".utf8)
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(draft) }
    let count = Glibc.write(file, text, text.count)
    guard close(file) == 0, count == text.count, rename(draft, path) == 0 else {
      throw failure(path)
    }
  }

  private static func failure(_ path: String) -> GatewayError {
    GatewayError("\(path): \(String(cString: strerror(errno)))")
  }
}
