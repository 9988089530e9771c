/// Why a file's table cannot be read.
package enum ContainerFault: Error, Equatable, Sendable {
  /// It is of a kind that is not read.
  case unreadable(FileKind)
  /// Its end is missing, or what it says of its parts does not fit.
  case malformed(FileKind)
  /// It is locked with a password.
  case locked(FileKind)
  /// It has no table, no entry or no sheet with anything in it.
  case empty(FileKind)
  /// It has more than is read; the text says of what.
  case tooLarge(String)
  /// It has several parts of which one must be named; or the named one is not there.
  case part(named: String?, choices: [String])

  /// What is wrong and what to do, as a clause that follows the file's name.
  package var text: String {
    switch self {
    case .unreadable(let kind): "is \(kind.name); \(kind.advice)"
    case .malformed(let kind): "is \(kind.name) that is damaged or cut off; export it again"
    case .locked(let kind): "is \(kind.name) with a password; save it without one"
    case .empty(let kind): "is \(kind.name) without any table; export it again"
    case .tooLarge(let what): "has too much in it (\(what)); split it, or save it as CSV"
    case .part(let name, let choices):
      (name.map { "has no part called “\(Self.shortened($0))”" } ?? "holds several files")
        + "; choose one of: " + Self.list(choices)
    }
  }

  /// The names for a sentence: the first twenty.
  static func list(_ names: [String]) -> String {
    let more = names.count > 20 ? " and \(names.count - 20) more" : ""
    return names.prefix(20).map { "“\(shortened($0))”" }.joined(separator: ", ") + more
  }

  /// A name as far as it fits into a sentence.
  static func shortened(_ name: String) -> String {
    let scalars = name.unicodeScalars.prefix(80)
    return String(String.UnicodeScalarView(scalars))
  }
}
