/// The attributes of a tag.
enum HTMLAttributes {
  /// The number of an attribute such as `colspan="2"`; nil if it has none.
  ///
  /// - Parameters:
  ///   - name: in lower case.
  ///   - attributes: all of the tag's, as they are written.
  /// - Returns: the number, or nil.
  static func number(_ name: StaticString, in attributes: ArraySlice<UInt8>) -> Int? {
    name.withUTF8Buffer { name in
      var rest = attributes
      while rest.count > name.count {
        if rest.prefix(name.count).elementsEqual(name, by: { $0 | 0x20 == $1 }) {
          let value = rest.dropFirst(name.count).drop { " =\"'".utf8.contains($0) }
          let digits = value.prefix(9).prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
          return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        rest = rest.dropFirst()
      }
      return nil
    }
  }
}
