import Glibc

// CEL compares text by code points. Swift's own `==`, `<` and `hasPrefix` follow canonical
// equivalence, by which "é" typed in two ways is one text; a database would not agree. Valid UTF-8
// sorts and matches bytewise exactly as its code points do, so these work on the bytes.

extension String {
  func hasSameCodePoints(as other: String) -> Bool {
    utf8.count == other.utf8.count && withBytes(of: other) { $0.isEqual(to: $1) }
  }

  func codePointOrder(to other: String) -> ValueOrder {
    withBytes(of: other) { left, right in
      let shared = min(left.count, right.count)
      guard shared > 0, let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
        return ValueOrder(comparing: left.count, right.count)
      }
      let order = memcmp(leftStart, rightStart, shared)
      return order == 0
        ? ValueOrder(comparing: left.count, right.count) : ValueOrder(comparing: order, 0)
    }
  }

  func startsWithCodePoints(of prefix: String) -> Bool {
    withBytes(of: prefix) { text, prefix in
      UnsafeBufferPointer(rebasing: text.prefix(prefix.count)).isEqual(to: prefix)
    }
  }

  func endsWithCodePoints(of suffix: String) -> Bool {
    withBytes(of: suffix) { text, suffix in
      UnsafeBufferPointer(rebasing: text.suffix(suffix.count)).isEqual(to: suffix)
    }
  }

  func containsCodePoints(of part: String) -> Bool {
    withBytes(of: part) { text, part in
      guard let first = part.first else { return true }
      var rest = text[...]
      while rest.count >= part.count, let start = rest.firstIndex(of: first) {
        rest = rest[start...]
        if UnsafeBufferPointer(rebasing: rest.prefix(part.count)).isEqual(to: part) { return true }
        rest = rest.dropFirst()
      }
      return false
    }
  }

  private func withBytes<T>(
    of other: String,
    _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> T
  ) -> T {
    var left = self
    var right = other
    return left.withUTF8 { left in right.withUTF8 { right in body(left, right) } }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func isEqual(to other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard let start = baseAddress, let otherStart = other.baseAddress else { return true }
    return memcmp(start, otherStart, count) == 0
  }
}
