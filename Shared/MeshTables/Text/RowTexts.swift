/// Makes the values of a row of its bytes.
struct RowTexts: Sendable {
  /// Faults of a row that are said.
  private static let mostFaults = 8
  /// Values beyond the last column that are kept.
  private static let mostExtra = 100

  private let decoder: CellDecoder
  private let limits: RowLimits
  private let width: Int
  private let usualWidth: Int
  private let quoting: TableFormat.Quoting

  init(_ format: TableFormat, _ limits: RowLimits) {
    decoder = CellDecoder(format.encoding, undoesDoubling: format.undoesDoubling)
    self.limits = limits
    width = format.headings.count
    usualWidth = format.usualWidth
    quoting = format.quoting
  }

  /// The values of a row: one for each heading, or all if there are no headings.
  ///
  /// - Parameters:
  ///   - scan: the row.
  ///   - bytes: from its first byte on.
  ///   - faults: gets what is wrong with it.
  /// - Returns: the values.
  func values(of scan: RowScan, _ bytes: Span<UInt8>, _ faults: inout [RowFault]) -> [String] {
    var values: [String] = []
    values.reserveCapacity(width == 0 ? scan.cells.count : width)
    var extra: (last: Int, values: [String])?
    for (column, cell) in scan.cells.enumerated() {
      if width > 0, column >= width {
        guard let text = filled(cell, bytes) else { continue }
        var texts = extra?.values ?? []
        // Empty ones between them keep the others in their places.
        let blanks = max(0, min(column - width, Self.mostExtra) - texts.count)
        texts += Array(repeating: "", count: blanks)
        if texts.count < Self.mostExtra { texts.append(text) }
        extra = (column, texts)
        continue
      }
      values.append(value(of: cell, column, bytes, scan.mode, &faults))
    }
    if let extra {
      // First, as it refuses the row whatever else is wrong with it.
      faults.insert(.extraValues(count: extra.last - width + 1, values: extra.values), at: 0)
    }
    if scan.count < width, scan.count != usualWidth {
      faults.append(.fewValues(count: scan.count, columns: width))
    }
    while values.count < width { values.append("") }
    if scan.cursor + scan.dropped > limits.rowBytes {
      faults.append(.cutRow(bytes: limits.rowBytes))
    }
    if faults.count > Self.mostFaults { faults.removeSubrange(Self.mostFaults...) }
    return values
  }

  /// The beginning of a value beyond the last column; nil if there is nothing in it.
  private func filled(_ cell: RowCell, _ bytes: Span<UInt8>) -> String? {
    let most = min(200, limits.rowBytes - cell.origin)
    if most <= 0 { return nil }
    var isBroken = false
    let span = bytes.extracting(cell.start..<min(cell.end, cell.start + most))
    let text = decoder.text(of: span, &isBroken)
    return BlankText.isBlank(text) ? nil : text
  }

  private func value(
    of cell: RowCell,
    _ column: Int,
    _ bytes: Span<UInt8>,
    _ mode: RowScan.Mode,
    _ faults: inout [RowFault]
  ) -> String {
    var (start, end) = (cell.start, cell.end)
    let most = max(0, min(limits.valueBytes, limits.rowBytes - cell.origin))
    // The bytes of values beyond the limit are gone, of which the fault of the row speaks.
    if most == 0 { (start, end) = (0, 0) }
    let isCut = end - start > most
    if isCut { end = start + most }
    if cell.form == .literal || mode == .lines && cell.form == .plain {
      (start, end) = Self.unquoted(bytes, start, end)
    }
    // Zeros alone are what a program left at the end of a file that it had made longer.
    if cell.hasNull, Self.isBlank(bytes, start, end) { return "" }
    var state = (isBroken: false, isOther: false)
    var text: String
    if cell.hasDoubles || cell.hasBackslashes || cell.hasNull {
      let unquoting = mode == .backslashes ? .backslash : quoting
      let plain = Self.unescaped(bytes, start, end, cell, unquoting)
      text = decoded(plain.span, isCut: isCut, &state)
    } else {
      text = decoded(bytes.extracting(start..<end), isCut: isCut, &state)
    }
    var isBroken = state.isBroken
    if state.isOther { faults.append(.otherEncoding(column: column)) }
    if isCut {
      // The cut may have gone through a character.
      if text.unicodeScalars.last == "\u{FFFD}" {
        text.unicodeScalars.removeLast()
        isBroken = text.unicodeScalars.contains("\u{FFFD}")
      }
      faults.append(.cutValue(column: column, bytes: limits.valueBytes))
    }
    if cell.hasNull {
      let scalars = text.unicodeScalars.map { $0 == "\0" ? "\u{FFFD}" : $0 }
      text = String(String.UnicodeScalarView(scalars))
      isBroken = true
    }
    if isBroken { faults.append(.brokenText(column: column)) }
    if cell.isStray { faults.append(.strayQuote(column: column)) }
    if cell.isOpen { faults.append(.openQuote(column: column)) }
    if cell.hasBackslashes, quoting == .doubled { faults.append(.backslashQuote(column: column)) }
    return text
  }

  private func decoded(
    _ bytes: Span<UInt8>,
    isCut: Bool,
    _ state: inout (isBroken: Bool, isOther: Bool)
  ) -> String {
    let text = decoder.text(of: bytes, &state.isBroken)
    guard state.isBroken, !isCut, let western = decoder.westernText(of: bytes) else { return text }
    state = (false, true)
    return western
  }

  private static func isBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    for index in start..<end where bytes[index] > 0x20 { return false }
    return true
  }

  /// Without the quotes around a value, or the one that has no other.
  private static func unquoted(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> (Int, Int) {
    let quote = UInt8(ascii: "\"")
    var (first, last) = (start, end)
    while first < last, bytes[first] == UInt8(ascii: " ") { first += 1 }
    while first < last, bytes[last - 1] == UInt8(ascii: " ") { last -= 1 }
    guard first < last else { return (start, end) }
    let (begins, ends) = (bytes[first] == quote, bytes[last - 1] == quote)
    if begins, ends, last - first > 1 { return (first + 1, last - 1) }
    guard begins || ends else { return (start, end) }
    var quotes = 0
    for index in first..<last where bytes[index] == quote { quotes += 1 }
    if quotes != 1 { return (start, end) }
    return begins ? (first + 1, end) : (start, last - 1)
  }

  /// Without what quotes are marked by.
  private static func unescaped(
    _ bytes: Span<UInt8>,
    _ start: Int,
    _ end: Int,
    _ cell: RowCell,
    _ quoting: TableFormat.Quoting
  ) -> [UInt8] {
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var index = start
    while index < end {
      let byte = bytes[index]
      let next = index + 1 < end ? bytes[index + 1] : 0
      if cell.hasBackslashes, byte == backslash,
        next == quote || quoting == .backslash && next == backslash
      {
        index += 1
      } else if cell.hasDoubles, byte == quote, next == quote {
        index += 1
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }
}
