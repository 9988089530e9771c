import Glibc

/// The attributes of an element, as long as its handler runs.
struct XMLAttributes {
  /// Bytes of a value that are kept of it: a tag may have a MiB, and a file very many tags.
  private static let mostTextBytes = 1_024

  /// Name and value in turn, with null at the end.
  private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>

  init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>) { self.list = list }

  /// The value of an attribute, whatever its prefix.
  ///
  /// - Returns: its bytes, with zero at the end; nil if it is not there.
  func value(_ name: StaticString) -> UnsafePointer<CChar>? {
    var place = list
    while let found = place[0], let value = place[1] {
      if XMLName(found).is(name) { return value }
      place += 2
    }
    return nil
  }

  /// The value of an attribute as far as a name goes: what is longer is cut at a character.
  func text(_ name: StaticString) -> String? {
    value(name).map { value in
      var count = strnlen(value, Self.mostTextBytes)
      while count > 0, UInt8(bitPattern: value[count]) & 0xC0 == 0x80 { count -= 1 }
      let bytes = UnsafeBufferPointer(start: value, count: count)
      return String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  func number(_ name: StaticString) -> Int? { text(name).flatMap { Int($0) } }

  /// Whether an attribute says yes.
  func flag(_ name: StaticString) -> Bool {
    value(name).map { strcmp($0, "1") == 0 || strcmp($0, "true") == 0 } ?? false
  }
}
