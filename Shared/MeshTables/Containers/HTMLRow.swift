/// The row of a table of a web page that is being read, and cells of earlier rows that reach into it.
struct HTMLRow {
  private static let mostColumns = 16_384
  /// Columns that one cell may take.
  private static let mostSpanned = 1_000

  /// Bytes of a row beyond which its texts are no longer kept.
  static let mostBytes = 16 << 20

  private(set) var isOpen = false
  /// Bytes of the row's texts, kept or not.
  private(set) var bytes = 0
  private var cells: [String] = []
  private var cell: [UInt8] = []
  /// How many columns and rows the open cell takes; nil between cells.
  private var span: (columns: Int, rows: Int)?
  /// Cells that reach down, by column: their text, and the last row that they reach; row 0 for none.
  private var reaching: [(text: String, last: Int)] = []
  /// The columns down to the last with a text that may reach down.
  private var reachedColumns = 0
  /// The number of the row, from 1.
  private var number = 0
  /// Cells that are there only as others take several columns or rows.
  private var spread = 0

  mutating func begin() {
    isOpen = true
    number += 1
    bytes = 0
    cells = []
    span = nil
  }

  mutating func add(_ bytes: ArraySlice<UInt8>, limit: Int) {
    guard span != nil, cell.count < limit else { return }
    cell.append(contentsOf: bytes.prefix(limit - cell.count))
  }

  mutating func beginCell(columns: Int, rows: Int, _ encoding: NamedEncoding) {
    endCell(encoding)
    cell.removeAll(keepingCapacity: true)
    span = (min(max(columns, 1), Self.mostSpanned), min(max(rows, 1), 65_534))
  }

  mutating func endCell(_ encoding: NamedEncoding) {
    guard let span else { return }
    self.span = nil
    fillReached()
    guard cells.count < Self.mostColumns else { return }
    let text = kept(HTMLText.shown(encoding.bytes(cell)))
    let last = number + span.rows - 1
    for place in 0..<min(span.columns, Self.mostColumns - cells.count) {
      // A cell that takes several columns has its text in the first, and one of several rows in each.
      let own = place == 0 ? text : ""
      if span.rows > 1 { reach(down: own, to: last) }
      cells.append(own)
      if place > 0 { spread += 1 }
    }
  }

  /// Ends the row.
  ///
  /// - Returns: its cells down to the last that is not empty.
  mutating func end(_ encoding: NamedEncoding) -> [String] {
    endCell(encoding)
    isOpen = false
    while reachedColumns > 0,
      reaching[reachedColumns - 1].last < number || reaching[reachedColumns - 1].text.isEmpty
    { reachedColumns -= 1 }
    while cells.count < reachedColumns {
      if isReached(cells.count) {
        fillReached()
      } else {
        cells.append("")
        spread += 1
      }
    }
    while cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }

  /// How many cells are there only as others take several columns or rows, since it was asked last.
  mutating func takeSpread() -> Int {
    defer { spread = 0 }
    return spread
  }

  /// Has a cell at the place of the next one reach down to a row.
  private mutating func reach(down text: String, to last: Int) {
    let column = cells.count
    while reaching.count <= column { reaching.append(("", 0)) }
    reaching[column] = (text, last)
    if !text.isEmpty { reachedColumns = max(reachedColumns, column + 1) }
  }

  /// Whether a cell of an earlier row is in a column of this one.
  private func isReached(_ column: Int) -> Bool {
    column < reaching.count && reaching[column].last >= number
  }

  /// Puts cells of earlier rows where the next cell would be.
  private mutating func fillReached() {
    while isReached(cells.count) {
      cells.append(kept(reaching[cells.count].text))
      spread += 1
    }
  }

  private mutating func kept(_ text: String) -> String {
    bytes += text.utf8.count
    return bytes <= Self.mostBytes ? text : ""
  }
}
