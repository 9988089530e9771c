import MeshCore

/// Why a command did not do what it was told.
enum CommandError: Error, Equatable {
  /// The command line is wrong.
  case usage(String)
  /// What it tried did not work.
  case failed(String)

  /// 64 is EX_USAGE of sysexits(3).
  var exitCode: Int32 {
    switch self {
    case .usage: 64
    case .failed: 1
    }
  }

  /// One line, for standard error.
  var text: String {
    switch self {
    case .usage(let text), .failed(let text): text
    }
  }

  /// A service's refusal: every field with the rule that it breaks, else the service's sentence.
  init(_ error: MeshError) {
    let clauses = error.violations.map { violation in
      violation.field.isEmpty
        ? violation.description : "\(violation.field): \(violation.description)"
    }
    self = .failed(clauses.isEmpty ? error.message : clauses.joined(separator: "; "))
  }
}
