/// The header row of a CSV file (RFC 4180): the names of its columns.
struct CSVHeader: Equatable {
  let columns: [String]

  /// Nil when the row does not end within `bytes`, or is not UTF-8.
  ///
  /// - Parameters:
  ///   - bytes: the beginning of a file, with or without a byte order mark. The delimiter is
  ///     comma, semicolon or tab, whichever is most frequent in the row.
  ///   - isWholeFile: whether nothing follows `bytes`.
  init?(_ bytes: [UInt8], isWholeFile: Bool) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    var isQuoted = false
    let end = text.firstIndex { byte in
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      return !isQuoted && (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r"))
    }
    guard end != nil || isWholeFile else { return nil }
    let row = text[..<(end ?? text.endIndex)]
    guard let columns = Self.split(row, at: Self.delimiter(of: row)) else { return nil }
    self.columns = columns
  }

  private static func delimiter(of row: ArraySlice<UInt8>) -> UInt8 {
    let candidates = [",", ";", "\t"].map { (mark: Unicode.Scalar) in UInt8(ascii: mark) }
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in row {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted, let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return candidates[counts.firstIndex(of: most) ?? 0]
  }

  private static func split(_ row: ArraySlice<UInt8>, at delimiter: UInt8) -> [String]? {
    var names: [[UInt8]] = [[]]
    var isQuoted = false
    var wasQuote = false
    for byte in row {
      if byte == UInt8(ascii: "\"") {
        // Two quotes in a row within a quoted value are one quote.
        if !isQuoted && wasQuote { names[names.count - 1].append(byte) }
        isQuoted.toggle()
        wasQuote = true
        continue
      }
      wasQuote = false
      if byte == delimiter && !isQuoted {
        names.append([])
      } else {
        names[names.count - 1].append(byte)
      }
    }
    let texts = names.compactMap { String(validating: $0, as: UTF8.self) }
    return texts.count == names.count ? texts : nil
  }
}
