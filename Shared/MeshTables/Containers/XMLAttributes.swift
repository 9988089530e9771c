import Glibc

/// The attributes of an element, as long as its handler runs.
struct XMLAttributes {
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

  func text(_ name: StaticString) -> String? { value(name).map { String(cString: $0) } }

  func number(_ name: StaticString) -> Int? { value(name).flatMap { Int(String(cString: $0)) } }

  /// Whether an attribute says yes.
  func flag(_ name: StaticString) -> Bool {
    value(name).map { strcmp($0, "1") == 0 || strcmp($0, "true") == 0 } ?? false
  }
}
