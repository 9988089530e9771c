/// Where the engines' SQL differs: every statement of the store and of services is otherwise one
/// text for both.
///
/// Texts here are PostgreSQL's where SQLite takes them too; the entries are what it does not.
struct Dialect: Sendable {
  /// The type of a column that numbers rows in the order of their commits.
  let sequenceColumn: String
  /// The position of `needle` in `text`, from 1; 0 when it is not there.
  ///
  /// Case matters.
  let textPosition: @Sendable (_ text: SQL, _ needle: SQL) -> SQL

  /// The loose form of a text (`LooseText`); NULL for NULL.
  let looseForm: @Sendable (_ text: SQL) -> SQL

  /// The month, as `2026-01` in UTC, of a moment in microseconds since 1970.
  let month: @Sendable (_ microseconds: SQL) -> SQL

  static let sqlite = Dialect(
    sequenceColumn: "INTEGER PRIMARY KEY",
    textPosition: { "instr(\($0), \($1))" },
    looseForm: { "loose_text(\($0))" },
    // Whole seconds, rounded down before 1970 too.
    month: { time in
      """
      strftime('%Y-%m', (\(time) - (\(time) % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')
      """
    }
  )
}
