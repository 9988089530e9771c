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

  /// The records that protos declare: each message with its object.
  static func records(in protos: [SourceFile]) -> [(message: String, object: String)] {
    let pattern =
      #/message (\w+) \{\s*option \(leadmesh\.options\.v1\.resource\) = \{\s*kind: KIND_(\w+)/#
      .ofCode
    return protos.flatMap { file in
      file.text.matches(of: pattern).map { (String($0.1), $0.2.lowercased()) }
    }
  }

  /// The methods of imports, which are MeshImport's, with the changes that they make.
  private static let imports = [
    "CreateImport": "import.create", "AppendImportContent": "", "StartImport": "import.update",
    "CancelImport": "import.update", "GetImport": "", "ListImports": "", "ListRefusedRows": "",
    "SuggestMapping": "", "UpdateImport": "import.update", "SurveyImport": "import.update",
    "UndoImport": "import.update", "PauseImport": "import.update", "DownloadImportRows": "",
    "CreateRecordImport": "record_import.create", "AppendRecordImportContent": "",
    "StartRecordImport": "record_import.update", "CancelRecordImport": "record_import.update",
    "GetRecordImport": "", "ListRecordImports": "", "ListImportFaults": "",
    "SuggestImportMapping": "", "UpdateRecordImport": "record_import.update",
    "SurveyRecordImport": "record_import.update", "UndoRecordImport": "record_import.update",
    "PauseRecordImport": "record_import.update",
    "DownloadRecordImportRows": "",
  ]

  /// The methods of records and of imports, which are generic, with the changes that they make.
  static func standard(
    _ rpcs: Set<String>,
    of records: [(message: String, object: String)]
  ) -> [String: String] {
    var found = imports.filter { rpcs.contains($0.key) }
    // Imports of several kinds are objects of their own in each service that has them.
    if records.contains(where: { $0.object == "task" }) {
      found = found.mapValues { $0.replacing("record_import", with: "task_import") }
    }
    for (message, object) in records {
      for verb in ["Get", "Create", "Update", "Delete", "Undelete", "Archive", "Unarchive"]
      where rpcs.contains(verb + message) {
        found[verb + message] = verb == "Get" ? "" : "\(object).\(verb.lowercased())"
      }
      if rpcs.contains("List\(message)History") { found["List\(message)History"] = "" }
      for plural in plurals(of: message) {
        for verb in ["List", "Aggregate", "Export"] where rpcs.contains(verb + plural) {
          found[verb + plural] = ""
        }
        for verb in ["Update", "Delete"] where rpcs.contains("Batch" + verb + plural) {
          found["Batch" + verb + plural] = "\(object).\(verb.lowercased())"
        }
      }
    }
    return found
  }

  /// RPCs that are neither standard ones of a record nor have a file of their own in the service, in the
  /// folder of what they are about.
  static func missingHandlers(
    of rpcs: Set<String>,
    standard: Set<String>,
    files: [String],
    service: String
  ) -> [Violation] {
    let names = Set(files.compactMap { $0.split(separator: "/").last.map(String.init) })
    return rpcs.subtracting(standard).sorted().filter { !names.contains("\($0).swift") }.map {
      Violation(path: "Services/\(service)", line: 1, rule: "\($0) has no file of its own")
    }
  }

  /// Changes that a service's code writes, as `object.action`.
  ///
  /// Both are literals at the place that writes the change, or the action is and the record's methods
  /// are called by the records' name, as in `tenants.change(id, action: "suspend", ...)`, or a transaction
  /// updates one that is called by the object's, as in `update(lead, to: converted, action: "convert", ...)`:
  /// so the list can be read off.
  static func changes(
    in sources: [SourceFile],
    of records: [(message: String, object: String)] = []
  ) -> Set<String> {
    let pattern = #/\bChange\(\s*action:\s*"(\w+)",\s*object:\s*"(\w+)"/#.ofCode
    let calls = #/\b(\w+)\.(?:update\(|change\(\s*[^,()]+,\s*action:\s*"(\w+)")/#.ofCode
    let updates =
      #/\.(?:update|save)\(\s*(?:\w+, before: )?(\w+),(?:\s*to:\s*[^,]+,)?\s*action:\s*"(\w+)"/#
      .ofCode
    let objects = Set(records.map(\.object))
    return Set(
      sources.flatMap { file in
        file.text.matches(of: pattern).map { "\($0.2).\($0.1)" }
          + file.text.matches(of: updates).filter { objects.contains(String($0.1)) }
          .map { "\($0.1).\($0.2)" }
          + file.text.matches(of: calls).compactMap { match -> String? in
            let record = records.first { plurals(of: $0.message).contains(property(match.1)) }
            return record.map { "\($0.object).\(match.2 ?? "update")" }
          }
      }
    )
  }

  /// `tenants` as `Tenants`.
  private static func property(_ name: Substring) -> String {
    name.prefix(1).uppercased() + name.dropFirst()
  }

  private static func plurals(of message: String) -> [String] {
    [message + "s", message + "es", message.dropLast() + "ies"]
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

  /// Paths that a page has in code and that no file ends with.
  static func missingPaths(in page: SourceFile, files: [String]) -> [Violation] {
    let pattern = #/`(?:\./)?([\w./-]+/[\w.-]+\.(?:swift|proto|md))`/#
    return page.lines.enumerated().flatMap { index, line in
      line.matches(of: pattern).compactMap { match -> Violation? in
        let path = String(match.1)
        let isThere = files.contains { $0 == path || $0.hasSuffix("/\(path)") }
        return isThere ? nil : page.violation(index + 1, "\(path) does not exist")
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
