import MeshCore
import MeshProto
package import MeshStore

// Records with a parent of the same kind: parts of an account, people who report to someone.

/// What no line of records may be.
package enum LineageRule {
  /// Records above another.
  package static let most = 50
  package static let noCircle = "must not be the record itself or one that stands below it"
  package static let notTooLong = "must have at most \(most) records above it"
}

extension ReadTransaction {
  /// Refuses a new parent that is the record itself or one of its descendants, that does not exist or is archived, or
  /// whose own chain of parents is too long.
  ///
  /// A restored record keeps a parent that is gone, but not one that has become its descendant.
  ///
  /// Changes of the records must run one after another, by the lock of their `Records`: two at once could close
  /// a cycle unnoticed.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written.
  ///   - before: as it was, before its deletion when it comes back; nil for a new one.
  ///   - name: the field with the parent's id.
  ///   - check: collects the errors.
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
    for _ in 0..<LineageRule.most {
      guard let id = next else { return }
      if id == record.recordID { return check.refuse(name, LineageRule.noCircle) }
      let above = try first("SELECT \(column) FROM \(table) WHERE id = \(id.bytes)") { row in
        row.id(row.place)
      }
      guard let above else { return }
      next = above
    }
    if next != nil { check.refuse(name, LineageRule.notTooLong) }
  }
}
