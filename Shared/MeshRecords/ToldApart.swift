import MeshCore
import MeshProto
import MeshStore

// Records that people told apart: kinds with duplicate_resolution_status, and not_duplicate_of with the
// others. The others are found by the table `<records>_told_apart`, with a row of record_id and target_id for each.

extension RecordMessage {
  /// Whether people marked it as no duplicate of those that it was linked with.
  var isToldApart: Bool {
    get { Self.schema["duplicate_resolution_status"].flatMap { value(of: $0).text } == "skipped" }
    set {
      guard let field = Self.schema["duplicate_resolution_status"] else { return }
      set(field, to: .text(newValue ? "skipped" : "none"))
    }
  }

  /// The records that it was told apart from.
  var toldApartFrom: [IDWords] {
    get {
      guard let field = Self.schema["not_duplicate_of"], case .list(let ids) = value(of: field)
      else { return [] }
      return ids.compactMap(\.id).map { IDWords(high: $0.high, low: $0.low) }
    }
    set {
      guard let field = Self.schema["not_duplicate_of"] else { return }
      let ids = newValue.compactMap { TypeID("\(Self.schema.idPrefix)_\($0.typeIDSuffix)") }
      set(field, to: ids.isEmpty ? .none : .list(ids.map { .id($0) }))
    }
  }
}

extension RecordSchema {
  fileprivate var toldApart: SQL { SQL(name: "\(table)_told_apart") }

  /// Which of the records may be the same as another: neither told apart from it nor linked to one that was.
  func candidates(for id: IDWords) -> SQL {
    let apart: SQL = """
      SELECT target_id FROM \(toldApart) WHERE record_id = \(id.bytes)
      UNION ALL SELECT record_id FROM \(toldApart) WHERE target_id = \(id.bytes)
      """
    return """
      id <> \(id.bytes) AND id NOT IN (\(apart))
      AND coalesce(duplicate_of, id) NOT IN (\(apart))
      """
  }
}

extension ReadTransaction {
  /// Earlier records that were told apart from this one, 1,000 at most; those that it was told apart from itself are
  /// in the record.
  func toldApart<Record: StoredRecord>(from id: IDWords, _: Record.Type) throws -> [IDWords] {
    try rows(
      """
      SELECT record_id FROM \(Record.schema.toldApart)
      WHERE target_id = \(id.bytes) AND record_id < \(id.bytes) ORDER BY record_id LIMIT 1000
      """
    ) { row in try row.next(IDWords.self) }
  }
}

extension WriteTransaction {
  /// Updates the table with what a record was told apart from.
  ///
  /// - Parameters:
  ///   - before: nil when the record was created or restored.
  ///   - after: nil when it was deleted.
  /// - Throws: `StoreError`.
  func noteToldApart<Record: StoredRecord>(before: Record?, after: Record?) throws {
    let (known, others) = (before?.toldApartFrom ?? [], after?.toldApartFrom ?? [])
    guard let id = (after ?? before)?.recordID, others != known else { return }
    let table = Record.schema.toldApart
    try post("DELETE FROM \(table) WHERE record_id = \(id.bytes)")
    for other in Set(others) {
      try post("INSERT INTO \(table) (record_id, target_id) VALUES (\(id.bytes), \(other.bytes))")
    }
  }
}
