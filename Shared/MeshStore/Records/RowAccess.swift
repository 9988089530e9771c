package import MeshCore

// Columns by place, for generated code: concrete functions, as a generic call for each column of each
// row costs more than to read it. A column that is NULL, or whose value is not of its type, reads as
// no value: an UPDATE then leaves it alone.
extension Row {
  package func text(_ column: Int32) -> String { cursor.text(column) }

  package func optionalText(_ column: Int32) -> String? {
    cursor.kind(column) == .null ? nil : cursor.text(column)
  }

  package func bool(_ column: Int32) -> Bool { cursor.integer(column) != 0 }

  package func optionalBool(_ column: Int32) -> Bool? {
    cursor.kind(column) == .null ? nil : cursor.integer(column) != 0
  }

  package func int64(_ column: Int32) -> Int64 { cursor.integer(column) }

  package func optionalInt64(_ column: Int32) -> Int64? {
    cursor.kind(column) == .integer ? cursor.integer(column) : nil
  }

  package func int32(_ column: Int32) -> Int32 { Int32(clamping: cursor.integer(column)) }

  package func optionalInt32(_ column: Int32) -> Int32? {
    optionalInt64(column).map { Int32(clamping: $0) }
  }

  package func uint32(_ column: Int32) -> UInt32 { UInt32(clamping: cursor.integer(column)) }

  package func double(_ column: Int32) -> Double { cursor.real(column) }

  package func optionalDouble(_ column: Int32) -> Double? {
    cursor.kind(column) == .null ? nil : cursor.real(column)
  }

  package func id(_ column: Int32) -> IDWords? { cursor.words(column) }

  /// The id of a record of any kind, in a column of texts.
  package func ref(_ column: Int32) -> RecordRef? { optionalText(column).flatMap { RecordRef($0) } }

  package func timestamp(_ column: Int32) -> Timestamp? {
    optionalInt64(column).map { Timestamp(microseconds: $0) }
  }

  package func date(_ column: Int32) -> CalendarDate? { CalendarDate(cursor.text(column)) }

  package func etag(_ column: Int32) -> Etag { Etag(version: cursor.integer(column)) }

  /// An amount in minor units, and its currency in the column after.
  package func money(_ column: Int32) -> Money? {
    guard let amount = optionalInt64(column), let currency = CurrencyCode(cursor.text(column + 1))
    else { return nil }
    return Money(amountMinor: amount, currency: currency)
  }

  /// Lends the text's UTF-8.
  package func withText(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    body(cursor.bytes(column))
  }

  /// Lends the bytes.
  package func withBlob(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    body(cursor.bytes(column))
  }

  package func blob(_ column: Int32) -> [UInt8] { cursor.blob(column) }
}
