import CPostgreSQL

/// A row of a PostgreSQL result whose columns are in binary form.
///
/// Forms are those of the types' send functions: whole numbers big-endian, texts in UTF-8.
struct PostgresRow {
  private let result: OpaquePointer
  private let row: Int32

  init(_ result: OpaquePointer, row: Int32) {
    self.result = result
    self.row = row
  }

  var columnCount: Int32 { PQnfields(result) }

  func kind(_ column: Int32) -> StatementCursor.Kind {
    if PQgetisnull(result, row, column) != 0 { return .null }
    switch PQftype(result, column) {
    case PostgresType.bool, PostgresType.int2, PostgresType.int4, PostgresType.int8: return .integer
    case PostgresType.float4, PostgresType.float8: return .real
    case PostgresType.numeric: return numeric(column).map { _ in .integer } ?? .real
    case PostgresType.bytea: return .blob
    default: return .text
    }
  }

  func integer(_ column: Int32) -> Int64 {
    let bytes = bytes(column)
    return switch (PQftype(result, column), bytes.count) {
    case (PostgresType.numeric, _): numeric(column) ?? 0
    case (_, 1): Int64(bytes[0])
    case (_, 2): Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
    case (_, 4): Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
    case (_, 8): Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
    default: 0
    }
  }

  func real(_ column: Int32) -> Double {
    let bytes = bytes(column)
    return switch (PQftype(result, column), bytes.count) {
    case (PostgresType.numeric, _): PostgresNumeric(bytes)?.double ?? 0
    case (_, 4):
      Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
    case (_, 8): Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
    default: 0
    }
  }

  func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: PQgetvalue(result, row, column),
      count: Int(PQgetlength(result, row, column))
    )
  }

  private func numeric(_ column: Int32) -> Int64? { PostgresNumeric(bytes(column))?.integer }
}

/// The numbers of the types that the store uses, as in `pg_type.oid`.
enum PostgresType {
  static let unknown: Oid = 0
  static let bool: Oid = 16
  static let bytea: Oid = 17
  static let int8: Oid = 20
  static let int2: Oid = 21
  static let int4: Oid = 23
  static let text: Oid = 25
  static let float4: Oid = 700
  static let float8: Oid = 701
  static let numeric: Oid = 1700
}

/// A NUMERIC, which is what the sum of BIGINTs is, in binary form: digits to the base 10,000.
struct PostgresNumeric {
  private let digits: [Int64]
  /// The power of 10,000 of the first digit.
  private let weight: Int
  private let isNegative: Bool

  init?(_ bytes: UnsafeRawBufferPointer) {
    func word(_ index: Int) -> Int16 {
      Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2 * index, as: Int16.self))
    }
    guard bytes.count >= 8, bytes.count >= 8 + 2 * Int(max(0, word(0))) else { return nil }
    // Beside the two signs there are NaN and the infinities.
    let sign = UInt16(bitPattern: word(2))
    guard sign == 0 || sign == 0x4000 else { return nil }
    digits = (0..<Int(word(0))).map { Int64(word(4 + $0)) }
    weight = Int(word(1))
    isNegative = sign != 0
  }

  /// The number, if it is whole and fits.
  var integer: Int64? {
    guard weight < 5, digits.dropFirst(max(0, weight + 1)).allSatisfy({ $0 == 0 }) else {
      return nil
    }
    var sum: Int64 = 0
    for place in 0..<max(0, weight + 1) {
      let digit = place < digits.count ? digits[place] : 0
      let (product, overflows) = sum.multipliedReportingOverflow(by: 10_000)
      let (next, overflowsToo) =
        isNegative
        ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
      if overflows || overflowsToo { return nil }
      sum = next
    }
    return sum
  }

  var double: Double {
    var sum = 0.0
    for digit in digits { sum = sum * 10_000 + Double(digit) }
    for _ in 0..<abs(weight - digits.count + 1) {
      sum = weight >= digits.count - 1 ? sum * 10_000 : sum / 10_000
    }
    return isNegative ? -sum : sum
  }
}
