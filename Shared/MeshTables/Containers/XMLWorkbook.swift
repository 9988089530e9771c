/// Reads a sheet of an Excel workbook of 2003 (SpreadsheetML), which older systems still write as .xls.
struct XMLWorkbook {
  private let stream: ByteStream
  private let limits: ContainerLimits

  init(_ stream: ByteStream, _ limits: ContainerLimits) {
    self.stream = stream
    self.limits = limits
  }

  /// Reads the rows of a sheet.
  ///
  /// - Parameters:
  ///   - name: of the sheet; nil for the first one with a value.
  ///   - take: gets the cells of each row down to the last one with a value; none for a blank row.
  /// - Returns: the names of all sheets, and of the one that was read.
  /// - Throws: `ContainerFault`, or what the stream or `take` throws.
  func read(
    _ name: String?,
    _ take: @escaping ([String]) throws -> Void
  ) throws -> (names: [String], read: String?) {
    let handler = XMLWorkbookHandler(name, limits, TableOutput(limits, take))
    try XMLReader.read(stream, handler, .xmlWorkbook)
    return (handler.names, handler.output.hasValues ? handler.read : nil)
  }
}

/// Reads the elements of such a workbook.
private final class XMLWorkbookHandler: XMLHandler {
  private let wanted: String?
  private let limits: ContainerLimits
  private(set) var output: TableOutput
  private(set) var names: [String] = []
  /// The sheet that is read, or was.
  private(set) var read: String?

  private var isReading = false
  private var row = 0
  private var cells: [String] = []
  private var rowBytes = 0
  private var column = -1
  /// Columns that the open cell takes besides its own.
  private var spanned = 0
  private var type = ""
  private var isData = false
  /// Whether a note on a cell is read, which has data of its own.
  private var isComment = false
  private var data: [UInt8] = []

  init(_ wanted: String?, _ limits: ContainerLimits, _ output: TableOutput) {
    self.wanted = wanted?.lowercased()
    self.limits = limits
    self.output = output
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    if name.is("Worksheet") {
      guard names.count < 1_000 else { throw ContainerFault.tooLarge("more than 1,000 sheets") }
      names.append(attributes.text("Name") ?? "")
      let isWanted = wanted == nil ? !output.hasValues : wanted == names.last?.lowercased()
      isReading = isWanted && (read == nil || !output.hasValues)
      if isReading { read = names.last }
      row = 0
    } else if !isReading {
      return
    } else if name.is("Row") {
      row = max(attributes.number("Index") ?? 0, row + 1)
      guard row <= SheetHandler.mostRows else {
        throw ContainerFault.tooLarge("more than \(SheetHandler.mostRows) rows")
      }
      (cells, column, spanned, rowBytes) = ([], -1, 0, 0)
    } else if name.is("Cell") {
      let next = min(column, SheetHandler.mostColumns) + spanned + 1
      column = max((attributes.number("Index") ?? 0) - 1, next)
      spanned = min(max(attributes.number("MergeAcross") ?? 0, 0), SheetHandler.mostColumns)
      (type, data) = ("", [])
    } else if name.is("Comment") {
      isComment = true
    } else if name.is("Data"), !isComment {
      type = attributes.text("Type") ?? ""
      isData = true
    }
  }

  func end(_ name: XMLName) throws {
    if name.is("Data") {
      isData = false
    } else if name.is("Comment") {
      isComment = false
    } else if !isReading {
      return
    } else if name.is("Cell") {
      try endCell()
    } else if name.is("Row") {
      while cells.last?.isEmpty == true { cells.removeLast() }
      if cells.isEmpty { return }
      while output.rows < row - 1 { try output.row([]) }
      try output.row(cells)
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard isData, isReading, data.count < limits.cellBytes else { return }
    data.append(contentsOf: bytes.prefix(limits.cellBytes - data.count))
  }

  private func endCell() throws {
    guard !data.isEmpty, column < SheetHandler.mostColumns else { return }
    let text = String(decoding: data, as: UTF8.self)
    rowBytes += text.utf8.count
    guard rowBytes <= limits.rowBytes else {
      throw ContainerFault.tooLarge("more than \(limits.rowBytes >> 20) MiB in row \(row)")
    }
    while cells.count < column { cells.append("") }
    switch type {
    case "DateTime": cells.append(SheetNumber.isoText(text))
    case "Boolean": cells.append(text == "0" ? "FALSE" : "TRUE")
    case "Number": cells.append(SheetNumber(countsFrom1904: false).text(data, .general))
    default: cells.append(text)
    }
  }
}
