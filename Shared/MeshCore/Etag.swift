/// The version of a resource as clients see it: they send it back to change only what they have read.
///
/// A resource begins at version 1 and each change adds one. The text is the version in base 36.
package struct Etag: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let version: Int64

  package init(version: Int64) { self.version = version }

  /// Reads what a client sent; a text that no resource ever had reads as one that matches none.
  package init(_ text: String) {
    version = text.utf8.count <= 13 ? Int64(text, radix: 36) ?? -1 : -1
  }

  /// What a request says of the version that it is for; nil when it says nothing.
  package init?(sent text: String) {
    if text.isEmpty { return nil }
    self.init(text)
  }

  /// The version after this one.
  package var next: Etag { Etag(version: version &+ 1) }

  package var description: String { String(version, radix: 36) }

  package static func < (left: Etag, right: Etag) -> Bool { left.version < right.version }
}
