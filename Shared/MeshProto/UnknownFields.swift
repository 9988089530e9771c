/// Fields that the reader's proto does not have, as they came on the wire.
package struct UnknownFields: Sendable, Hashable {
  /// Tags and values in their order of arrival.
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var isEmpty: Bool { bytes.isEmpty }

  mutating func append(tag: UInt32, value: UnsafeRawBufferPointer) {
    var rest = tag
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
    bytes.append(contentsOf: value)
  }
}
