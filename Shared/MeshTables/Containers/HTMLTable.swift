/// Reads the table of a web page that has most cells in rows of several.
///
/// Many systems write such a page and call it .xls. What surrounds the table, such as a layout of tables or
/// one of what was asked for, is passed over. The page is read twice: once to see which table it is.
package struct HTMLTable {
  /// Bytes in which a page may say its encoding.
  private static let headSize = 4_096

  private let stream: ByteStream
  private let limits: ContainerLimits

  init(_ stream: ByteStream, _ limits: ContainerLimits) {
    self.stream = stream.plain
    self.limits = limits
  }

  /// Reads the rows.
  ///
  /// - Parameter take: gets the cells of each row; none for a blank one.
  /// - Returns: whether any had a value.
  /// - Throws: `ContainerFault`, or what the stream or `take` throws.
  func read(_ take: @escaping ([String]) throws -> Void) throws -> Bool {
    var counted = try rows(.none) { _ in }
    _ = try counted.finish()
    let most = counted.cells.max()
    let number = most.flatMap { counted.cells.firstIndex(of: $0) }
    var chosen = try rows(number.map { .number($0) } ?? .narrow, take)
    return try chosen.finish()
  }

  /// Reads the whole page.
  private func rows(
    _ choice: HTMLRows.Choice,
    _ take: @escaping ([String]) throws -> Void
  ) throws -> HTMLRows {
    var scanner = HTMLScanner()
    var rows: HTMLRows?
    var head: [UInt8] = []
    func begin() throws -> HTMLRows {
      var reader = HTMLRows(choice, Self.encoding(head), limits, TableOutput(limits, take))
      try scanner.add(head) { try reader.add($0) }
      return reader
    }
    try stream.forEach { bytes in
      guard rows == nil else {
        try scanner.add(bytes) { try rows?.add($0) }
        return
      }
      head += bytes
      if head.count >= Self.headSize { rows = try begin() }
    }
    return try rows ?? begin()
  }

  /// What a page says of its encoding.
  private static func encoding(_ head: [UInt8]) -> NamedEncoding {
    let text = String(decoding: head.prefix(headSize), as: UTF8.self).lowercased()
    guard let start = text.firstRange(of: "charset=")?.upperBound else {
      return NamedEncoding("utf-8")
    }
    let quotes = text[start...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
    let name = quotes.prefix { $0.isLetter || $0.isNumber || "-_".contains($0) }
    // A page that says so in UTF-16 has become UTF-8 before.
    return NamedEncoding(name.hasPrefix("utf") ? "utf-8" : String(name))
  }
}
