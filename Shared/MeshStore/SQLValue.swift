package import MeshCore

/// A value that a statement binds, in the types that both engines know.
package enum SQLValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// What interpolates into `SQL` as a bound parameter.
package protocol SQLBindable {
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
  package var sqlValue: SQLValue { self }
}

extension Bool: SQLBindable {
  package var sqlValue: SQLValue { .boolean(self) }
}

extension Int: SQLBindable {
  package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int32: SQLBindable {
  package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Int64: SQLBindable {
  package var sqlValue: SQLValue { .integer(self) }
}

extension Double: SQLBindable {
  package var sqlValue: SQLValue { .real(self) }
}

extension String: SQLBindable {
  package var sqlValue: SQLValue { .text(self) }
}

extension [UInt8]: SQLBindable {
  package var sqlValue: SQLValue { .blob(self) }
}

/// Absent is NULL.
extension Optional: SQLBindable where Wrapped: SQLBindable {
  // Not by a key path: in generic code that is made anew each time.
  package var sqlValue: SQLValue { if let self { self.sqlValue } else { .null } }
}

/// The 16 bytes.
extension ID: SQLBindable {
  package var sqlValue: SQLValue { .blob(bytes) }
}

/// Microseconds since 1970, a BIGINT.
extension Timestamp: SQLBindable {
  package var sqlValue: SQLValue { .integer(microseconds) }
}

/// `YYYY-MM-DD`, a TEXT.
extension CalendarDate: SQLBindable {
  package var sqlValue: SQLValue { .text(description) }
}
