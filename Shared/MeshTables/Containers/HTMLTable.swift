/// Reads the first table of a web page that has rows of several cells.
///
/// Many systems write such a page and call it .xls. What surrounds the table, such as a layout of tables,
/// is passed over.
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
    var scanner = HTMLScanner()
    var rows: HTMLRows?
    var head: [UInt8] = []
    func begin() throws {
      var reader = HTMLRows(Self.encoding(head), limits, TableOutput(limits, take))
      try scanner.add(head) { try reader.add($0) }
      rows = reader
    }
    try stream.forEach { bytes in
      guard rows == nil else {
        try scanner.add(bytes) { try rows?.add($0) }
        return
      }
      head += bytes
      if head.count >= Self.headSize { try begin() }
    }
    if rows == nil { try begin() }
    return try rows?.finish() ?? false
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
