import MeshCore

/// The different values of a column, with how many rows have each.
package struct DistinctValues: Sendable {
  package struct Entry: Hashable, Sendable {
    /// As it stands first in the file.
    package let text: String
    package var rows: Int
  }

  private let most: Int
  private let mostBytes: Int
  private var places: [String: Int] = [:]
  /// In the order in which they come first.
  package private(set) var entries: [Entry] = []
  /// Rows whose value is another than the entries, as there were too many of them.
  package private(set) var others = 0

  /// - Parameters:
  ///   - most: how many are kept.
  ///   - mostBytes: of a value; longer ones are cut.
  package init(most: Int = 200, mostBytes: Int = 200) {
    self.most = most
    self.mostBytes = mostBytes
  }

  /// Values that differ only in case, blanks or the form of their accents are one.
  package mutating func add(_ text: String) {
    // What is cut for good cannot take long to fold.
    let value = CellText.value(text.prefix(maxBytes: 4 * mostBytes)).cut(maxBytes: mostBytes)
    if let place = places[value] {
      entries[place].rows += 1
      return
    }
    if CellReading<String>.noValue(in: value) != nil { return }
    let key = UnicodeText.folded(value)
    guard let place = places[key] else {
      guard entries.count < most else {
        others += 1
        return
      }
      places[key] = entries.count
      if places.count < 4 * most { places[value] = entries.count }
      entries.append(Entry(text: value, rows: 1))
      return
    }
    entries[place].rows += 1
    if places.count < 4 * most { places[value] = place }
  }

  /// The commonest first.
  package var byRows: [Entry] {
    entries.enumerated().sorted { left, right in
      (right.element.rows, left.offset) < (left.element.rows, right.offset)
    }
    .map(\.element)
  }
}
