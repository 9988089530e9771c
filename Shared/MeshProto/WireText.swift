/// Strings from the wire: valid UTF-8 without U+0000.
enum WireText {
  /// - Throws: `.invalidUTF8` or `.containsNUL` with the name of `field`.
  static func decode(
    _ bytes: UnsafeRawBufferPointer,
    _ field: StaticString
  ) throws(WireError) -> String {
    let units = bytes.assumingMemoryBound(to: UInt8.self).span
    let content = classify(bytes)
    if content.hasNUL { throw .containsNUL(field: field.description) }
    if content.isASCII {
      // Sound: every byte was seen to be below 0x80.
      return String(copying: unsafe UTF8Span(unchecked: units, isKnownASCII: true))
    }
    do {
      return String(copying: try UTF8Span(validating: units))
    } catch {
      throw .invalidUTF8(field: field.description)
    }
  }

  /// Looks at every byte once, eight at a time.
  @inline(__always)
  private static func classify(
    _ bytes: UnsafeRawBufferPointer
  ) -> (hasNUL: Bool, isASCII: Bool) {
    let low: UInt64 = 0x0101_0101_0101_0101
    let high: UInt64 = 0x8080_8080_8080_8080
    var seen: UInt64 = 0
    var zeros: UInt64 = 0
    var offset = 0
    while offset + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      seen |= word
      // Not 0 exactly if a byte of the word is 0.
      zeros |= (word &- low) & ~word & high
      offset += 8
    }
    while offset < bytes.count {
      let byte = bytes[offset]
      seen |= UInt64(byte)
      if byte == 0 { zeros = 1 }
      offset += 1
    }
    return (zeros != 0, seen & high == 0)
  }
}
