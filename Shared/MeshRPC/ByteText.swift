import Glibc

// Comparing what came in with names that are known. The standard library compares sequences byte by
// byte, which added a tenth to the instructions of a call.
extension UnsafeRawBufferPointer {
  func isSame(as text: String) -> Bool {
    text.utf8.count == count && hasPrefix(text)
  }

  func hasPrefix(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { wanted in
      guard wanted.count <= count, let here = baseAddress, let there = wanted.baseAddress else {
        return wanted.isEmpty
      }
      return memcmp(here, there, wanted.count) == 0
    }
  }
}
