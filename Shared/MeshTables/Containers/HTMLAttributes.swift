/// The attributes of a tag.
enum HTMLAttributes {
  /// The number of an attribute such as `colspan="2"`; nil if it has none.
  static func number(_ name: String, in attributes: [UInt8]) -> Int? {
    if attributes.isEmpty { return nil }
    let text = String(decoding: attributes, as: UTF8.self).lowercased()
    guard let end = text.firstRange(of: name)?.upperBound else { return nil }
    let digits = text[end...].drop { " =\"'".contains($0) }.prefix { $0.isASCII && $0.isNumber }
    return Int(digits)
  }
}
