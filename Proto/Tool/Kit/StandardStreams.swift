import Glibc

/// The process's standard input and output, as bytes.
enum StandardStreams {
  static func readInput() throws(ToolError) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = read(STDIN_FILENO, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw .failed("standard input cannot be read: \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
    }
  }

  static func writeOutput(_ bytes: [UInt8]) throws(ToolError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno != EINTR {
        throw .failed("standard output cannot be written: \(String(cString: strerror(errno)))")
      }
      rest = rest.dropFirst(max(0, count))
    }
  }

  /// A line on standard error, as far as anybody reads it.
  static func complain(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
  }
}

/// Why the tool gives up.
package enum ToolError: Error, Equatable {
  /// The command line is not one of the tool's.
  case usage
  /// What it needs from the system is missing, in words.
  case failed(String)
}

extension ToolError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .usage:
      """
      usage: leadmesh-proto                         protoc plugin (request on standard input)
             leadmesh-proto lint PROTO-FOLDER...    rules of the API style
             leadmesh-proto breaking PROTO-FOLDER   compares with Baseline/leadmesh.binpb
             leadmesh-proto baseline PROTO-FOLDER   makes the present protos the baseline
             leadmesh-proto typescript PROTO-FOLDER the web UI's types, on standard output
             leadmesh-proto migrations SERVICE OUTPUT NAME...
                                                    Swift's list of a service's migrations
      """
    case .failed(let reason): reason
    }
  }
}
