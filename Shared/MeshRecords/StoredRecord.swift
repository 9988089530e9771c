package import MeshProto
package import MeshStore

/// A record that a service stores in a table, as the generator makes it for the service.
package protocol StoredRecord: RecordMessage {
  /// The columns of each field, in the order of the fields.
  static var fieldColumns: [[SQL]] { get }

  /// The columns that `init(row:at:)` reads, in that order.
  static var columns: SQL { get }

  /// Reads a row, from the column `base` on.
  init(row: borrowing Row, at base: Int32)

  /// Encodes some fields of a row's record, without making the record where possible.
  static func write(
    _ shown: FieldBits,
    of row: borrowing Row,
    at base: Int32,
    to writer: inout WireWriter
  )

  /// Adds the columns of some fields.
  func bind(_ fields: FieldBits, to columns: inout RecordColumns)
}

extension StoredRecord {
  package static func write(
    _ shown: FieldBits,
    of row: borrowing Row,
    at base: Int32,
    to writer: inout WireWriter
  ) {
    var part = Self()
    part.take(shown, from: Self(row: row, at: base))
    part.encode(into: &writer)
  }

  /// Encodes the visible fields of a row's record: the same bytes as those of the record's `showing`.
  static func write(
    showing visible: FieldSet,
    of row: borrowing Row,
    at base: Int32,
    to writer: inout WireWriter
  ) {
    if visible.isWhole(schema) {
      return write(visible.bits.union(schema.identity), of: row, at: base, to: &writer)
    }
    // Only the record knows which of the tenant's own fields are visible.
    Self(row: row, at: base).showing(visible).encode(into: &writer)
  }

  /// As `columns`, with NULL in place of columns that `write(showing:)` does not read.
  static func columns(showing visible: FieldSet) -> SQL {
    guard visible.isWhole(schema) else { return columns }
    let shown = visible.bits.union(schema.identity)
    var read: [SQL] = []
    for (field, columns) in fieldColumns.enumerated() {
      for column in columns { read.append(shown.contains(field) ? column : "NULL") }
    }
    return read.joined(by: ", ")
  }

  /// The bytes of some fields alone, as a column stores lists and messages.
  package func storedBytes(_ fields: FieldBits) -> [UInt8]? {
    var part = Self()
    part.take(fields, from: self)
    let bytes = part.wireBytes()
    return bytes.isEmpty ? nil : bytes
  }

  /// Takes over what `storedBytes` made; unreadable bytes count as none.
  package mutating func takeStored(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    guard let part = try? Self(wire: bytes) else { return }
    take(part.filledFields, from: part)
  }
}

extension ReadTransaction {
  /// Records that meet a statement's condition, in its order.
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

extension FieldSet {
  /// Whether it has either all or none of the fields that tenants add to records of a kind.
  fileprivate func isWhole(_ schema: RecordSchema) -> Bool {
    if !schema.hasCustomFields || custom == .all { return true }
    guard custom == .only([]) else { return false }
    return !schema.generated.contains { $0.type == .custom && bits.contains($0.index) }
  }
}
