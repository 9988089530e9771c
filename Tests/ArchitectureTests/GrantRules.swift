/// What roles may do: as protos grant it, and as READMEs say it.
enum GrantRules {
  /// The roles that a table has a column for, each of which may do what those before it may.
  private static let roles = ["read_only", "rep", "manager", "admin"]
  /// Records that a grant is about, from few to all.
  private static let reaches = ["own", "team", "open", "all"]

  /// What the section "Permissions" of a README says that is not so, and what it leaves out.
  static func violations(readme: SourceFile, protos: [SourceFile]) -> [Violation] {
    let (written, actual) = (rows(in: readme), rows(in: protos))
    return written.subtracting(actual).sorted().map { readme.violation(1, "not granted: \($0)") }
      + actual.subtracting(written).sorted().map { readme.violation(1, "not in the table: \($0)") }
  }

  /// `account edit: - own team all`, of each row of the table.
  private static func rows(in readme: SourceFile) -> Set<String> {
    let lines = readme.lines.drop { $0 != "## Permissions" }.dropFirst()
      .prefix { !$0.hasPrefix("## ") }
    return Set(
      lines.filter { $0.hasPrefix("| `") }.map { line -> String in
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
          .map { cell in String(cell.filter { $0 != " " && $0 != "`" }) }.dropLast()
        return row(cells.first ?? "", cells.dropFirst().first ?? "", Array(cells.dropFirst(2)))
      }
    )
  }

  private static func row(_ object: String, _ action: String, _ cells: [String]) -> String {
    let shown = cells.map { $0.isEmpty ? "-" : $0 }.joined(separator: " ")
    return "\(object) \(action): \(shown)"
  }

  /// The same of what protos grant: the most that a role or one before it has.
  private static func rows(in protos: [SourceFile]) -> Set<String> {
    var granted: [[String]: [String]] = [:]
    for grant in protos.flatMap(grants) {
      guard let first = roles.firstIndex(of: grant.role) else { continue }
      for action in grant.actions {
        var cells = granted[[grant.object, action]] ?? roles.map { _ in "" }
        // A record that is created is nobody's yet.
        let reach = action == "create" ? "yes" : grant.reach
        for place in roles.indices[first...] where width(cells[place]) < width(reach) {
          cells[place] = reach
        }
        granted[[grant.object, action]] = cells
      }
    }
    return Set(granted.map { row($0.key[0], $0.key[1], $0.value) })
  }

  private static func width(_ cell: String) -> Int {
    cell.isEmpty ? -1 : reaches.firstIndex(of: cell) ?? reaches.count
  }

  private typealias Grant = (object: String, role: String, actions: [String], reach: String)

  private static func grants(in proto: SourceFile) -> [Grant] {
    let pattern = #/\{[^{}]*\brole: "(\w+)"[^{}]*\}/#.ofCode
    return proto.text.matches(of: pattern).map { match -> Grant in
      let text = proto.text[match.range]
      let kind = proto.text[..<match.range.lowerBound].matches(of: #/kind: KIND_(\w+)/#.ofCode)
        .last.map { $0.1.lowercased() }
      let object = text.firstMatch(of: #/object: "(\w+)"/#).map { String($0.1) }
      let actions = text.firstMatch(of: #/actions: \[([^\]]*)\]/#)?.1 ?? ""
      let reach = text.firstMatch(of: #/REACH_(\w+)/#).map { $0.1.lowercased() }
      return (
        object ?? kind ?? "", String(match.1),
        actions.matches(of: #/"(\w+)"/#).map { String($0.1) }, reach ?? "all"
      )
    }
  }
}
