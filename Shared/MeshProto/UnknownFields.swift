/// Fields that the reader's proto does not have, as they came on the wire.
package struct UnknownFields: Sendable, Hashable {
  /// Tags and values in their order of arrival.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty }

  /// The fields whose tags `isHidden` does not name.
  func dropping(_ isHidden: (UInt32) -> Bool) -> UnknownFields {
    var kept = UnknownFields()
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      var reader = WireReader(start: start, count: bytes.count, depth: 100)
      // They were read once, so they can be read again.
      while let tag = try? reader.nextTag(), tag != 0 {
        var field = UnknownFields()
        guard (try? reader.unknown(tag, into: &field)) != nil else { return }
        if !isHidden(tag) { kept.bytes += field.bytes }
      }
    }
    return kept
  }

  mutating func append(tag: UInt32, value: UnsafeRawBufferPointer) {
    var rest = tag
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
    bytes.append(contentsOf: value)
  }

  /// Appends a field of a length and as many bytes.
  mutating func append(tag: UInt32, delimited value: UnsafeRawBufferPointer) {
    var length: [UInt8] = []
    var rest = value.count
    while rest >= 0x80 {
      length.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    length.append(UInt8(truncatingIfNeeded: rest))
    (length + value).withUnsafeBytes { append(tag: tag, value: $0) }
  }
}
