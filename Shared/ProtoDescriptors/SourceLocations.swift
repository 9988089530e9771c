/// Where the elements of a file stand in its text, and the comments before them.
///
/// An element is named by its path in FileDescriptorProto: field number and index, level by level.
struct SourceLocations {
  private var locations: [[Int]: SourceLocation] = [:]

  init(_ info: ProtoFields?) {
    guard let info else { return }
    for location in info.messages(1) {
      let span = location.integers(2)
      locations[location.integers(1)] = SourceLocation(
        line: (span.first ?? 0) + 1,
        comment: Self.clean(location.text(3))
      )
    }
  }

  subscript(path: [Int]) -> SourceLocation {
    locations[path] ?? SourceLocation(line: 1, comment: "")
  }

  /// A comment without the space after each `//` and without empty lines around it.
  private static func clean(_ comment: String) -> String {
    comment.split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in line.first == " " ? line.dropFirst() : line }
      .joined(separator: "\n")
      .trimmingNewlines()
  }
}

/// Where an element begins, and the comment before it.
package struct SourceLocation: Sendable, Equatable {
  /// From 1.
  package let line: Int
  /// Empty when there is none.
  package let comment: String
}

extension String {
  fileprivate func trimmingNewlines() -> String {
    var text = self[...]
    while text.first == "\n" { text.removeFirst() }
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
