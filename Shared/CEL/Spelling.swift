/// Finds the name that a person probably meant.
package struct Spelling: Sendable {
  private let names: [String]

  package init(_ names: [String]) { self.names = names }

  /// The nearest of the names; nil when none is near.
  ///
  /// Case and underscores count for nothing, so `createTime` finds `create_time`.
  func nearest(to name: String) -> String? {
    let wanted = Self.folded(name)
    let allowed = max(1, (wanted.count + 1) / 3)
    return
      names
      .map { (name: $0, distance: Self.distance(Self.folded($0), wanted)) }
      .filter { $0.distance <= allowed }
      .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?
      .name
  }

  /// The only one of the names that is a slip away; nil when none is, or several are.
  ///
  /// A slip is one letter, or two of eight or more.
  package func only(near name: String) -> String? {
    let wanted = Self.folded(name)
    let allowed = wanted.count < 8 ? 1 : 2
    let near = names.filter { each in
      let folded = Self.folded(each)
      return abs(folded.count - wanted.count) <= allowed
        && Self.distance(folded, wanted) <= allowed
    }
    return Set(near).count == 1 ? near.first : nil
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.lazy.filter { $0 != UInt8(ascii: "_") }.map { byte in
      byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 32 : byte
    }
  }

  /// Levenshtein's distance.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    guard abs(left.count - right.count) <= max(left.count, right.count) / 3 + 1 else { return .max }
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let substituted = diagonal + (byte == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(substituted, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
