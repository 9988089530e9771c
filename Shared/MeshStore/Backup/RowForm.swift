import MeshCore

/// The bytes of a row in a backup: each value behind a byte that says its type, the same whichever engine
/// it comes from.
///
/// Numbers have eight bytes, the first of them the greatest; texts and blobs stand behind their length in
/// four bytes. Truth values are the numbers 0 and 1.
enum RowForm {
  private enum Kind: UInt8 { case null, integer, real, text, blob }

  /// Appends a row's columns.
  ///
  /// - Returns: false when a text is not UTF-8.
  static func append(_ row: borrowing Row, to bytes: inout [UInt8]) -> Bool {
    let cursor = row.cursor
    for column in 0..<cursor.columnCount {
      switch cursor.kind(column) {
      case .null: bytes.append(Kind.null.rawValue)
      case .integer: append(.integer, UInt64(bitPattern: cursor.integer(column)), to: &bytes)
      // SQLite does not keep the sign of a zero.
      case .real: append(.real, (cursor.real(column) + 0).bitPattern, to: &bytes)
      case .text:
        let text = cursor.bytes(column)
        let units = UnsafeBufferPointer(
          start: text.baseAddress?.assumingMemoryBound(to: UInt8.self),
          count: text.count
        )
        guard (try? UTF8Span(validating: units.span)) != nil else { return false }
        append(.text, text, to: &bytes)
      case .blob: append(.blob, cursor.bytes(column), to: &bytes)
      }
    }
    return true
  }

  private static func append(_ kind: Kind, _ number: UInt64, to bytes: inout [UInt8]) {
    bytes.append(kind.rawValue)
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  private static func append(
    _ kind: Kind,
    _ content: UnsafeRawBufferPointer,
    to bytes: inout [UInt8]
  ) {
    bytes.append(kind.rawValue)
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: content.count).bigEndian) {
      bytes.append(contentsOf: $0)
    }
    bytes.append(contentsOf: content)
  }

  /// Reads the values of a row.
  ///
  /// - Returns: nil when the bytes are not a row of `count` columns.
  static func values(_ bytes: ArraySlice<UInt8>, count: Int) -> [SQLValue]? {
    var rest = bytes
    var values: [SQLValue] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      guard let value = value(&rest) else { return nil }
      values.append(value)
    }
    return rest.isEmpty ? values : nil
  }

  private static func value(_ rest: inout ArraySlice<UInt8>) -> SQLValue? {
    guard let kind = rest.popFirst().flatMap(Kind.init) else { return nil }
    switch kind {
    case .null: return .null
    case .integer: return number(8, &rest).map { .integer(Int64(bitPattern: $0)) }
    case .real: return number(8, &rest).map { .real(Double(bitPattern: $0)) }
    case .text:
      return content(&rest).flatMap { String(validating: $0, as: UTF8.self) }.map { .text($0) }
    case .blob: return content(&rest).map { .blob(Array($0)) }
    }
  }

  private static func number(_ size: Int, _ rest: inout ArraySlice<UInt8>) -> UInt64? {
    guard rest.count >= size else { return nil }
    defer { rest.removeFirst(size) }
    return UInt64(bigEndianBytes: rest.prefix(size))
  }

  private static func content(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let count = number(4, &rest).map(Int.init), rest.count >= count else { return nil }
    defer { rest.removeFirst(count) }
    return rest.prefix(count)
  }
}
