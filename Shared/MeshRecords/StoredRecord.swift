package import MeshProto
package import MeshStore

/// A record that a service keeps in a table: what the generator makes of it in the service.
package protocol StoredRecord: RecordMessage {
  /// The columns that `init(row:at:)` reads, in that order.
  static var columns: SQL { get }

  /// Reads a row's columns from `base` on.
  init(row: borrowing Row, at base: Int32)

  /// Adds the columns of some fields.
  func bind(_ fields: FieldBits, to columns: inout RecordColumns)
}

extension StoredRecord {
  /// The bytes of some fields alone, as a column keeps lists and messages.
  package func storedBytes(_ fields: FieldBits) -> [UInt8]? {
    var part = Self()
    part.take(fields, from: self)
    let bytes = part.wireBytes()
    return bytes.isEmpty ? nil : bytes
  }

  /// Takes in what `storedBytes` made; bytes that cannot be read are as if there were none.
  package mutating func takeStored(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    guard let part = try? Self(wire: bytes) else { return }
    take(part.filledFields, from: part)
  }
}

extension ReadTransaction {
  /// Records of a statement's condition, in its order.
  func records<Record: StoredRecord>(
    _ rest: SQL,
    of _: Record.Type = Record.self
  ) throws -> [Record] {
    let table = SQL(name: Record.schema.table)
    return try rows("SELECT \(Record.columns) FROM \(table) \(rest)") { row in
      Record(row: row, at: row.place)
    }
  }
}
