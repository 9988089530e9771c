import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

// Records that refer to others of the same service.

extension ReadTransaction {
  /// Refuses an id that a record is about to refer to when no record has it, or that record is archived.
  ///
  /// - Parameters:
  ///   - kind: of the record.
  ///   - id: its id.
  ///   - field: what errors call the id.
  ///   - check: collects the errors.
  /// - Throws: `StoreError`.
  package func checkNamed<Record: StoredRecord>(
    _ kind: Record.Type,
    _ id: IDWords,
    _ field: String,
    _ check: inout FieldCheck
  ) throws {
    let record: Record? = try record(id, in: scope(forCalculation: "references"))
    if record?.isArchived ?? true {
      check.refuse(field, record == nil ? "does not exist" : "must not be archived")
    }
  }

  /// As above for a list of ids, in which each must occur once.
  ///
  /// - Parameters:
  ///   - kind: of the records.
  ///   - ids: in their order.
  ///   - known: ids that need no lookup.
  ///   - check: collects the errors.
  ///   - path: what errors call the id at a position.
  /// - Throws: `StoreError`.
  package func checkNamed<Record: StoredRecord, Kind>(
    _ kind: Record.Type,
    _ ids: [ID<Kind>?],
    known: [ID<Kind>?],
    _ check: inout FieldCheck,
    at path: (Int) -> String
  ) throws {
    var seen: Set<ID<Kind>?> = []
    for (index, id) in ids.enumerated() {
      if !seen.insert(id).inserted { check.refuse(path(index), "must be named once") }
      guard let id, !known.contains(id) else { continue }
      try checkNamed(Record.self, id.words, path(index), &check)
    }
  }

  /// Whether records refer to another one in a field that people set, or in a list whose ids have a table for
  /// lookups.
  ///
  /// - Parameters:
  ///   - id: the other's.
  ///   - object: its kind.
  ///   - kinds: of the records that may refer to it.
  ///   - counts: of a kind, which of its records count; all unless said otherwise.
  /// - Returns: true if a record refers to it.
  /// - Throws: `StoreError`.
  package func isNamed(
    _ id: IDWords,
    _ object: String,
    by kinds: [RecordSchema],
    where counts: (RecordSchema) -> SQL = { _ in "TRUE" }
  ) throws -> Bool {
    for kind in kinds {
      for field in kind.generated where field.rule.references == object {
        let (table, lookup) = (SQL(name: kind.table), field.rule.lookup)
        let query: SQL
        if !lookup.isEmpty {
          let names = SQL(name: lookup)
          query = """
            SELECT 1 FROM \(names) CROSS JOIN \(table)
            WHERE \(names).target_id = \(id.bytes) AND \(table).id = \(names).record_id
              AND \(counts(kind)) LIMIT 1
            """
        } else if case .id = field.type, field.isInput {
          let column = SQL(name: field.columnName)
          query =
            "SELECT 1 FROM \(table) WHERE \(column) = \(id.bytes) AND \(counts(kind)) LIMIT 1"
        } else {
          continue
        }
        if try value(query, as: Int.self) != nil { return true }
      }
    }
    return false
  }
}
