/// What kind of statement a text is, and the parts of it that tenant scoping needs.
struct StatementShape {
  enum Kind { case query, insert, update, delete }

  let kind: Kind
  /// Index of the token that names the table written to; nil in a query.
  let target: Int?
  /// What the statement calls the target: its alias, else the table's name as written.
  let targetName: String
  /// Index of the first token after the target and its alias.
  let bodyStart: Int

  /// Reads the shape from a statement's tokens.
  ///
  /// - Throws: `.refused` for statements other than a query and the plain forms of INSERT, UPDATE
  ///   and DELETE, and for names that reach around the scope.
  init(_ tokens: [SQLScanner.Token], of sql: SQL) throws(StoreError) {
    var reader = ShapeReader(tokens: tokens)
    do throws(ShapeReader.Fault) {
      try reader.checkNames(mayNameStoreTables: sql.namesStoreTables)
      let parameters = tokens.count { $0.kind == .parameter }
      guard parameters == sql.parameters.count else {
        throw ShapeReader.Fault(reason: "a parameter stands in quotes, or a '?' in the text")
      }
      self = try reader.shape()
    } catch {
      throw .refused(reason: error.reason, statement: sql.text)
    }
  }

  fileprivate init(kind: Kind, target: Int?, targetName: String, bodyStart: Int) {
    self.kind = kind
    self.target = target
    self.targetName = targetName
    self.bodyStart = bodyStart
  }
}

private struct ShapeReader {
  struct Fault: Error {
    let reason: String
  }

  let tokens: [SQLScanner.Token]
  private var index = 0

  init(tokens: [SQLScanner.Token]) { self.tokens = tokens }

  private subscript(_ offset: Int) -> SQLScanner.Token? {
    tokens.indices.contains(index + offset) ? tokens[index + offset] : nil
  }

  /// Checks every name that the statement contains.
  ///
  /// Refuses a schema's name before a table, which is how a statement would get past the views that
  /// scope it, and the store's own tables.
  func checkNames(mayNameStoreTables: Bool) throws(Fault) {
    for (position, token) in tokens.enumerated() where token.isName {
      let isQualifier = position + 1 < tokens.count && tokens[position + 1].isSymbol(".")
      if isQualifier, ["main", "temp"].contains(token.text) {
        throw Fault(reason: "tables are named without their schema")
      }
      let isReadable = mayNameStoreTables && StoreTables.readable.contains(token.text)
      if token.text.hasPrefix("mesh_"), !isReadable {
        throw Fault(reason: "'\(token.text)' belongs to the store")
      }
      if token.text.hasPrefix("sqlite_") || token.text.hasPrefix("pragma_") {
        throw Fault(reason: "'\(token.text)' belongs to the engine")
      }
    }
  }

  mutating func shape() throws(Fault) -> StatementShape {
    if self[0]?.isKeyword("with") == true { skipCommonTables() }
    guard let verb = self[0], verb.kind == .word else {
      throw Fault(reason: "it must be a SELECT, INSERT, UPDATE or DELETE")
    }
    switch verb.text {
    case "select", "values":
      return StatementShape(kind: .query, target: nil, targetName: "", bodyStart: index)
    case "insert":
      return try written(.insert, after: ["insert", "into"])
    case "update":
      return try written(.update, after: ["update"])
    case "delete":
      return try written(.delete, after: ["delete", "from"])
    default:
      throw Fault(reason: "\(verb.text.uppercased()) is not for services")
    }
  }

  /// Skips to the verb of the statement that follows the common table expressions.
  private mutating func skipCommonTables() {
    let verbs: Set = ["select", "values", "insert", "update", "delete"]
    while let token = self[0] {
      if token.kind == .word, token.depth == 0, verbs.contains(token.text) { return }
      index += 1
    }
  }

  private mutating func written(
    _ kind: StatementShape.Kind,
    after keywords: [String]
  ) throws(Fault) -> StatementShape {
    for keyword in keywords {
      guard self[0]?.isKeyword(keyword) == true else {
        throw Fault(reason: "only the plain form of \(keywords.joined(separator: " "))")
      }
      index += 1
    }
    // UPDATE OR REPLACE t: `or` is no table, and what follows it is no SET.
    guard let table = self[0], table.isName, !table.isKeyword("or") else {
      throw Fault(reason: "no table is named")
    }
    let target = index
    index += 1
    var name = table.text
    if self[0]?.isKeyword("as") == true {
      guard let alias = self[1], alias.isName else { throw Fault(reason: "no alias after AS") }
      name = alias.text
      index += 2
    }
    try checkBody(kind)
    return StatementShape(kind: kind, target: target, targetName: name, bodyStart: index)
  }

  /// What must follow the target, so that nothing (INDEXED BY, a second table) slips in between.
  private func checkBody(_ kind: StatementShape.Kind) throws(Fault) {
    let next = self[0]
    let isExpected =
      switch kind {
      case .query: true
      case .insert: next?.isSymbol("(") == true
      case .update: next?.isKeyword("set") == true
      case .delete:
        next == nil || next?.isKeyword("where") == true
          || next?.isKeyword("returning") == true
      }
    guard isExpected else {
      throw Fault(
        reason: kind == .insert ? "INSERT lists its columns" : "it must be a plain UPDATE or DELETE"
      )
    }
  }
}
