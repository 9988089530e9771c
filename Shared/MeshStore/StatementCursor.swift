import MeshCore

/// The columns of the row that a statement stands on, of either engine.
///
/// Valid until the statement's next row.
struct StatementCursor {
  enum Kind { case null, integer, real, text, blob }

  private enum Source {
    case sqlite(SQLiteRow)
    case postgres(PostgresRow)
  }

  private let source: Source
  let columnCount: Int32

  init(_ row: SQLiteRow) {
    source = .sqlite(row)
    columnCount = row.columnCount
  }

  init(_ row: PostgresRow) {
    source = .postgres(row)
    columnCount = row.columnCount
  }

  func kind(_ column: Int32) -> Kind {
    switch source {
    case .sqlite(let row): row.kind(column)
    case .postgres(let row): row.kind(column)
    }
  }

  func integer(_ column: Int32) -> Int64 {
    switch source {
    case .sqlite(let row): row.integer(column)
    case .postgres(let row): row.integer(column)
    }
  }

  func real(_ column: Int32) -> Double {
    switch source {
    case .sqlite(let row): row.real(column)
    case .postgres(let row): row.real(column)
    }
  }

  /// The bytes of a text or blob, which are the row's; none for anything else.
  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    switch source {
    case .sqlite(let row): row.bytes(column)
    case .postgres(let row): row.bytes(column)
    }
  }

  func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

  func blob(_ column: Int32) -> [UInt8] { Array(bytes(column)) }

  /// Of a text or blob.
  func byteCount(_ column: Int32) -> Int { bytes(column).count }

  /// The id that 16 bytes are; nil for anything else.
  func words(_ column: Int32) -> IDWords? {
    guard kind(column) == .blob else { return nil }
    let bytes = bytes(column)
    guard bytes.count == 16 else { return nil }
    return IDWords(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }
}
