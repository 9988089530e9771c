/// What the lines within the quotes of a row look like: a quote that is never closed swallows rows.
struct SwallowedLines: Sendable {
  private let width: Int
  private let usualWidth: Int
  /// Lines that could be rows, and those that could not.
  private(set) var rows = 0
  private(set) var others = 0
  /// The first byte of the first line that has as many values as a row; nil if none has.
  private(set) var firstRow: Int?
  /// The same of the first line that has nearly as many.
  private(set) var firstLoose: Int?
  /// The first line before which the row may end.
  var firstCandidate: Int? { firstRow ?? firstLoose }
  private var addresses = UInt64.max

  init(_ width: Int, _ usualWidth: Int) {
    self.width = width
    self.usualWidth = usualWidth
  }

  /// Whether a row may have so many values.
  func isWhole(_ count: Int) -> Bool {
    width > 0 && (count == width || usualWidth > 0 && count == usualWidth)
  }

  /// Takes a line after the first.
  ///
  /// - Returns: whether it could be a row.
  @discardableResult
  mutating func add(_ line: Range<Int>, _ bytes: Span<UInt8>, _ classes: ByteClasses) -> Bool {
    let reading = LineReading(bytes, line, classes)
    if width > 1, !reading.isOpen, isWhole(reading.fields) {
      rows += 1
      addresses &= reading.addresses
      if firstRow == nil { firstRow = line.lowerBound }
      return true
    }
    if reading.isOpen, reading.fields > 1, reading.fields <= width { return false }
    others += 1
    if width == 1 || reading.fields > 1 && abs(reading.fields - width) <= max(1, width / 4) {
      if firstLoose == nil { firstLoose = line.lowerBound }
    }
    return false
  }

  /// Whether all lines could be rows.
  var isAllRows: Bool { rows > 0 && others == 0 && width > 2 }

  /// Whether a row whose quotes are right has swallowed others all the same.
  ///
  /// - Parameters:
  ///   - first: the first line.
  ///   - isMismatch: whether the row has not as many values as others.
  /// - Returns: true if the lines look like rows and the row does not, or if all have an address in the same
  ///   column.
  func isSure(_ first: LineReading, isMismatch: Bool) -> Bool {
    let haveAddresses = rows > 0 && addresses & first.addresses != 0
    return isMismatch ? isAllRows || haveAddresses : isAllRows && haveAddresses
  }
}
