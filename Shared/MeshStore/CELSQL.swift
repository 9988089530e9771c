package import CEL
package import MeshCore

/// How the database keeps a field that conditions name.
package struct SQLField: Sendable {
  package enum Kind: Hashable, Sendable {
    /// A CEL string in a TEXT, ordered by code points. No value is NULL or, in a column declared
    /// NOT NULL, the empty text: a column that may be NULL never holds an empty text.
    case text
    /// A CEL int in a BIGINT.
    case integer
    /// A CEL double in a DOUBLE PRECISION; never NaN.
    case double
    /// A CEL bool in a BOOLEAN.
    case bool
    /// A CEL timestamp as microseconds since 1970 in a BIGINT.
    case timestampMicros
    /// A CEL string that is a TypeID, as the UUID's 16 bytes in a BYTEA.
    case id(prefix: String)
    /// A CEL list of strings that are TypeIDs, in a column that is NULL when the list is empty. Each of them has a row
    /// in a table: its bytes in target_id, and what the column `record` has in record_id. Without a prefix it is a
    /// list of ids of any kind, and target_id has their keys (`TypeID.key`).
    case members(prefix: String?, lookup: SQL, record: SQL)
    /// A CEL amount, as minor units in a BIGINT; see `SQLField.init(amount:currency:isNullable:)`.
    case amount
  }

  let column: SQL
  let kind: Kind
  let isNullable: Bool
  /// Of an amount: the column with the code of its currency, which says how many digits it has.
  var currency: SQL?
  /// Whether few rows have a value, so that an index has only those: `WHERE column <> ''`.
  let isSparse: Bool

  /// A field kept in `column`.
  ///
  /// - Parameters:
  ///   - column: a column's name, qualified where the statement needs it.
  ///   - kind: how its values are kept.
  ///   - isNullable: false only for a column declared NOT NULL: it always has a value, except that an
  ///     empty text is none.
  ///   - isSparse: whether the column's index leaves out the rows with an empty text.
  package init(_ column: SQL, _ kind: Kind, isNullable: Bool = true, isSparse: Bool = false) {
    self.column = column
    self.kind = kind
    self.isNullable = isNullable
    self.isSparse = isSparse
  }

  /// An amount of money.
  ///
  /// - Parameters:
  ///   - amount: the column with the minor units.
  ///   - currency: the column with the code of the currency.
  ///   - isNullable: whether the columns may be NULL.
  package init(amount: SQL, currency: SQL, isNullable: Bool = true) {
    self.init(amount, .amount, isNullable: isNullable)
    self.currency = currency
  }

  /// The same number or time, without the indexes that its column has; any other field as it is.
  package var withoutIndex: SQLField {
    switch kind {
    case .text, .bool, .id, .members: return self
    case .integer, .double, .timestampMicros, .amount:
      var field = SQLField("+\(column)", kind, isNullable: isNullable)
      field.currency = currency
      return field
    }
  }
}

/// Translates conditions to SQL.
///
/// A row satisfies the SQL exactly when `CheckedExpression.matches` is true of the same record,
/// absent values included. No answer is NULL in SQL; where a condition's being false and its having
/// no answer come to the same, equality over a nullable column is plain `=`, which indexes serve,
/// and elsewhere `IS NOT DISTINCT FROM`. A conjunction stays one, and `startsWith` of a literal is a
/// range. A text column that keeps no value as `''` stands plain in comparisons: `name == null` is
/// `name = ''`, and `name < "m"` is `name <> '' AND name < 'm'`.
///
/// What could fail is refused, for a database fails in other ways than an evaluation: arithmetic on
/// numbers, `timestamp()` of a field, a list's index. Joining texts with `+` is translated. Of a list that is
/// a field it is asked whether it has an id, and whether it is empty.
package enum CELSQL {
  /// The SQL of a condition, to stand in a WHERE clause; it needs no parentheses.
  ///
  /// - Parameters:
  ///   - expression: a condition.
  ///   - fields: how each field is kept, by the name it was declared with.
  ///   - name: the request's field that an error names.
  /// - Returns: a predicate whose values are all bound.
  /// - Throws: INVALID_FILTER when the condition cannot run as SQL, saying where and why.
  package static func translate(
    _ expression: CheckedExpression,
    fields: [String: SQLField],
    field name: String = "filter"
  ) throws(MeshError) -> SQL {
    let translator = ConditionTranslator(
      names: expression.names,
      fields: fields
    )
    do throws(CELError) {
      return try translator.condition(expression.root, isExact: false, depth: 0).sql
    } catch {
      throw MeshError(error, field: name)
    }
  }
}

extension MeshError {
  /// INVALID_FILTER: the expression in `field` does not parse, check or translate.
  package init(_ error: CELError, field: String = "filter") {
    self = .invalid(field, error.description, reason: .invalidFilter)
  }
}

/// A part of an expression as an operand in SQL.
struct SQLOperand {
  enum Kind: Hashable {
    case null, text, integer, double, bool, timestamp
    case id(prefix: String)
    case amount
  }

  /// What the empty text means in `sql`; equality does not tell the two meanings apart.
  enum EmptyText {
    /// `sql` is never the empty text.
    case never
    /// The value is null.
    case null
    /// The value is the empty text, as it can be in `active ? "" : name`.
    case text
  }

  /// Needs no parentheses; NULL when there is no value, and when the value is null and not kept as an
  /// empty text.
  var sql: SQL
  var kind: Kind
  /// Whether `sql` is NULL when the value is null, as opposed to there being none.
  var canBeNull = false
  var emptyText = EmptyText.never
  /// True or false, and never NULL: whether there is no value; nil when there always is one.
  var undefined: SQL?
  /// What `sql` binds, when that is known.
  var constant: CELValue?
  /// Of an amount: the code of its currency.
  var currency: SQL?
  /// Whether it is a column whose index leaves out the rows with an empty text.
  var isSparse = false

  /// Whether an operation other than equality may find no value here.
  var canBeNullOrUndefined: Bool { canBeNull || emptyText == .null || undefined != nil }

  /// The same with every null as NULL, to stand within a function.
  var nullAsNULL: SQLOperand {
    guard emptyText == .null else { return self }
    var operand = self
    operand.sql = "NULLIF(\(sql), '')"
    operand.canBeNull = true
    operand.emptyText = .never
    return operand
  }
}

/// A part of an expression as a condition in SQL.
struct SQLCondition {
  /// Fits between AND and OR without parentheses.
  var sql: SQL
  /// Whether it may have no answer, as opposed to being false.
  var canBeUndefined: Bool

  static func always(_ value: Bool) -> SQLCondition {
    SQLCondition(sql: value ? "TRUE" : "FALSE", canBeUndefined: false)
  }

  /// With its type, without which PostgreSQL takes it for a text.
  static let undefined = SQLCondition(sql: "CAST(NULL AS BOOLEAN)", canBeUndefined: true)
}
