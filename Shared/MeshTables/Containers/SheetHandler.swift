import Glibc

/// Reads the rows of a sheet (ECMA-376, part 1, 18.3).
final class SheetHandler: XMLHandler {
  private enum CellType { case number, shared, text, inline, boolean, date }

  static let mostRows = 1_048_576
  static let mostColumns = 16_384

  private let book: SheetBook
  private let limits: ContainerLimits
  private(set) var output: TableOutput
  /// Rows that the sheet does not show.
  private(set) var hiddenRows = 0
  /// Ranges of cells that are one.
  private(set) var mergedRanges = 0
  private(set) var firstMerged = ""

  private var rowNumber = 0
  private var cells: [String] = []
  private var rowBytes = 0
  private var isHidden = false
  private var column = -1
  private var type = CellType.number
  private var style = 0
  private var isValue = false
  private var value: [UInt8] = []
  private var inline: SheetText

  init(_ book: SheetBook, _ limits: ContainerLimits, _ output: TableOutput) {
    self.book = book
    self.limits = limits
    self.output = output
    inline = SheetText(limits)
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    if name.is("c") {
      beginCell(attributes)
    } else if name.is("v") {
      isValue = true
    } else if name.is("row") {
      try beginRow(attributes)
    } else if name.is("mergeCell") {
      mergedRanges += 1
      if mergedRanges == 1 { firstMerged = attributes.text("ref") ?? "" }
    } else if type == .inline {
      inline.start(name)
    }
  }

  func end(_ name: XMLName) throws {
    if name.is("v") {
      isValue = false
    } else if name.is("c") {
      try endCell()
    } else if name.is("row") {
      try endRow()
    } else if type == .inline {
      inline.end(name)
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if isValue {
      if value.count < limits.cellBytes {
        value.append(contentsOf: bytes.prefix(limits.cellBytes - value.count))
      }
    } else if type == .inline {
      inline.add(bytes)
    }
  }

  private func beginRow(_ attributes: XMLAttributes) throws {
    // A number that goes back, or none, is that of the next row.
    rowNumber = max(attributes.number("r") ?? 0, rowNumber + 1)
    guard rowNumber <= Self.mostRows else {
      throw ContainerFault.tooLarge("more than \(Self.mostRows) rows")
    }
    isHidden = attributes.flag("hidden")
    column = -1
    rowBytes = 0
    cells.removeAll(keepingCapacity: true)
  }

  private func endRow() throws {
    while cells.last?.isEmpty == true { cells.removeLast() }
    if cells.isEmpty { return }
    if isHidden { hiddenRows += 1 }
    // Blank rows are handed on too: so the number of a row is what the sheet shows beside it.
    while output.rows < rowNumber - 1 { try output.row([]) }
    try output.row(cells)
  }

  private func beginCell(_ attributes: XMLAttributes) {
    column = attributes.value("r").flatMap(Self.column) ?? column + 1
    style = attributes.value("s").map { Int(atoi($0)) } ?? 0
    type = attributes.value("t").map(Self.type) ?? .number
    value.removeAll(keepingCapacity: true)
  }

  private func endCell() throws {
    let text = try cellText()
    type = .number
    guard !text.isEmpty, column < Self.mostColumns else { return }
    rowBytes += text.utf8.count
    guard rowBytes <= limits.rowBytes else {
      throw ContainerFault.tooLarge("more than \(limits.rowBytes >> 20) MiB in row \(rowNumber)")
    }
    while cells.count < column { cells.append("") }
    if column == cells.count { cells.append(text) } else { cells[column] = text }
  }

  private func cellText() throws -> String {
    switch type {
    case .inline:
      let text = inline.take()
      return String(decoding: text.isEmpty ? value : text, as: UTF8.self)
    case .shared:
      if value.isEmpty { return "" }
      let number = Int(String(decoding: value, as: UTF8.self))
      guard let text = try number.flatMap({ try book.strings.text($0) }) else {
        throw ContainerFault.malformed(.workbook)
      }
      return text
    case .text: return String(decoding: SheetText.unescaped(value), as: UTF8.self)
    case .boolean: return value.isEmpty ? "" : value == [UInt8(ascii: "0")] ? "FALSE" : "TRUE"
    case .date: return SheetNumber.isoText(String(decoding: value, as: UTF8.self))
    case .number:
      if value.isEmpty { return "" }
      let known = style >= 0 && style < book.formats.count
      return book.numbers.text(value, known ? book.formats[style] : .general)
    }
  }

  private static func type(_ text: UnsafePointer<CChar>) -> CellType {
    if strcmp(text, "s") == 0 { return .shared }
    if strcmp(text, "inlineStr") == 0 { return .inline }
    if strcmp(text, "b") == 0 { return .boolean }
    if strcmp(text, "d") == 0 { return .date }
    // The result of a formula, and faults such as #N/A.
    if strcmp(text, "str") == 0 || strcmp(text, "e") == 0 { return .text }
    return .number
  }

  /// The column of a reference such as `AB12`, from zero on; nil when it names none.
  private static func column(_ reference: UnsafePointer<CChar>) -> Int? {
    var (number, place) = (0, reference)
    while number <= mostColumns {
      let letter = UInt8(bitPattern: place.pointee) & ~0x20
      guard UInt8(ascii: "A")...UInt8(ascii: "Z") ~= letter else { break }
      number = number * 26 + Int(letter - UInt8(ascii: "A")) + 1
      place += 1
    }
    return number == 0 ? nil : number - 1
  }
}
