/// Makes rows of the pieces of a web page.
struct HTMLRows {
  /// Which table is read.
  enum Choice: Equatable {
    /// None: tables are only counted.
    case none
    /// The table with that number, among those that have rows of several cells.
    case number(Int)
    /// One of a single column.
    case narrow
  }

  /// A table of which it is not yet known whether it is the one.
  private struct Candidate {
    var rows: [[String]] = []
    var bytes = 0
    var row: HTMLRow?
    /// Its place among those that have rows of several cells.
    var number: Int?
  }

  /// Rows of one cell after which a table is the one all the same.
  private static let mostRowsBefore = 100
  private static let mostBytesBefore = 1 << 20
  private static let mostNested = 100
  private static let mostTables = 10_000

  private let choice: Choice
  private let encoding: NamedEncoding
  private let limits: ContainerLimits
  private var output: TableOutput
  /// The tables that are open, the innermost last; once one is chosen, that one alone.
  private var open: [Candidate] = []
  /// Tables in the chosen one.
  private var nested = 0
  private var isChosen = false
  private var isOver = false
  /// Cells that are there only as others take several columns or rows.
  private var spread = 0
  /// The first table of a single column.
  private var narrow: [[String]] = []
  /// The cells in rows of several, of each table that has such rows, in the order of the first such row.
  private(set) var cells: [Int] = []

  init(
    _ choice: Choice,
    _ encoding: NamedEncoding,
    _ limits: ContainerLimits,
    _ output: TableOutput
  ) {
    self.choice = choice
    self.encoding = encoding
    self.limits = limits
    self.output = output
  }

  mutating func add(_ piece: HTMLPiece) throws {
    if isOver { return }
    switch piece {
    case .text(let bytes): addText(bytes)
    case .start(let tag, let attributes): try start(tag, attributes)
    case .end(let tag): try end(tag)
    }
  }

  /// Ends the page.
  ///
  /// - Returns: whether there was a table with a value.
  mutating func finish() throws -> Bool {
    while !isOver, !open.isEmpty { try endTable() }
    if output.rows == 0, choice == .narrow { for row in narrow { try output.row(row) } }
    return output.hasValues
  }

  private mutating func addText(_ bytes: ArraySlice<UInt8>) {
    guard !open.isEmpty else { return }
    open[open.count - 1].row?.add(bytes, limit: limits.cellBytes)
  }

  private mutating func start(_ tag: HTMLTag, _ attributes: ArraySlice<UInt8>) throws {
    if tag != .cell && tag != .other { addText([HTMLText.lineBreak]) }
    if tag == .table {
      if isChosen {
        nested += 1
      } else if open.count < Self.mostNested {
        open.append(Candidate())
      } else {
        throw ContainerFault.malformed(.html)
      }
      return
    }
    guard nested == 0, !open.isEmpty else { return }
    switch tag {
    case .row:
      try endRow()
      beginRow()
    case .cell:
      if open[open.count - 1].row?.isOpen != true { beginRow() }
      open[open.count - 1].row?.beginCell(
        columns: HTMLAttributes.number("colspan", in: attributes) ?? 1,
        rows: HTMLAttributes.number("rowspan", in: attributes) ?? 1,
        encoding
      )
    default: break
    }
  }

  private mutating func end(_ tag: HTMLTag) throws {
    if tag == .block { addText([HTMLText.lineBreak]) }
    if tag == .table {
      if nested > 0 { nested -= 1 } else { try endTable() }
      return
    }
    guard nested == 0, !open.isEmpty else { return }
    switch tag {
    case .cell: open[open.count - 1].row?.endCell(encoding)
    case .row: try endRow()
    default: break
    }
  }

  private mutating func beginRow() {
    let last = open.count - 1
    if open[last].row == nil { open[last].row = HTMLRow() }
    open[last].row?.begin()
  }

  private mutating func endRow() throws {
    let last = open.count - 1
    guard open[last].row?.isOpen == true, let cells = open[last].row?.end(encoding) else { return }
    let bytes = open[last].row?.bytes ?? 0
    spread += open[last].row?.takeSpread() ?? 0
    try limits.check()
    let most = limits.spreadCells
    guard spread <= most else {
      throw ContainerFault.tooLarge("more than \(most) cells that are joined with others")
    }
    guard bytes <= HTMLRow.mostBytes else {
      throw ContainerFault.tooLarge("more than \(HTMLRow.mostBytes >> 20) MiB in a row")
    }
    if isChosen { return try output.row(cells) }
    try judge(cells, bytes)
  }

  /// Decides on a row whether its table is the one.
  private mutating func judge(_ cells: [String], _ bytes: Int) throws {
    let last = open.count - 1
    if cells.count > 1, open[last].number == nil, self.cells.count < Self.mostTables {
      open[last].number = self.cells.count
      self.cells.append(0)
    }
    let number = open[last].number
    if let number, cells.count > 1 { self.cells[number] += cells.count }
    guard choice != .none, number == nil || choice == .number(number ?? 0) else { return }
    open[last].rows.append(cells)
    open[last].bytes += bytes + cells.count
    let isLong =
      open[last].rows.count >= Self.mostRowsBefore || open[last].bytes > Self.mostBytesBefore
    if number == nil, !isLong { return }
    guard number != nil || choice == .narrow else {
      // So many lines are no title.
      (open[last].rows, open[last].bytes) = ([], 0)
      return
    }
    isChosen = true
    for row in open[last].rows { try output.row(row) }
    open[last].rows = []
    open.removeFirst(last)
  }

  private mutating func endTable() throws {
    guard !open.isEmpty else { return }
    try endRow()
    if isChosen {
      isOver = true
    } else {
      let ended = open.removeLast()
      if narrow.isEmpty, ended.rows.count > 1 { narrow = ended.rows }
    }
  }
}
