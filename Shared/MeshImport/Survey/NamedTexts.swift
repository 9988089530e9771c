import MeshCore
import MeshTables

/// The texts by which the rows of a file name others, such as their owners, with how many rows have them.
///
/// A row may name one in several columns, any of which may be the one that is found: so the texts of a row stay
/// together.
struct NamedTexts: Sendable {
  struct Entry: Sendable, Equatable {
    /// A text for each column, as it stands first in the file; empty where a row has none.
    let texts: [String]
    var rows: Int
  }

  private static let most = 200
  private static let mostBytes = 200

  private var places: [[String]: Int] = [:]
  /// In the order in which they come first; further ones are not kept.
  private(set) var entries: [Entry] = []

  /// Takes a row; texts that differ only in case, blanks or the form of their accents are one.
  ///
  /// - Parameter cells: of its columns.
  mutating func add(_ cells: [String]) {
    let texts = cells.map(Self.text)
    if texts.allSatisfy(\.isEmpty) { return }
    if let place = places[texts] {
      entries[place].rows += 1
      return
    }
    let key = texts.map { UnicodeText.folded($0) }
    let place = places[key] ?? entries.count
    if place == Self.most { return }
    if place == entries.count {
      entries.append(Entry(texts: texts, rows: 0))
      places[key] = place
    }
    if places.count < 4 * Self.most { places[texts] = place }
    entries[place].rows += 1
  }

  /// The text of a cell; empty for a placeholder.
  private static func text(_ cell: String) -> String {
    if cell.isEmpty { return "" }
    // What is cut for good cannot take long to fold.
    let text = CellText.value(cell.prefix(maxBytes: 4 * mostBytes)).cut(maxBytes: mostBytes)
    let isNone = Placeholder.isOne(text, as: .organization) || SpreadsheetDamage.of(text) == .error
    return isNone ? "" : text
  }
}
