package import MeshCore

/// The current row of a result; its columns are read in order.
package struct Row: ~Copyable {
  let cursor: StatementCursor
  private var index: Int32 = 0

  init(_ cursor: StatementCursor) { self.cursor = cursor }

  /// The next column's value.
  ///
  /// - Throws: `.decoding` when the column is not of that type, or there is none.
  package mutating func next<T: SQLDecodable>(_: T.Type = T.self) throws(StoreError) -> T {
    guard index < cursor.columnCount else {
      throw .decoding(column: Int(index), expected: "a column")
    }
    defer { index += 1 }
    return try T(column: SQLColumn(cursor, index))
  }

  /// The place of the column that `next` would read, from where a record's columns are read.
  package var place: Int32 { index }

  /// Bytes of the row's texts and blobs.
  package var byteCount: Int {
    var bytes = 0
    for column in 0..<cursor.columnCount {
      switch cursor.kind(column) {
      case .text, .blob: bytes += cursor.byteCount(column)
      case .null, .integer, .real: break
      }
    }
    return bytes
  }

  /// The first `count` columns, whichever were read.
  func values(_ count: Int) -> [SQLValue] {
    (0..<Int32(count)).map { SQLColumn(cursor, $0).value() }
  }

  /// Leaves `count` columns unread.
  mutating func skip(_ count: Int) { index += Int32(count) }
}

/// What a column can be read as.
package protocol SQLDecodable {
  init(column: borrowing SQLColumn) throws(StoreError)
}

/// One column of the current row.
package struct SQLColumn: ~Copyable {
  private let cursor: StatementCursor
  private let index: Int32

  init(_ cursor: StatementCursor, _ index: Int32) {
    self.cursor = cursor
    self.index = index
  }

  package var isNull: Bool { cursor.kind(index) == .null }

  package func integer() throws(StoreError) -> Int64 {
    try require(.integer, "integer")
    return cursor.integer(index)
  }

  package func real() throws(StoreError) -> Double {
    // A whole number may be stored as an integer, whatever the column says.
    guard cursor.kind(index) != .integer else { return Double(cursor.integer(index)) }
    try require(.real, "double precision")
    return cursor.real(index)
  }

  package func text() throws(StoreError) -> String {
    try require(.text, "text")
    return cursor.text(index)
  }

  package func blob() throws(StoreError) -> [UInt8] {
    try require(.blob, "bytea")
    return cursor.blob(index)
  }

  package func words() throws(StoreError) -> IDWords {
    guard let words = cursor.words(index) else { throw mismatch("16 bytes") }
    return words
  }

  /// The failure to be thrown for a value that is not `expected`.
  package func mismatch(_ expected: String) -> StoreError {
    .decoding(column: Int(index), expected: expected)
  }

  private func require(_ kind: StatementCursor.Kind, _ expected: String) throws(StoreError) {
    guard cursor.kind(index) == kind else { throw mismatch(expected) }
  }
}

extension Int64: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = try column.integer() }
}

extension Int: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = Int(try column.integer()) }
}

extension Int32: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) {
    guard let value = Int32(exactly: try column.integer()) else { throw column.mismatch("integer") }
    self = value
  }
}

extension Bool: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = try column.integer() != 0 }
}

extension Double: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = try column.real() }
}

extension String: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = try column.text() }
}

extension [UInt8]: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = try column.blob() }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) {
    self = column.isNull ? nil : try Wrapped(column: column)
  }
}

extension ID: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) {
    guard let id = ID(bytes: try column.blob()) else { throw column.mismatch("16 bytes") }
    self = id
  }
}

/// The id of a record of whichever kind the column has.
extension IDWords: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) {
    self = try column.words()
  }
}

extension Author {
  /// Reads five columns: actor, on_behalf_of, request_id, address, agent.
  init(_ row: inout Row) throws(StoreError) {
    self.init(
      actor: try row.next(),
      onBehalfOf: try row.next(),
      origin: Origin(
        requestID: try row.next(),
        address: try row.next(),
        agent: try row.next()
      )
    )
  }
}

extension Timestamp: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) {
    self.init(microseconds: try column.integer())
  }
}

extension CalendarDate: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) {
    guard let date = CalendarDate(try column.text()) else { throw column.mismatch("YYYY-MM-DD") }
    self = date
  }
}

/// Whatever the column holds; a stored boolean comes back as an integer.
extension SQLValue: SQLDecodable {
  package init(column: borrowing SQLColumn) throws(StoreError) { self = column.value() }
}

extension SQLColumn {
  fileprivate func value() -> SQLValue {
    switch cursor.kind(index) {
    case .null: .null
    case .integer: .integer(cursor.integer(index))
    case .real: .real(cursor.real(index))
    case .text: .text(cursor.text(index))
    case .blob: .blob(cursor.blob(index))
    }
  }
}
