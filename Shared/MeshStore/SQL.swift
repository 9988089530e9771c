/// A statement, or a piece of one, that can hold no value in its text.
///
/// Literal segments are `StaticString`, so that no text made at run time becomes SQL; whatever is
/// interpolated is bound, except another `SQL`, which is inserted with its own parameters:
///
///     let mine: SQL = "owner_id = \(member)"
///     try transaction.rows("SELECT id FROM leads WHERE \(mine) AND score > \(50)") { ... }
package struct SQL: ExpressibleByStringInterpolation, Hashable, Sendable {
  /// The text, with `?` for each parameter.
  private(set) var text: String
  private(set) var parameters: [SQLValue]
  /// Whether the text names tables of the store itself, which services' statements may not.
  private(set) var namesStoreTables = false

  package init(stringLiteral value: StaticString) {
    text = value.description
    parameters = []
  }

  package init(stringInterpolation: StringInterpolation) {
    text = stringInterpolation.sql.text
    parameters = stringInterpolation.sql.parameters
    namesStoreTables = stringInterpolation.sql.namesStoreTables
  }

  /// A piece that reads tables of the store.
  init(namingStoreTables piece: SQL) {
    self = piece
    namesStoreTables = true
  }

  /// Text that the store or its dialect made; never what anyone typed.
  init(storeText: String, parameters: [SQLValue] = []) {
    text = storeText
    self.parameters = parameters
  }

  /// The piece that adds nothing.
  package static let empty: SQL = ""

  /// Whether the piece has no text.
  package var isEmpty: Bool { text.isEmpty }

  package static func + (left: SQL, right: SQL) -> SQL {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout SQL, right: SQL) {
    left.text += right.text
    left.parameters += right.parameters
    left.namesStoreTables = left.namesStoreTables || right.namesStoreTables
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var sql: SQL = ""

    package init(literalCapacity: Int, interpolationCount: Int) {
      sql.text.reserveCapacity(literalCapacity + interpolationCount)
      sql.parameters.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      sql.text += literal.description
    }

    /// Binds `value`.
    package mutating func appendInterpolation(_ value: some SQLBindable) {
      sql.text += "?"
      sql.parameters.append(value.sqlValue)
    }

    /// Binds `value`; absent is NULL.
    package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
      appendInterpolation(value.sqlValue)
    }

    /// Binds each of `values`, separated by commas: `IN (\(list: ids))`.
    ///
    /// No values give `NULL`, which nothing is in.
    package mutating func appendInterpolation(list values: some Sequence<some SQLBindable>) {
      var isFirst = true
      for value in values {
        if !isFirst { sql.text += ", " }
        appendInterpolation(value)
        isFirst = false
      }
      if isFirst { sql.text += "NULL" }
    }

    /// Inserts a piece with its parameters.
    package mutating func appendInterpolation(_ piece: SQL) {
      sql += piece
    }
  }
}

extension SQL {
  /// The month, as `2026-01` in UTC, of a time in microseconds since 1970; NULL for none.
  package static func month(of microseconds: SQL) -> SQL {
    SQL(namingStoreTables: "mesh_month(\(microseconds))")
  }

  /// The condition, asked only where another one holds: no index is searched by it.
  package func asked(where first: SQL) -> SQL {
    self == "TRUE" ? self : "CASE WHEN \(first) THEN \(self) ELSE FALSE END"
  }
}

extension [SQL] {
  /// The pieces with `separator` between each two.
  package func joined(by separator: SQL) -> SQL {
    var result = SQL.empty
    var isFirst = true
    for piece in self {
      if !isFirst { result += separator }
      result += piece
      isFirst = false
    }
    return result
  }

  /// The conditions that must all hold; true when there are none.
  package var allHold: SQL {
    let conditions = filter { !$0.isEmpty }.map { "(\($0))" as SQL }
    return conditions.isEmpty ? "TRUE" : conditions.joined(by: " AND ")
  }
}
