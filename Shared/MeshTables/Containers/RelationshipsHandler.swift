/// Reads which files belong to a part of a package (ECMA-376, part 2, clause 6.5).
final class RelationshipsHandler: XMLHandler {
  struct Relationship {
    let id: String
    /// The last word of its type: `worksheet`.
    let type: Substring
    let target: String
  }

  private static let mostRelationships = 10_000

  private(set) var found: [Relationship] = []

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    guard name.is("Relationship"), !attributes.isExternal else { return }
    guard found.count < Self.mostRelationships else { throw ContainerFault.malformed(.workbook) }
    let type = attributes.text("Type") ?? ""
    found.append(
      Relationship(
        id: attributes.text("Id") ?? "",
        type: type.split(separator: "/").last ?? "",
        target: attributes.text("Target") ?? ""
      )
    )
  }

  func end(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

  /// The path in the archive of a file that another one names.
  ///
  /// - Parameters:
  ///   - target: as the relationship has it: absolute, or relative to the other file's folder.
  ///   - source: the other file's path.
  /// - Returns: the path, without a slash in front.
  static func path(_ target: String, from source: String) -> String {
    let plain = target.replacing("\\", with: "/")
    var parts = plain.hasPrefix("/") ? [] : source.split(separator: "/").dropLast()
    for part in plain.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

extension XMLAttributes {
  /// Whether a relationship leads out of the package; nothing is ever fetched.
  fileprivate var isExternal: Bool { text("TargetMode") == "External" }
}
