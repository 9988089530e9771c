/// How names of the proto language are written in Swift.
enum SwiftNames {
  /// `owner_id` as `ownerId`.
  static func lowerCamelCase(_ name: String) -> String {
    let words = name.split(separator: "_")
    let first = words.first.map { String($0) } ?? name
    return words.dropFirst().reduce(first) { $0 + capitalized($1) }
  }

  /// `contact_method` as `ContactMethod`.
  static func upperCamelCase(_ name: String) -> String {
    name.split(separator: "_").reduce("") { $0 + capitalized($1) }
  }

  /// `CreateLead` as `createLead`.
  static func methodName(_ name: String) -> String {
    escaped(name.prefix(1).lowercased() + name.dropFirst())
  }

  /// A field's property.
  static func property(_ name: String) -> String { escaped(lowerCamelCase(name)) }

  /// `CALLER_CLASS_MEMBER` of `CallerClass` as `member`.
  static func enumCase(_ value: String, of type: String) -> String {
    let prefix = screamingSnakeCase(type) + "_"
    let bare = value.hasPrefix(prefix) ? String(value.dropFirst(prefix.count)) : value
    let startsWithLetter = bare.first.map { $0.isLetter } ?? false
    return escaped(lowerCamelCase((startsWithLetter ? bare : value).lowercased()))
  }

  /// `CallerClass` as `CALLER_CLASS`; a run of capitals is one word.
  static func screamingSnakeCase(_ name: String) -> String {
    let letters = Array(name)
    var result = ""
    for (index, letter) in letters.enumerated() {
      let beginsWord =
        letter.isUppercase && index > 0
        && (!letters[index - 1].isUppercase
          || (index + 1 < letters.count && letters[index + 1].isLowercase))
      if beginsWord { result += "_" }
      result += letter.uppercased()
    }
    return result
  }

  /// A message's or enum's type; what would hide a type that generated code uses gets a suffix.
  static func type(_ name: String) -> String {
    hidden.contains(name) ? name + "Message" : name
  }

  /// The well-known types stand under their own names, among them Any, a keyword.
  static func wellKnown(_ name: String) -> String { name == "Any" ? "`Any`" : name }

  private static func capitalized(_ word: Substring) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private static func escaped(_ name: String) -> String {
    unusable.contains(name) ? name + "_" : keywords.contains(name) ? "`\(name)`" : name
  }

  private static let hidden: Set<String> = [
    "Any", "Array", "Bool", "Dictionary", "Double", "Equatable", "Float", "Int32", "Int64",
    "Optional", "Protocol", "Self", "Sendable", "String", "Type", "UInt32", "UInt64", "UInt8",
  ]

  /// What Swift refuses even in backticks, or what every message has.
  private static let unusable: Set<String> = ["init", "self", "unknownFields"]

  private static let keywords: Set<String> = [
    "as", "associatedtype", "borrowing", "break", "case", "catch", "class", "consuming", "continue",
    "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "for", "func", "guard", "if", "import", "in", "indirect", "inout",
    "internal", "is", "let", "nil", "operator", "package", "precedencegroup", "private", "protocol",
    "public", "repeat", "rethrows", "return", "static", "struct", "subscript", "super",
    "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}
