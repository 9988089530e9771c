/// Confines statements to one tenant on an engine without row-level security.
///
/// Reads go through views of the tables' names (see `SQLiteConnection`), which show the current
/// tenant's rows only. A view cannot be written to, so a statement that writes names the table
/// itself; here it gets the condition that its rows are the current tenant's. PostgreSQL takes the
/// statements as they are and holds them to the same by its policies.
struct TenantScope {
  private let sql: SQL
  private let tokens: [SQLScanner.Token]
  private let shape: StatementShape

  struct Scoped {
    /// What the engine prepares.
    let text: String
    /// The table written to; nil in a query.
    let target: String?
  }

  /// The statement that does the same for the current tenant's rows only.
  ///
  /// - Parameters:
  ///   - sql: as the service wrote it.
  ///   - tokens: its text's.
  ///   - tables: the tables that have a tenant.
  /// - Returns: the text for the engine.
  /// - Throws: `.refused` for a shape that it cannot scope.
  static func apply(
    to sql: SQL,
    tokens: [SQLScanner.Token],
    tables: Set<String>
  ) throws(StoreError) -> Scoped {
    let shape = try StatementShape(tokens, of: sql)
    guard let target = shape.target else { return Scoped(text: sql.text, target: nil) }
    let scope = TenantScope(sql: sql, tokens: tokens, shape: shape)
    let table = tokens[target].text
    guard tables.contains(table) else {
      throw scope.refusal("'\(table)' does not belong to tenants")
    }
    return Scoped(text: try scope.rewritten(), target: table)
  }

  private func refusal(_ reason: String) -> StoreError {
    .refused(reason: reason, statement: sql.text)
  }

  private func rewritten() throws(StoreError) -> String {
    var edits = [try qualification()]
    switch shape.kind {
    case .query: break
    case .insert:
      try checkColumns()
      if let update = try conflictUpdate() { edits += condition(after: update) }
    case .update, .delete: edits += condition(after: shape.bodyStart)
    }
    return apply(edits)
  }

  // MARK: Edits

  private struct Edit {
    let offset: Int
    let text: String
  }

  /// Inserts each edit's text; edits are in the order of their offsets.
  private func apply(_ edits: [Edit]) -> String {
    let bytes = Array(sql.text.utf8)
    var result: [UInt8] = []
    var copied = 0
    for edit in edits {
      result += bytes[copied..<edit.offset]
      result += Array(edit.text.utf8)
      copied = edit.offset
    }
    result += bytes[copied...]
    return String(decoding: result, as: UTF8.self)
  }

  /// Names the table itself instead of the view that shadows it.
  private func qualification() throws(StoreError) -> Edit {
    guard let target = shape.target else { throw refusal("no table is named") }
    return Edit(offset: tokens[target].range.lowerBound, text: "main.")
  }

  /// The tenant's condition before the WHERE that follows token `start`, or in its place.
  private func condition(after start: Int) -> [Edit] {
    let name =
      "\""
      + shape.targetName.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
    let own = "\(name).tenant_id = current_tenant()"
    let returning = firstKeyword("returning", from: start)
    // A line comment may stand last: what is added starts a line of its own.
    let end = returning.map { tokens[$0].range.lowerBound } ?? sql.text.utf8.count
    guard let filter = firstKeyword("where", from: start), filter < (returning ?? tokens.count)
    else {
      return [Edit(offset: end, text: "\nWHERE \(own)\n")]
    }
    return [
      Edit(offset: tokens[filter].range.upperBound, text: " \(own) AND ("),
      Edit(offset: end, text: "\n)\n"),
    ]
  }

  private func firstKeyword(_ keyword: String, from start: Int) -> Int? {
    tokens.indices.first {
      $0 >= start && tokens[$0].depth == 0 && tokens[$0].isKeyword(keyword)
    }
  }

  // MARK: INSERT

  /// The tenant of a new row is the column's default, never a value of the statement's.
  private func checkColumns() throws(StoreError) {
    let columns = tokens[(shape.bodyStart + 1)...].prefix { $0.depth == 1 }
    guard !columns.contains(where: { $0.isName && $0.text == "tenant_id" }) else {
      throw refusal("tenant_id is set by the store")
    }
  }

  /// Index of the UPDATE in `ON CONFLICT ... DO UPDATE`: a key that does not start with the tenant
  /// could make it meet another tenant's row.
  private func conflictUpdate() throws(StoreError) -> Int? {
    let updates = tokens.indices.dropFirst().filter {
      tokens[$0].depth == 0 && tokens[$0].isKeyword("update") && tokens[$0 - 1].isKeyword("do")
    }
    guard updates.count <= 1 else { throw refusal("more than one DO UPDATE") }
    return updates.first
  }
}
