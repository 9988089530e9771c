/// A size in bytes.
package struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let bytes: Int

  package static func bytes(_ count: Int) -> ByteCount { ByteCount(bytes: count) }
  package static func kibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 10) }
  package static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }

  /// In the largest unit that divides it: `4 MiB`, `1500 B`.
  package var description: String {
    for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")]
    where bytes != 0 && bytes & ((1 << shift) - 1) == 0 {
      return "\(bytes >> shift) \(unit)"
    }
    return "\(bytes) B"
  }

  package static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }
}
