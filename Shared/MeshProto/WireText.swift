/// Strings from the wire: valid UTF-8 without U+0000.
enum WireText {
  /// - Throws: `.invalidUTF8` or `.containsNUL` with the name of `field`.
  static func decode(
    _ bytes: UnsafeRawBufferPointer,
    _ field: StaticString
  ) throws(WireError) -> String {
    if hasZero(bytes) { throw .containsNUL(field: field.description) }
    do {
      let units = bytes.assumingMemoryBound(to: UInt8.self)
      return String(copying: try UTF8Span(validating: units.span))
    } catch {
      throw .invalidUTF8(field: field.description)
    }
  }

  /// Whether a byte is 0, eight bytes at a time.
  private static func hasZero(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      // Sets the top bit of a byte that is 0, and only there when no lower byte is 0.
      if (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080 != 0 { return true }
      offset += 8
    }
    while offset < bytes.count {
      if bytes[offset] == 0 { return true }
      offset += 1
    }
    return false
  }
}
