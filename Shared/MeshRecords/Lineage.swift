import MeshCore
import MeshProto
package import MeshStore

// Records that stand below others of their kind: parts of an account, people who report to someone.

/// How far up a line of records may go.
private let longestLine = 50

extension ReadTransaction {
  /// Refuses a new parent that is the record itself or stands below it, that does not exist or is archived, or
  /// above which the line is too long.
  ///
  /// A record that comes back keeps a parent that is gone, but not one that has come to stand below it.
  ///
  /// Changes of the records must follow one another, by the lock of their `Records`: two at once could close
  /// a circle unseen.
  ///
  /// - Parameters:
  ///   - record: as it is going to be.
  ///   - before: as it was, before its deletion when it comes back; nil for a new one.
  ///   - name: the field with the parent's id.
  ///   - check: takes what is wrong.
  /// - Throws: `StoreError`.
  package func checkParent<Record: StoredRecord>(
    of record: Record,
    before: Record?,
    in name: String,
    _ check: inout FieldCheck
  ) throws {
    guard let field = Record.schema[name], let parent = record.value(of: field).id else { return }
    let (table, column) = (SQL(name: Record.schema.table), SQL(name: field.columnName))
    let words = IDWords(high: parent.high, low: parent.low)
    if before?.value(of: field) != record.value(of: field) {
      try checkNamed(Record.self, words, name, &check)
      if !check.isFine(name) { return }
    } else if let id = record.recordID,
      try value("SELECT 1 FROM \(table) WHERE id = \(id.bytes)", as: Int.self) != nil
    {
      return
    }
    var next: IDWords? = words
    for _ in 0..<longestLine {
      guard let id = next else { return }
      if id == record.recordID {
        return check.refuse(name, "must not be the record itself or one that stands below it")
      }
      let above = try first("SELECT \(column) FROM \(table) WHERE id = \(id.bytes)") { row in
        row.id(row.place)
      }
      guard let above else { return }
      next = above
    }
    if next != nil { check.refuse(name, "must have at most \(longestLine) records above it") }
  }
}
