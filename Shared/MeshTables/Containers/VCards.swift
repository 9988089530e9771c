/// Reads contacts (vCard 2.1, 3.0 and 4.0: RFC 2426, RFC 6350) as a table.
///
/// The file is read twice: once to see which columns there are, once for the rows.
package struct VCards {
  private let stream: ByteStream
  private let limits: ContainerLimits

  init(_ stream: ByteStream, _ limits: ContainerLimits) {
    self.stream = stream.plain
    self.limits = limits
  }

  /// Reads the headings, and a row for each contact.
  ///
  /// - Parameter take: gets the cells of each row.
  /// - Returns: whether there is any contact, and what a user should know.
  /// - Throws: `ContainerFault`, or what the stream or `take` throws.
  func read(
    _ take: @escaping ([String]) throws -> Void
  ) throws -> (hasValues: Bool, remarks: [String]) {
    var headings = VCardHeadings()
    try forEach { headings.add($0) }
    var output = TableOutput(limits, take)
    let row = headings.row
    if row.isEmpty { return (false, []) }
    try output.row(row)
    let cut = try forEach { try output.row(headings.row(of: $0)) }
    let remark = cut > 0 ? "lines longer than 64 KiB were cut: \(cut)" : nil
    return (output.rows > 1, [remark, headings.remark].compactMap { $0 })
  }

  /// Reads the contacts one after the other.
  ///
  /// - Returns: lines of which not all was kept.
  @discardableResult
  private func forEach(_ take: (VCard) throws -> Void) throws -> Int {
    var lines = VCardLines()
    var reader = VCardReader()
    try stream.forEach { bytes in
      try lines.add(bytes) { line in
        if let card = reader.add(line) { try take(card) }
      }
    }
    try lines.finish { line in
      if let card = reader.add(line) { try take(card) }
    }
    if let card = reader.finish() { try take(card) }
    return lines.cut
  }
}
