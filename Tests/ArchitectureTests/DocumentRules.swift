/// Written promises: service READMEs, owners and links.
enum DocumentRules {
  /// Backticked names that open the bullets and rows of a section.
  static func names(in readme: String, section: String) -> Set<String>? {
    let lines = readme.split(separator: "\n", omittingEmptySubsequences: false)
    guard let start = lines.firstIndex(where: { $0 == "## \(section)" }) else { return nil }
    let body = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
    return Set(body.compactMap { $0.firstMatch(of: #/^[*|-]\s+`([^`]+)`/#).map { String($0.1) } })
  }

  /// RPCs that the files of a proto folder declare.
  static func rpcs(in protos: [SourceFile]) -> Set<String> {
    Set(
      protos.flatMap { file in
        file.lines.compactMap { $0.firstMatch(of: #/^\s*rpc\s+(\w+)/#).map { String($0.1) } }
      }
    )
  }

  /// RPCs without a file of their own in their service's `RPC/` folder.
  static func missingHandlers(
    of rpcs: Set<String>,
    service: String,
    exists: (String) -> Bool
  ) -> [Violation] {
    rpcs.sorted().map { "Services/\(service)/Service/RPC/\($0).swift" }.filter { !exists($0) }
      .map { Violation(path: $0, line: 1, rule: "an RPC without a file of its own") }
  }

  /// Changes that a service's code writes, as `object.action`.
  ///
  /// Both are literals at the place that writes the change, so that the list can be read off.
  static func changes(in sources: [SourceFile]) -> Set<String> {
    let pattern = #/\bChange\(\s*action:\s*"(\w+)",\s*object:\s*"(\w+)"/#.ofCode
    return Set(
      sources.flatMap { file in
        file.text.matches(of: pattern).map { "\($0.2).\($0.1)" }
      }
    )
  }

  /// What a README says and what is so, section by section.
  static func violations(
    readme: SourceFile,
    section: String,
    actual: Set<String>
  ) -> [Violation] {
    guard let written = names(in: readme.text, section: section) else {
      return [readme.violation(1, "no section \"\(section)\"")]
    }
    return written.subtracting(actual).sorted().map {
      readme.violation(1, "\(section): `\($0)` does not exist")
    }
      + actual.subtracting(written).sorted().map {
        readme.violation(1, "\(section): `\($0)` is not listed")
      }
  }

  /// Every service has an owner, and every owned path exists.
  static func ownerViolations(
    codeowners: SourceFile,
    services: [String],
    exists: (String) -> Bool
  ) -> [Violation] {
    var found: [Violation] = []
    var owned: Set<String> = []
    for (index, line) in codeowners.lines.enumerated() where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard let path = words.first else { continue }
      owned.insert(String(path))
      if words.count < 2 { found.append(codeowners.violation(index + 1, "\(path) has no owner")) }
      let relative = path.trimmingPrefix("/")
      if path != "*", !exists(String(relative)) {
        found.append(codeowners.violation(index + 1, "\(path) does not exist"))
      }
    }
    return found
      + services.filter { !owned.contains("/Services/\($0)/") }.map {
        codeowners.violation(1, "Services/\($0) has no line")
      }
  }

  /// Relative links of a Markdown file that lead nowhere.
  static func deadLinks(in file: SourceFile, exists: (String) -> Bool) -> [Violation] {
    let folder = file.path.split(separator: "/").dropLast().map(String.init)
    return file.lines.enumerated().flatMap { index, line in
      line.matches(of: #/\]\(([^)#\s]+)(?:#[^)]*)?\)/#).compactMap { match -> Violation? in
        let target = String(match.1)
        guard !target.contains("://"), !target.hasPrefix("mailto:") else { return nil }
        return exists(resolve(target, from: folder))
          ? nil : file.violation(index + 1, "the link to \(target) leads nowhere")
      }
    }
  }

  private static func resolve(_ target: String, from folder: [String]) -> String {
    var parts = folder
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
