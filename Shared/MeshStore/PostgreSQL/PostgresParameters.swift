import CPostgreSQL

/// The values of a statement in the binary form that its parameters' types have.
struct PostgresParameters {
  private var bytes: [UInt8] = []
  /// Where each value lies in `bytes`; nil for NULL.
  private var ranges: [Range<Int>?] = []

  /// - Parameters:
  ///   - values: in the order of the parameters.
  ///   - types: of the parameters; each takes its value.
  init(_ values: [SQLValue], _ types: [Oid]) {
    ranges.reserveCapacity(values.count)
    for (value, type) in zip(values, types) {
      let start = bytes.count
      if value == .null {
        ranges.append(nil)
      } else {
        append(value, type)
        ranges.append(start..<bytes.count)
      }
    }
  }

  private mutating func append(_ value: SQLValue, _ type: Oid) {
    switch value {
    case .null: break
    case .boolean(let value) where type == PostgresType.bool: bytes.append(value ? 1 : 0)
    case .boolean(let value): append(Int64(value ? 1 : 0), type)
    case .integer(let value): append(value, type)
    case .real(let value): append(value.bitPattern)
    case .text(let value): bytes.append(contentsOf: value.utf8)
    case .blob(let value): bytes.append(contentsOf: value)
    }
  }

  private mutating func append(_ value: Int64, _ type: Oid) {
    switch type {
    case PostgresType.bool: bytes.append(value == 0 ? 0 : 1)
    case PostgresType.int2: append(Int16(clamping: value))
    case PostgresType.int4: append(Int32(clamping: value))
    case PostgresType.float8: append(Double(value).bitPattern)
    default: append(value)
    }
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Calls `body` with what libpq takes: the values, their lengths and their forms.
  func withPointers<T>(
    _ body: (
      _ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]
    ) -> T
  ) -> T {
    // A value of no bytes must have an address all the same, or it is NULL.
    let padded = bytes + [0]
    return padded.withUnsafeBytes { buffer in
      let base = buffer.bindMemory(to: CChar.self).baseAddress
      return body(
        ranges.map { range in range.flatMap { base?.advanced(by: $0.lowerBound) } },
        ranges.map { Int32($0?.count ?? 0) },
        [Int32](repeating: 1, count: ranges.count)
      )
    }
  }

  /// The type that a value is sent as where nothing else is known.
  static func type(of value: SQLValue) -> Oid {
    switch value {
    case .null: PostgresType.unknown
    case .boolean: PostgresType.bool
    case .integer: PostgresType.int8
    case .real: PostgresType.float8
    case .text: PostgresType.text
    case .blob: PostgresType.bytea
    }
  }

  /// Whether a parameter of that type takes the value.
  static func takes(_ type: Oid, _ value: SQLValue) -> Bool {
    switch (value, type) {
    case (.null, _): true
    case (.boolean, PostgresType.bool): true
    case (.boolean, _): false
    case (.integer(let value), PostgresType.int4): Int32(exactly: value) != nil
    case (.integer(let value), PostgresType.int2): Int16(exactly: value) != nil
    case (.integer, PostgresType.int8): true
    case (.integer, _): false
    case (.real, _): type == PostgresType.float8
    case (.text, _): type == PostgresType.text
    case (.blob, _): type == PostgresType.bytea
    }
  }
}
