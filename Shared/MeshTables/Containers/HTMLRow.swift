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
  /// Cells that reach down, by column: their text, and for how many rows more.
  private var reaching: [Int: (text: String, rows: Int)] = [:]

  mutating func begin() {
    isOpen = true
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
    for place in 0..<min(span.columns, Self.mostColumns - cells.count) {
      // A cell that takes several columns has its text in the first, and one of several rows in each.
      let own = place == 0 ? text : ""
      if span.rows > 1 { reaching[cells.count] = (own, span.rows - 1) }
      cells.append(own)
    }
  }

  /// Ends the row.
  ///
  /// - Returns: its cells down to the last that is not empty.
  mutating func end(_ encoding: NamedEncoding) -> [String] {
    endCell(encoding)
    isOpen = false
    if let last = reaching.keys.max() {
      while cells.count <= last {
        if reaching[cells.count] == nil { cells.append("") } else { fillReached() }
      }
    }
    while cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }

  /// Puts cells of earlier rows where the next cell would be.
  private mutating func fillReached() {
    while let above = reaching[cells.count] {
      reaching[cells.count] = above.rows > 1 ? (above.text, above.rows - 1) : nil
      cells.append(kept(above.text))
    }
  }

  private mutating func kept(_ text: String) -> String {
    bytes += text.utf8.count
    return bytes <= Self.mostBytes ? text : ""
  }
}
