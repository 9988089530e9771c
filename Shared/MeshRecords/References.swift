import MeshAccess
package import MeshCore
import MeshProto
package import MeshStore

// Records that name others of the service.

extension ReadTransaction {
  /// Refuses an id that a record is going to name when no record has it, or one that is archived.
  ///
  /// - Parameters:
  ///   - kind: of the record.
  ///   - id: its id.
  ///   - field: what errors call the id.
  ///   - check: takes what is wrong.
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

  /// The same for the ids in a list, of which each must be named once.
  ///
  /// - Parameters:
  ///   - kind: of the records.
  ///   - ids: in their order.
  ///   - known: those that need not be looked for.
  ///   - check: takes what is wrong.
  ///   - path: what errors call the id at a place.
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

  /// Whether records name another in a field that people set, or in a list whose ids have a table to look
  /// them up.
  ///
  /// - Parameters:
  ///   - id: the other's.
  ///   - object: its kind.
  ///   - kinds: of the records that may name it.
  /// - Returns: true for one that is named.
  /// - Throws: `StoreError`.
  func isNamed(_ id: IDWords, _ object: String, by kinds: [RecordSchema]) throws -> Bool {
    for kind in kinds {
      for field in kind.generated where field.rule.references == object {
        let lookup = field.rule.lookup
        let query: SQL
        if !lookup.isEmpty {
          query = "SELECT 1 FROM \(SQL(name: lookup)) WHERE target_id = \(id.bytes) LIMIT 1"
        } else if case .id = field.type, field.isInput {
          let (table, column) = (SQL(name: kind.table), SQL(name: field.columnName))
          query = "SELECT 1 FROM \(table) WHERE \(column) = \(id.bytes) LIMIT 1"
        } else {
          continue
        }
        if try value(query, as: Int.self) != nil { return true }
      }
    }
    return false
  }
}
