/// Hands rows on, within the limits of a table.
struct TableOutput {
  private let limits: ContainerLimits
  private let take: ([String]) throws -> Void
  private var bytes = 0
  /// Rows so far.
  private(set) var rows = 0
  /// Whether any row had a value.
  private(set) var hasValues = false

  init(_ limits: ContainerLimits, _ take: @escaping ([String]) throws -> Void) {
    self.limits = limits
    self.take = take
  }

  /// Hands a row on.
  ///
  /// - Parameter cells: of the row; none for one that is blank.
  /// - Throws: `ContainerFault.tooLarge`, or what is thrown by whoever takes it or no longer wants it.
  mutating func row(_ cells: [String]) throws {
    try limits.check()
    for cell in cells { bytes += cell.utf8.count + 1 }
    bytes += 2
    guard bytes <= limits.tableBytes else {
      throw ContainerFault.tooLarge("more than \(limits.tableBytes >> 20) MiB of text")
    }
    rows += 1
    if !hasValues { hasValues = cells.contains { !$0.isEmpty } }
    try take(cells)
  }
}
