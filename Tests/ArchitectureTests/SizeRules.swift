/// Files under 400 lines, Swift functions under 60; the exceptions file names the others.
///
/// Some services are bounded as a whole.
enum SizeRules {
  static let longestFile = 400
  static let longestFunction = 59
  /// Lines of all Swift of a service, comments and blank ones included, by its folder; decision 39 says why those of
  /// Deals and Tasks are as many.
  static let longestServices = [
    "Services/Deals": 1_610, "Services/Tasks": 1_315, "Services/Engage": 700,
  ]

  struct Function: Equatable {
    var name: String
    var line: Int
    var lineCount: Int
  }

  private static let sourceSuffixes = [
    ".swift", ".ts", ".tsx", ".mjs", ".css", ".py", ".sh", ".sql", ".proto", ".c", ".cc", ".cpp",
    ".h", ".md",
  ]

  static func violations(in file: SourceFile, exceptions: Exceptions) -> [Violation] {
    var found: [Violation] = []
    if sourceSuffixes.contains(where: { file.path.hasSuffix($0) }), file.lineCount > longestFile,
      !exceptions.allows("long-file", file.path)
    {
      found.append(
        file.violation(longestFile + 1, "\(file.lineCount) lines; \(longestFile) at most")
      )
    }
    for function in functions(in: file)
    where function.lineCount > longestFunction
      && !exceptions.allows("long-function", "\(file.path):\(function.name)")
    {
      found.append(
        file.violation(
          function.line,
          "\(function.name) has \(function.lineCount) lines; \(longestFunction) at most"
        )
      )
    }
    return found
  }

  /// Services that have more Swift than they may.
  static func serviceViolations(in files: [SourceFile]) -> [Violation] {
    longestServices.compactMap { folder, most in
      let own = files.filter { $0.isIn(folder) && $0.path.hasSuffix(".swift") }
      let lines = own.reduce(0) { $0 + $1.lineCount }
      if lines <= most { return nil }
      return Violation(path: folder, line: 1, rule: "\(lines) lines of Swift; \(most) at most")
    }
  }

  /// Functions, initializers and subscripts with a body, from the opening to the closing line.
  static func functions(in file: SourceFile) -> [Function] {
    guard file.path.hasSuffix(".swift") else { return [] }
    var scanner = FunctionScanner()
    for (index, line) in file.code.enumerated() { scanner.scan(line, number: index + 1) }
    return scanner.found
  }
}

/// Follows braces to where each function ends.
private struct FunctionScanner {
  private struct Open {
    let name: String
    let line: Int
    /// How many braces enclose it.
    let depth: Int
    var hasBody = false
  }

  private(set) var found: [SizeRules.Function] = []
  private var open: [Open] = []
  private var depth = 0

  mutating func scan(_ line: String, number: Int) {
    if isDeclaration(line) { dropRequirements() }
    if let name = declaredFunction(line) {
      open.append(Open(name: name, line: number, depth: depth))
    }
    for character in line.utf8 {
      switch character {
      case UInt8(ascii: "{"): begin()
      case UInt8(ascii: "}"): end(at: number)
      default: break
      }
    }
  }

  /// Asked only where a requirement may be open: the pattern is slow.
  private func isDeclaration(_ line: String) -> Bool {
    guard let last = open.last, !last.hasBody else { return false }
    return line.contains(
      #/^\s*(?:@\w|package|private|static|func|init|var|let|case|associatedtype)\b/#
    )
  }

  /// Forgets functions at this depth that turned out to have no body: a protocol's.
  private mutating func dropRequirements() {
    while let last = open.last, last.depth >= depth, !last.hasBody { open.removeLast() }
  }

  private mutating func begin() {
    if let last = open.indices.last, open[last].depth == depth { open[last].hasBody = true }
    depth += 1
  }

  private mutating func end(at line: Int) {
    depth -= 1
    while let last = open.last, last.depth > depth { open.removeLast() }
    guard let last = open.last, last.depth == depth, last.hasBody else { return }
    found.append(.init(name: last.name, line: last.line, lineCount: line - last.line + 1))
    open.removeLast()
  }

  private func declaredFunction(_ line: String) -> String? {
    guard line.contains("func ") || line.contains("init") || line.contains("subscript") else {
      return nil
    }
    let pattern =
      #/^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:package|private|fileprivate|static|mutating|nonmutating|override|convenience|required|consuming|borrowing|nonisolated|final|internal|class)\s+)*(?:func\s+([^\s(<]+|`[^`]+`)|(init)[?!]?\s*[(<]|(deinit)\s*\{|(subscript)\s*[(<])/#
    guard let match = line.firstMatch(of: pattern) else { return nil }
    return (match.1 ?? match.2 ?? match.3 ?? match.4).map { name in
      name.hasPrefix("`") ? String(line.split(separator: "`", maxSplits: 2)[1]) : String(name)
    }
  }
}

/// Tests/ArchitectureTests/exceptions.txt: `rule | what | reason`, one a line.
struct Exceptions {
  struct Entry: Equatable {
    var line: Int
    var rule: String
    var subject: String
    var reason: String
  }

  static let path = "Tests/ArchitectureTests/exceptions.txt"
  static let rules: Set<String> = [
    "long-file", "long-function", "system-transaction", "tenantless-table", "unsafe",
  ]

  let entries: [Entry]
  let malformed: [Violation]

  init(_ text: String) {
    var entries: [Entry] = []
    var malformed: [Violation] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.split(separator: " ").joined(separator: " ")
      }
      guard parts.count == 3, Self.rules.contains(parts[0]), parts.allSatisfy({ !$0.isEmpty })
      else {
        malformed.append(
          Violation(path: Self.path, line: index + 1, rule: "not `rule | what | reason`")
        )
        continue
      }
      entries.append(
        Entry(line: index + 1, rule: parts[0], subject: parts[1], reason: parts[2])
      )
    }
    self.entries = entries
    self.malformed = malformed
  }

  func allows(_ rule: String, _ subject: String) -> Bool {
    entries.contains { $0.rule == rule && $0.subject == subject }
  }

  /// Entries that excuse nothing any more.
  func stale(_ isNeeded: (Entry) -> Bool) -> [Violation] {
    entries.filter { !isNeeded($0) }.map { entry in
      Violation(path: Self.path, line: entry.line, rule: "\(entry.subject) needs no exception")
    }
  }
}
