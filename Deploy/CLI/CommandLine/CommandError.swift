import MeshCore

/// Why a command failed.
enum CommandError: Error, Equatable {
  /// The command line is wrong.
  case usage(String)
  /// The command did not succeed.
  case failed(String)
  /// The command did its work, but for some rows of a file.
  case refused(String)

  /// 64 is EX_USAGE of sysexits(3).
  var exitCode: Int32 {
    switch self {
    case .usage: 64
    case .failed: 1
    case .refused: 3
    }
  }

  /// One line, for standard error.
  var text: String {
    switch self {
    case .usage(let text), .failed(let text), .refused(let text): text
    }
  }

  /// A service's error: every field with the rule that it breaks, otherwise the service's message.
  init(_ error: MeshError) {
    let clauses = error.violations.map { violation in
      violation.field.isEmpty
        ? violation.description : "\(violation.field): \(violation.description)"
    }
    self = .failed(clauses.isEmpty ? error.message : clauses.joined(separator: "; "))
  }
}
