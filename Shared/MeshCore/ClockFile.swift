#if DEBUG
import Glibc

/// By how much tests have set the clock of all processes of a mesh, in the file that `LEADMESH_CLOCK_FILE` names.
///
/// It holds whole seconds, such as `-86400`. It is read whenever a process asks for the time, so that all follow it
/// at once. Only debug builds know of it.
enum ClockFile {
  private static let path = getenv("LEADMESH_CLOCK_FILE").map { String(cString: $0) }

  /// None where the variable is not set.
  static var offset: Duration { path.map { offset(in: $0) } ?? .zero }

  /// What a file says; none while it is not there.
  static func offset(in path: String) -> Duration {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .zero }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = read(file, &bytes, bytes.count)
    let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    guard let seconds = text.split(separator: "\n").first.flatMap({ Int64($0) }) else {
      preconditionFailure("\(path) must hold whole seconds")
    }
    return .seconds(seconds)
  }
}
#endif
