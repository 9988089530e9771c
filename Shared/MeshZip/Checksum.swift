import CZlib

/// The CRC-32 of bytes, by which gzip files and zip archives find what was altered.
package struct Checksum: Sendable {
  package private(set) var value: UInt32 = 0

  package init() {}

  /// Adds the bytes that follow.
  package mutating func add(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    value = UInt32(truncatingIfNeeded: crc32_z(UInt(value), bytes, bytes.count))
  }
}
