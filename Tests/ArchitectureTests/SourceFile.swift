import Foundation

/// Where a rule of the house is broken.
struct Violation: Equatable, CustomStringConvertible {
  var path: String
  var line: Int
  var rule: String

  var description: String { "\(path):\(line): \(rule)" }
}

/// A text file of the repository, as the rules see it.
struct SourceFile {
  /// Relative to the repository's root.
  let path: String
  let text: String
  let lines: [Substring]
  /// The lines, in Swift files with comments and string contents blanked.
  let code: [String]
  let literals: [SwiftLexer.Literal]
  let commentedLines: Set<Int>

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if path.hasSuffix(".swift") {
      let lexer = SwiftLexer(text)
      code = lexer.code.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      literals = lexer.literals
      commentedLines = lexer.commentedLines
    } else {
      code = lines.map(String.init)
      literals = []
      commentedLines = []
    }
  }

  /// Number of lines; the break at the end of the last one does not open another.
  var lineCount: Int { lines.last?.isEmpty == true ? lines.count - 1 : lines.count }

  var name: Substring { path.split(separator: "/").last ?? "" }

  /// Whether the text has these bytes anywhere: quick enough to ask of every file.
  func mentions(_ word: String) -> Bool {
    text.withCString { strstr($0, word) != nil }
  }

  func isIn(_ folders: String...) -> Bool {
    folders.contains { path.hasPrefix($0 + "/") }
  }

  func violation(_ line: Int, _ rule: String) -> Violation {
    Violation(path: path, line: line, rule: rule)
  }

  /// A violation for every line of code that `pattern` matches.
  ///
  /// - Parameters:
  ///   - pattern: what breaks the rule.
  ///   - hints: words without which the pattern cannot match.
  ///   - rule: what to say.
  /// - Returns: in the order of lines.
  func violations(
    matching pattern: Regex<Substring>,
    hints: [String],
    _ rule: String
  ) -> [Violation] {
    guard hints.contains(where: mentions) else { return [] }
    let pattern = pattern.ofCode
    return code.enumerated().compactMap { index, line in
      hints.contains { line.contains($0) } && line.contains(pattern)
        ? violation(index + 1, rule) : nil
    }
  }
}

extension Regex {
  /// With a word's end between a letter and a dot, as in code; the default follows prose.
  var ofCode: Regex { wordBoundaryKind(.simple) }
}

/// The repository these tests were built from.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Every text file that people wrote: builds, packages, data folders and images are left out.
  static let files: [SourceFile] = load()

  static let swift = files.filter { $0.path.hasSuffix(".swift") }

  static func text(_ path: String) -> String? {
    try? String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: root.appending(path: path).path)
  }

  /// Names of the folders in a folder, sorted.
  static func folders(in path: String) -> [String] {
    let url = root.appending(path: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let full = url.appending(path: name).path
      return FileManager.default.fileExists(atPath: full, isDirectory: &isFolder)
        && isFolder.boolValue
    }.sorted()
  }

  private static let skippedFolders: Set<String> = [
    ".build", ".git", ".swiftpm", "__pycache__", "dist", "node_modules", "var",
  ]
  private static let textSuffixes: Set<String> = [
    "c", "cc", "cpp", "css", "h", "html", "json", "md", "mjs", "modulemap", "proto", "py", "sh",
    "sql", "swift", "toml", "ts", "tsx", "txt", "yaml", "yml",
  ]
  private static let textNames: Set<String> = ["CODEOWNERS", "Makefile", "run"]

  private static func load() -> [SourceFile] {
    guard
      let walk = FileManager.default.enumerator(
        at: root,
        includingPropertiesForKeys: [.isDirectoryKey]
      )
    else { return [] }
    var files: [SourceFile] = []
    for case let url as URL in walk {
      if skippedFolders.contains(url.lastPathComponent) {
        walk.skipDescendants()
        continue
      }
      let isText =
        textSuffixes.contains(url.pathExtension) || textNames.contains(url.lastPathComponent)
      // What a tool made is not in the repository.
      let isMade = url.lastPathComponent.contains(".generated.")
      guard isText, !isMade, let text = try? String(contentsOf: url, encoding: .utf8) else {
        continue
      }
      let path = String(url.path.dropFirst(root.path.count)).trimmingPrefix("/")
      files.append(SourceFile(path: String(path), text: text))
    }
    return files.sorted { $0.path < $1.path }
  }
}
