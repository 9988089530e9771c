/// Finds the name that a person probably meant.
package struct Spelling: Sendable {
  private let names: [(name: String, folded: [UInt8])]

  package init(_ names: [String]) { self.names = names.map { ($0, Self.folded($0)) } }

  /// The nearest of the names; nil when none is near.
  ///
  /// Case and underscores count for nothing, so `createTime` finds `create_time`.
  func nearest(to name: String) -> String? {
    let wanted = Self.folded(name)
    let allowed = max(1, (wanted.count + 1) / 3)
    var table = BoundedDistance()
    var near: [(name: String, distance: Int)] = []
    for (name, folded) in names {
      if let distance = table.distance(folded, wanted, atMost: allowed) {
        near.append((name, distance))
      }
    }
    return near.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
  }

  /// The only one of the names that is a slip away; nil when none is, or several are.
  ///
  /// A slip is one letter, or two of eight or more.
  package func only(near name: String) -> String? {
    let wanted = Self.folded(name)
    let allowed = wanted.count < 8 ? 1 : 2
    var table = BoundedDistance()
    let near = names.filter { table.distance($0.folded, wanted, atMost: allowed) != nil }
    return Set(near.map(\.name)).count == 1 ? near.first?.name : nil
  }

  private static func folded(_ name: String) -> [UInt8] {
    name.utf8.lazy.filter { $0 != UInt8(ascii: "_") }.map { byte in
      byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte + 32 : byte
    }
  }
}

/// Levenshtein's distance within a bound, which takes time in proportion to the bound rather than to the longer text.
struct BoundedDistance {
  /// How many places of tables were computed so far: at most `2 * most + 1` for each byte of the first text.
  private(set) var places = 0

  /// - Returns: nil for a distance of more than `most`.
  mutating func distance(_ left: [UInt8], _ right: [UInt8], atMost most: Int) -> Int? {
    guard abs(left.count - right.count) <= most else { return nil }
    let far = most + 1
    var row = (0...right.count).map { min($0, far) }
    for (index, byte) in left.enumerated() {
      // Places further from the diagonal are too far in any case.
      let first = max(1, index + 1 - most)
      let last = min(right.count, index + 1 + most)
      var diagonal = row[first - 1]
      row[first - 1] = first == 1 ? min(index + 1, far) : far
      var nearest = row[first - 1]
      for place in first..<max(first, last + 1) {
        let substituted = diagonal + (byte == right[place - 1] ? 0 : 1)
        diagonal = row[place]
        row[place] = min(substituted, row[place] + 1, row[place - 1] + 1, far)
        nearest = min(nearest, row[place])
        places += 1
      }
      if nearest > most { return nil }
    }
    return row[right.count] <= most ? row[right.count] : nil
  }
}
