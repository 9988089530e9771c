/// What the lines within the quotes of a row look like: a quote that is never closed swallows rows.
struct SwallowedLines: Sendable {
  private let width: Int
  private let usualWidth: Int
  /// Rows that the lines could be, and lines that could not.
  private(set) var rows = 0
  private var others = 0
  private var othersAfterFirst = 0
  /// The first byte of the first line that begins something with as many values as a row; nil if none does.
  private(set) var firstRow: Int?
  /// The same of the first line that has nearly as many.
  private var firstLoose: Int?
  /// The first byte of the first of these rows that has several lines.
  private var firstLong: Int?
  private var addresses = UInt64.max
  /// The first byte of the first line that is a row by itself if its quotes are characters.
  private var firstPlain: Int?
  /// The columns of the row's own first line that have an at sign, if its quotes are characters.
  private var addressesOfFirst: UInt64?
  /// What goes on in the next line.
  private var open: LineScan?

  init(_ width: Int, _ usualWidth: Int) {
    self.width = width
    self.usualWidth = usualWidth
  }

  /// The first line before which the row may end.
  var firstCandidate: Int? { firstRow ?? firstPlain ?? firstLoose }

  /// Whether a row may have so many values.
  func isWhole(_ count: Int) -> Bool {
    width > 0 && (count == width || usualWidth > 0 && count == usualWidth)
  }

  /// Takes a line after the first.
  ///
  /// - Returns: whether it is a row by itself.
  @discardableResult
  mutating func add(_ line: Range<Int>, _ bytes: Span<UInt8>, _ classes: ByteClasses) -> Bool {
    var scan: LineScan
    if let open {
      scan = open
      scan.add(bytes, line, classes)
    } else {
      scan = LineScan(bytes, line, classes)
    }
    open = scan.isOpen ? scan : nil
    if firstPlain == nil, width > 1, open != nil {
      let alone = LineScan(bytes, line, classes, isAlone: true)
      if isWhole(alone.fields) { firstPlain = line.lowerBound }
    }
    if open != nil { return false }
    if width > 1, !scan.hasStray, isWhole(scan.fields) {
      rows += 1
      addresses &= scan.addresses
      if firstRow == nil { firstRow = scan.start }
      if scan.lines > 1, firstLong == nil { firstLong = scan.start }
      return scan.lines == 1
    }
    others += 1
    if firstRow != nil { othersAfterFirst += 1 }
    let isLoose = scan.fields > 1 && abs(scan.fields - width) <= max(1, width / 4)
    if firstLoose == nil, width == 1 || isLoose { firstLoose = scan.start }
    return false
  }

  /// The first byte of a line that by itself is a row like the first one, whatever its quotes: it has as many values, and
  /// an address in the same column.
  ///
  /// - Parameters:
  ///   - line: one of those that were swallowed.
  ///   - second: the first byte of the second line.
  ///   - bytes: from the row's first byte on.
  ///   - classes: what each byte is.
  /// - Returns: nil if it is none.
  mutating func rowLikeFirst(
    _ line: Range<Int>,
    second: Int,
    _ bytes: Span<UInt8>,
    _ classes: ByteClasses
  ) -> Int? {
    let alone = LineScan(bytes, line, classes, isAlone: true)
    guard alone.addresses != 0, isWhole(alone.fields) else { return nil }
    let first =
      addressesOfFirst ?? LineScan(bytes, 0..<second, classes, isAlone: true).addresses
    addressesOfFirst = first
    return alone.addresses & first != 0 ? line.lowerBound : nil
  }

  /// Forgets what would go on in the next line.
  mutating func closeScan() { open = nil }

  /// Where rows end that are to be read line by line, so that no byte is read again and again.
  ///
  /// Where all lines are rows, those are found again as they are, with what they have in several lines.
  ///
  /// - Parameter end: the end of what was swallowed.
  /// - Returns: at most `end`.
  func lineByLine(until end: Int) -> Int {
    let isCertain = firstRow != nil && othersAfterFirst == 0 && open?.hasStray != true
    if !isCertain { return end }
    return min(end, firstLong ?? end, open?.start ?? end)
  }

  /// Whether all lines could be rows.
  var isAllRows: Bool { rows > 0 && others == 0 && width > 2 }

  /// Whether a row whose quotes are right has swallowed others all the same.
  ///
  /// - Parameters:
  ///   - first: the first line.
  ///   - isMismatch: whether the row has not as many values as others, or a stray quote.
  /// - Returns: true if the lines look like rows and the row does not, or if all have an address in the same
  ///   column.
  func isSure(_ first: LineScan, isMismatch: Bool) -> Bool {
    let haveAddresses = rows > 0 && addresses & first.addresses != 0
    return isMismatch ? isAllRows || haveAddresses : isAllRows && haveAddresses
  }
}
