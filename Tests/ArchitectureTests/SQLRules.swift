/// Tables of the services: who owns them, and that each belongs to a tenant.
enum SQLRules {
  struct Table: Equatable {
    var name: String
    /// What stands between the parentheses of CREATE TABLE, one element per definition.
    var definitions: [String]
    var path: String
    var line: Int
  }

  /// Tables that a migration creates.
  static func tables(in file: SourceFile) -> [Table] {
    let text = withoutComments(file.text)
    return text.matches(of: #/(?i)\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)\s*\(/#.ofCode)
      .map {
        match in
        let body = balanced(text[match.range.upperBound...])
        let line = text[..<match.range.lowerBound].split(
          separator: "\n",
          omittingEmptySubsequences: false
        ).count
        return Table(
          name: match.1.lowercased(),
          definitions: topLevel(body),
          path: file.path,
          line: line
        )
      }
  }

  /// The tables that there are after a service's migrations, in the order of their paths.
  static func tables(after migrations: [SourceFile]) -> Set<String> {
    let step =
      #/(?i)\b(create|drop|alter)\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)(?:\s+rename\s+to\s+(\w+))?/#
      .ofCode
    var names: Set<String> = []
    for file in migrations.sorted(by: { $0.path < $1.path }) {
      for match in withoutComments(file.text).matches(of: step) {
        let name = match.2.lowercased()
        switch match.1.lowercased() {
        case "create": names.insert(name)
        case "drop": names.remove(name)
        default:
          guard let renamed = match.3 else { continue }
          names.remove(name)
          names.insert(renamed.lowercased())
        }
      }
    }
    return names
  }

  /// The indexes that there are after a service's migrations, in the order of their paths: each as what it is on, with
  /// its condition.
  static func indexes(after migrations: [SourceFile]) -> Set<String> {
    let step =
      #/(?i)\b(?:create\s+(?:unique\s+)?index\s+(\w+)\s+on\s+([^;]+)|drop\s+index\s+(\w+))\s*;/#
      .ofCode
    var indexes: [String: String] = [:]
    for file in migrations.sorted(by: { $0.path < $1.path }) {
      for match in withoutComments(file.text).matches(of: step) {
        if let name = match.1, let place = match.2 {
          let words = place.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          indexes[name.lowercased()] = words.lowercased()
        } else if let name = match.3 {
          indexes[name.lowercased()] = nil
        }
      }
    }
    return Set(indexes.values)
  }

  /// Keys and indexes that do not start with the tenant.
  static func tenancyViolations(in file: SourceFile, exceptions: Exceptions) -> [Violation] {
    let text = withoutComments(file.text)
    let free = Set(exceptions.entries.filter { $0.rule == "tenantless-table" }.map(\.subject))
    var found: [Violation] = []
    for table in tables(in: file) where !free.contains(table.name) {
      for definition in table.definitions {
        guard let rule = tenancyFault(of: definition) else { continue }
        found.append(
          Violation(path: file.path, line: table.line, rule: "\(table.name): \(rule)")
        )
      }
      if !table.definitions.contains(where: { $0.contains(#/(?i)\bprimary\s+key\b/#.ofCode) }) {
        found.append(
          Violation(path: file.path, line: table.line, rule: "\(table.name): no primary key")
        )
      }
    }
    let indexes =
      #/(?i)\bcreate\s+(?:unique\s+)?index\s+(?:if\s+not\s+exists\s+)?(\w+)\s+on\s+(\w+)\s*\(\s*(\w+)/#
      .ofCode
    for match in text.matches(of: indexes)
    where match.3.lowercased() != "tenant_id" && !free.contains(match.2.lowercased()) {
      found.append(
        Violation(
          path: file.path,
          line: 1,
          rule: "index \(match.1) of \(match.2) starts with \(match.3)"
        )
      )
    }
    return found
  }

  private static func tenancyFault(of definition: String) -> String? {
    let lowered = definition.lowercased()
    if let key = lowered.firstMatch(
      of: #/\b(primary\s+key|unique|foreign\s+key)\s*\(\s*(\w+)/#.ofCode
    ) {
      guard key.2 != "tenant_id" else { return nil }
      return "\(key.1) starts with \(key.2), not with tenant_id"
    }
    let column = lowered.prefix { !$0.isWhitespace }
    guard column != "tenant_id",
      lowered.contains(#/\bprimary\s+key\b|\bunique\b|\breferences\b/#.ofCode)
    else { return nil }
    return "column \(column) is a key without tenant_id"
  }

  /// SQL in `file` that names a table which another service owns.
  static func foreignTables(in file: SourceFile, owners: [String: Set<String>]) -> [Violation] {
    guard let service = service(of: file.path) else { return [] }
    let own = owners[service] ?? []
    let foreign = owners.filter { $0.key != service }
    func faults(_ sql: String, line: Int) -> [Violation] {
      tableNames(in: sql).subtracting(own).sorted().flatMap { name in
        foreign.filter { $0.value.contains(name) }.keys.sorted().map {
          file.violation(line, "\(service)'s SQL names \(name), a table of \($0)")
        }
      }
    }
    if file.path.hasSuffix(".sql") { return faults(withoutComments(file.text), line: 1) }
    return file.literals.flatMap { literal in
      looksLikeSQL(literal.text) ? faults(literal.text, line: literal.line) : []
    }
  }

  /// Values set in quotes would be text of the statement instead of bound parameters.
  static func quotedInterpolations(in file: SourceFile) -> [Violation] {
    file.literals.filter { looksLikeSQL($0.text) && $0.text.contains("'\\(") }.map {
      file.violation($0.line, "a quoted interpolation in SQL: leave the quotes out, it binds")
    }
  }

  /// `Leads` for a file in Services/Leads, `Shared` for Shared; nil elsewhere.
  private static func service(of path: String) -> String? {
    let folders = path.split(separator: "/")
    switch folders.first {
    case "Services" where folders.count > 2: return String(folders[1])
    case "Shared", "Gateway": return folders.first.map(String.init)
    default: return nil
    }
  }

  fileprivate static func looksLikeSQL(_ text: String) -> Bool {
    text.contains(#/\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|FROM|JOIN|CREATE|WHERE)\b/#.ofCode)
  }

  fileprivate static func tableNames(in sql: String) -> Set<String> {
    let pattern =
      #/(?i)\b(?:from|join|into|update|table|references|on)\s+(?:if\s+not\s+exists\s+)?(\w+)/#
      .ofCode
    return Set(sql.matches(of: pattern).map { $0.1.lowercased() })
  }

  private static func withoutComments(_ sql: String) -> String {
    sql.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line }
      .joined(separator: "\n")
  }

  /// The text up to the parenthesis that closes the one before it.
  private static func balanced(_ text: Substring) -> Substring {
    var depth = 1
    let end = text.firstIndex { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return depth == 0
    }
    return text[..<(end ?? text.endIndex)]
  }

  private static func topLevel(_ body: Substring) -> [String] {
    var depth = 0
    let parts = body.split { character in
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      return character == "," && depth == 0
    }
    return parts.map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
  }
}

// Records, whose tables are generic code's.
extension SQLRules {
  /// Calls of what writes a record's row: MeshRecords alone makes them, with all that belongs to a write,
  /// and MeshImport for the rows of imports.
  static func recordWrites(in file: SourceFile) -> [Violation] {
    if file.isIn("Shared/MeshRecords", "Shared/MeshImport", "Shared/MeshStore") { return [] }
    let calls = #/\b(insertRecord|updateRecord|deleteRecord|keepDeleted|forgetDeleted)\(/#.ofCode
    return file.lines.enumerated().compactMap { index, line in
      line.firstMatch(of: calls).map {
        file.violation(index + 1, "\($0.1) is for MeshRecords: write by create, update or delete")
      }
    }
  }

  /// SQL that names a record's table outside of a service's `*Store.swift`: it would read past the
  /// caller's scope, or write past the envelope.
  static func recordTables(in file: SourceFile, tables: Set<String>) -> [Violation] {
    guard file.isIn("Services"), file.path.hasSuffix(".swift") else { return [] }
    return file.literals.flatMap { literal -> [Violation] in
      guard looksLikeSQL(literal.text) else { return [] }
      let named = tableNames(in: literal.text).intersection(tables)
      let writes = literal.text.contains(#/(?i)\b(?:insert\s+into|update|delete\s+from)\s/#.ofCode)
      if file.path.hasSuffix("Store.swift"), !writes { return [] }
      return named.sorted().map {
        file.violation(literal.line, "SQL names \($0), the table of a record")
      }
    }
  }
}

// Transactions of the system, which see the rows of every tenant.
extension SQLRules {
  /// Calls that read or write across tenants, or connect as the role that sees all of them, in files that
  /// the exceptions do not name.
  static func systemTransactions(in file: SourceFile, exceptions: Exceptions) -> [Violation] {
    guard file.path.hasSuffix(".swift"), !file.isIn("Tests"),
      !exceptions.allows("system-transaction", file.path)
    else { return [] }
    let calls =
      #/
        \bsystem(?:Read|Write)\b | \bSystem(?:Read|Write)Transaction\( | \bserver\.system\b
        | (?:scope:\s|connect\()\.system\b | ^\s*\.system,
      /#
      .ofCode
    return file.violations(
      matching: calls,
      hints: ["ystemRead", "ystemWrite", ".system"],
      "reads or writes across tenants: make it a tenant's transaction, or add "
        + "`system-transaction | \(file.path) | reason` to \(Exceptions.path)"
    )
  }
}
