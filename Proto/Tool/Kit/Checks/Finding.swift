import ProtoDescriptors

/// A rule that a proto breaks, and where.
package struct Finding: Equatable, CustomStringConvertible {
  /// `leadmesh/leads/v1/lead.proto`.
  package let file: String
  /// From 1.
  package let line: Int
  /// What is wrong, the element named first.
  package let message: String

  package var description: String { "\(file):\(line): \(message)" }
}

/// Findings gathered while walking over one file.
struct Findings {
  let file: String
  private(set) var all: [Finding] = []

  init(file: String) {
    self.file = file
  }

  /// Notes a finding unless `rule` holds.
  mutating func require(
    _ rule: Bool,
    _ location: SourceLocation,
    _ message: @autoclosure () -> String
  ) {
    if !rule { all.append(Finding(file: file, line: location.line, message: message())) }
  }

  mutating func requireComment(_ location: SourceLocation, _ element: String) {
    require(!location.comment.isEmpty, location, "\(element) has no comment")
  }
}

/// The forms names take in protos.
enum ProtoNames {
  /// `ScoringRule` is `scoring_rule`.
  static func snakeCase(_ name: String) -> String {
    SwiftNames.screamingSnakeCase(name).lowercased()
  }

  /// `ScoringRule` is `scoring rule`.
  static func words(_ name: String) -> String {
    snakeCase(name).split(separator: "_").joined(separator: " ")
  }

  /// `company` is `companies`, `status` is `statuses`.
  static func plural(_ name: String) -> String {
    let vowels = "aeiou"
    if name.hasSuffix("y"), let before = name.dropLast().last, !vowels.contains(before) {
      return name.dropLast() + "ies"
    }
    let sibilants = ["s", "x", "ch", "sh"]
    return name + (sibilants.contains { name.hasSuffix($0) } ? "es" : "s")
  }

  static func isSnakeCase(_ name: String) -> Bool {
    isWord(name, first: \.isLowercaseLetter) { $0.isLowercaseLetter || $0.isDigit || $0 == "_" }
      && !name.contains("__") && !name.hasSuffix("_")
  }

  static func isPascalCase(_ name: String) -> Bool {
    isWord(name, first: \.isUppercaseLetter) {
      $0.isLowercaseLetter || $0.isUppercaseLetter || $0.isDigit
    }
  }

  static func isScreamingSnakeCase(_ name: String) -> Bool {
    isWord(name, first: \.isUppercaseLetter) { $0.isUppercaseLetter || $0.isDigit || $0 == "_" }
      && !name.contains("__") && !name.hasSuffix("_")
  }

  /// `v1`, `v2beta1`.
  static func isVersion(_ name: some StringProtocol) -> Bool {
    guard name.first == "v" else { return false }
    let rest = name.dropFirst()
    let major = rest.prefix { $0.isDigit }
    let stage = rest.dropFirst(major.count)
    if major.isEmpty || major.first == "0" { return false }
    return stage.isEmpty
      || ["alpha", "beta"].contains { word in
        let number = stage.dropFirst(word.count)
        return stage.hasPrefix(word) && !number.isEmpty && number.allSatisfy { $0.isDigit }
      }
  }

  private static func isWord(
    _ name: String,
    first: (Character) -> Bool,
    rest: (Character) -> Bool
  ) -> Bool {
    guard let head = name.first else { return false }
    return first(head) && name.allSatisfy(rest)
  }
}

extension Character {
  fileprivate var isLowercaseLetter: Bool { ("a"..."z").contains(self) }
  fileprivate var isUppercaseLetter: Bool { ("A"..."Z").contains(self) }
  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}
