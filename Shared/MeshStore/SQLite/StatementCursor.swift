import CSQLite
import MeshCore

/// The columns of the row that a statement stands on.
///
/// Valid until the statement's next step.
struct StatementCursor {
  enum Kind { case null, integer, real, text, blob }

  private let statement: OpaquePointer
  let columnCount: Int32

  init(_ statement: OpaquePointer) {
    self.statement = statement
    columnCount = sqlite3_column_count(statement)
  }

  func kind(_ column: Int32) -> Kind {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: .integer
    case SQLITE_FLOAT: .real
    case SQLITE_TEXT: .text
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

  func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(statement, column) else { return "" }
    let count = Int(sqlite3_column_bytes(statement, column))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// Of a text or blob.
  func byteCount(_ column: Int32) -> Int { Int(sqlite3_column_bytes(statement, column)) }

  func withText(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard let start = sqlite3_column_text(statement, column) else { return }
    let count = Int(sqlite3_column_bytes(statement, column))
    body(UnsafeRawBufferPointer(start: start, count: count))
  }

  func withBlob(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    // No bytes are given as a null pointer.
    guard let start = sqlite3_column_blob(statement, column) else { return }
    let count = Int(sqlite3_column_bytes(statement, column))
    body(UnsafeRawBufferPointer(start: start, count: count))
  }

  func blob(_ column: Int32) -> [UInt8] {
    // No bytes are given as a null pointer.
    guard let start = sqlite3_column_blob(statement, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  /// The id that 16 bytes are; nil for anything else.
  func words(_ column: Int32) -> IDWords? {
    guard sqlite3_column_type(statement, column) == SQLITE_BLOB,
      sqlite3_column_bytes(statement, column) == 16,
      let start = sqlite3_column_blob(statement, column)
    else { return nil }
    return IDWords(
      high: UInt64(bigEndian: start.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: start.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    )
  }
}
