import CPostgreSQL

/// A statement as PostgreSQL takes it, and how it was prepared on one connection.
struct PostgresStatement {
  /// With `$1`, `$2` and so on for the parameters.
  let text: String
  /// Prepared forms: one as a rule, another where parameters of the same text are of other types.
  var forms: [Form] = []
  /// When it was last used, in the cache's own counting.
  var lastUse: UInt64 = 0

  struct Form {
    let name: String
    /// The types of the parameters as the server has found them.
    var types: [Oid]

    func takes(_ values: [SQLValue]) -> Bool {
      zip(types, values).allSatisfy { PostgresParameters.takes($0, $1) }
    }
  }

  /// The text for PostgreSQL of a statement whose tokens are known.
  ///
  /// The store's own statements name their tables within `main`, which on PostgreSQL is the schema that
  /// is searched first.
  static func text(_ sql: SQL, _ tokens: [SQLScanner.Token], isOwn: Bool) -> String {
    let bytes = Array(sql.text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 2 * sql.parameters.count)
    var copied = 0
    var parameter = 0
    for (index, token) in tokens.enumerated() {
      if token.kind == .parameter {
        parameter += 1
        result += bytes[copied..<token.range.lowerBound]
        result += Array("$\(parameter)".utf8)
        copied = token.range.upperBound
      } else if isOwn, token.isKeyword("main"), index + 1 < tokens.count,
        tokens[index + 1].isSymbol(".")
      {
        result += bytes[copied..<token.range.lowerBound]
        copied = tokens[index + 1].range.upperBound
      }
    }
    result += bytes[copied...]
    return String(decoding: result, as: UTF8.self)
  }

  /// A migration's script with every text ordered by code points, as SQLite orders it.
  ///
  /// Types are written in capitals; quotes and comments are left alone.
  static func script(_ script: String) -> String {
    let type = Array("TEXT".utf8)
    let bytes = Array(script.utf8)
    var result: [UInt8] = []
    var position = 0
    func isWord(_ index: Int) -> Bool {
      guard bytes.indices.contains(index) else { return false }
      let byte = bytes[index]
      return byte == UInt8(ascii: "_")
        || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
    func end(of mark: UInt8, from start: Int) -> Int {
      bytes[start...].firstIndex(of: mark).map { $0 + 1 } ?? bytes.count
    }
    while position < bytes.count {
      let byte = bytes[position]
      var next = position + 1
      if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        next = end(of: byte, from: next)
      } else if byte == UInt8(ascii: "-"), next < bytes.count, bytes[next] == byte {
        next = end(of: UInt8(ascii: "\n"), from: next)
      } else if bytes[position...].starts(with: type), !isWord(position - 1), !isWord(position + 4)
      {
        next = position + type.count
        result += Array("TEXT COLLATE \"C\"".utf8)
        position = next
        continue
      }
      result += bytes[position..<next]
      position = next
    }
    return String(decoding: result, as: UTF8.self)
  }
}
