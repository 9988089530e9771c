/// Finds where the values of a row begin and end: bytes in, cells out.
///
/// It goes on where it stopped when more bytes have come. Indices count from the row's first byte.
struct RowScan: Sendable {
  /// How quotes are read.
  enum Mode: Sendable {
    /// By RFC 4180; a quote within quotes that does not end the value belongs to it.
    case usual
    /// As usual, with a backslash before a quote that belongs to the value.
    case backslashes
    /// As usual, but no value goes over the end of a line: a quote that is not closed there is a character.
    case lines
  }

  enum Step: Sendable {
    /// Needs the bytes that follow.
    case more
    /// The end of a line within quotes, after the first.
    case line(Range<Int>)
    /// A value in quotes that goes beyond the limit; comes once in a row.
    case limit
    /// The end of the file within quotes.
    case open
    /// The end of the row, of which `cursor` is the next byte.
    case row
  }

  private enum State: Sendable { case valueStart, plain, quoted }

  /// Spaces beside quotes that are looked at.
  static let mostSpaces = 64

  let mode: Mode
  /// The first byte of a line before which the row ends, though its quotes are open.
  private let closesAt: Int
  private let mostCells: Int
  /// The bytes of a row beyond which quotes that `lines` reads are characters.
  private let limit: Int
  private(set) var cells: [RowCell] = []
  /// The number of values, which may be more than there are cells.
  private(set) var count = 0
  private(set) var cursor = 0
  /// Line ends that were passed, with that of the row.
  private(set) var breaks = 0
  /// The first byte of the second line; 0 while there is none.
  private(set) var secondLine = 0
  /// The first byte of the line at the cursor.
  private(set) var lineStart = 0
  /// Where that would be if nothing of the row had been left out.
  private var lineOrigin = 0
  /// The bytes of the line that ended last, with those that were left out.
  private(set) var lastLineLength = 0
  /// Whether it was said that the row goes beyond the limit within quotes.
  private(set) var isLimitSaid = false
  private(set) var strays = 0
  private(set) var sawBackslash = false
  /// Bytes that were left out before the cursor.
  private(set) var dropped = 0

  private var state = State.valueStart
  private var cell = RowCell(start: 0, origin: 0, form: .plain)
  /// Where the value begins, with spaces and quote.
  private var valueStart = 0
  /// Whether an odd number of stray quotes is in the value.
  private var isInnerOpen = false
  private var ignoresQuotes = false

  init(_ mode: Mode = .usual, closesAt: Int = .max, limits: RowLimits) {
    self.init(mode, closesAt, limits.values, limits.rowBytes)
  }

  private init(_ mode: Mode, _ closesAt: Int, _ mostCells: Int, _ limit: Int) {
    self.mode = mode
    self.closesAt = closesAt
    self.mostCells = mostCells
    self.limit = limit
  }

  /// Begins another row in the same memory.
  mutating func begin(_ mode: Mode = .usual, closesAt: Int = .max) {
    var cells = self.cells
    cells.removeAll(keepingCapacity: true)
    self = RowScan(mode, closesAt, mostCells, limit)
    self.cells = cells
  }

  /// Goes on to where a decision is needed.
  ///
  /// - Parameters:
  ///   - bytes: from the row's first byte on.
  ///   - isLast: whether no more will follow.
  ///   - classes: what each byte is.
  /// - Returns: why it stopped.
  mutating func advance(_ bytes: Span<UInt8>, isLast: Bool, _ classes: ByteClasses) -> Step {
    while true {
      let step =
        switch state {
        case .valueStart: begin(bytes, isLast, classes)
        case .plain: plain(bytes, isLast, classes)
        case .quoted: quoted(bytes, isLast, classes)
        }
      if let step { return step }
    }
  }

  /// Ends the row within quotes.
  ///
  /// - Parameters:
  ///   - end: the end of the value.
  ///   - next: the first byte of the next row.
  ///   - isBeforeLine: whether that is the line whose end was just passed.
  mutating func close(at end: Int, next: Int, isBeforeLine: Bool = false) {
    cell.isOpen = true
    endValue(at: end)
    cursor = next
    if isBeforeLine { breaks -= 1 }
  }

  /// Leaves bytes before the cursor out; the values that ended among them keep their places.
  mutating func drop(_ range: Range<Int>) {
    func moved(_ index: Int) -> Int {
      index >= range.upperBound ? index - range.count : min(index, range.lowerBound)
    }
    dropped += range.count
    cursor = moved(cursor)
    lineStart = moved(lineStart)
    valueStart = moved(valueStart)
    cell.start = moved(cell.start)
  }

  /// The bytes of the line at the cursor, with those that were left out.
  var lineLength: Int { cursor + dropped - lineOrigin }

  /// The first byte of the value at the cursor.
  var start: Int { cell.start }

  private mutating func endValue(at end: Int) {
    cell.end = max(end, cell.start)
    if cells.count < mostCells { cells.append(cell) }
    count += 1
    isInnerOpen = false
    state = .valueStart
  }

  private mutating func startValue(at start: Int, _ form: RowCell.Form) {
    cell = RowCell(start: start, origin: start + dropped, form: form)
  }

  private mutating func begin(
    _ bytes: Span<UInt8>,
    _ isLast: Bool,
    _ classes: ByteClasses
  ) -> Step? {
    var index = cursor
    while index < bytes.count, index - cursor < Self.mostSpaces, classes.isSpace(bytes[index]) {
      index += 1
    }
    if index == bytes.count, !isLast, index - cursor < Self.mostSpaces { return .more }
    valueStart = cursor
    if !ignoresQuotes, index < bytes.count, classes[bytes[index]] == ByteClasses.quote {
      startValue(at: index + 1, .quoted)
      cursor = index + 1
      state = .quoted
    } else {
      startValue(at: cursor, ignoresQuotes ? .literal : .plain)
      state = .plain
    }
    return nil
  }

  private mutating func plain(
    _ bytes: Span<UInt8>,
    _ isLast: Bool,
    _ classes: ByteClasses
  ) -> Step? {
    var index = cursor
    while index < bytes.count {
      switch classes[bytes[index]] {
      case ByteClasses.ordinary: index += 1
      case ByteClasses.delimiter:
        endValue(at: index)
        cursor = index + 1
        return nil
      case ByteClasses.lineFeed, ByteClasses.carriageReturn:
        guard let next = classes.lineEnd(bytes, index, isLast) else {
          cursor = index
          return .more
        }
        endRow(at: index, next: next)
        return .row
      case ByteClasses.lead:
        guard index + 1 < bytes.count || isLast else {
          cursor = index
          return .more
        }
        index += classes.length(bytes, index)
      case ByteClasses.null:
        cell.hasNull = true
        index += 1
      default: index += 1
      }
    }
    cursor = bytes.count
    if !isLast { return .more }
    endValue(at: cursor)
    return .row
  }

  private mutating func quoted(
    _ bytes: Span<UInt8>,
    _ isLast: Bool,
    _ classes: ByteClasses
  ) -> Step? {
    var index = cursor
    while index < bytes.count {
      let kind = classes[bytes[index]]
      switch kind {
      case ByteClasses.ordinary, ByteClasses.delimiter: index += 1
      case ByteClasses.quote:
        cursor = index
        return afterQuote(bytes, isLast, classes)
      case ByteClasses.lineFeed, ByteClasses.carriageReturn:
        cursor = index
        return lineEnd(bytes, isLast, classes)
      case ByteClasses.lead, ByteClasses.backslash:
        guard index + 1 < bytes.count || isLast else {
          cursor = index
          return .more
        }
        if kind == ByteClasses.lead {
          index += classes.length(bytes, index)
        } else {
          index += escape(bytes, index)
        }
      case ByteClasses.null:
        cell.hasNull = true
        index += 1
      default:
        index += 1
      }
    }
    cursor = bytes.count
    if !isLast { return .more }
    if mode == .lines {
      readAsCharacters()
      return nil
    }
    return .open
  }

  /// The length of what a backslash within quotes stands before, with it.
  private mutating func escape(_ bytes: Span<UInt8>, _ index: Int) -> Int {
    guard index + 1 < bytes.count else { return 1 }
    let next = bytes[index + 1]
    guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\") else { return 1 }
    cell.hasBackslashes = true
    return 2
  }

  private mutating func lineEnd(
    _ bytes: Span<UInt8>,
    _ isLast: Bool,
    _ classes: ByteClasses
  ) -> Step? {
    if isLimitToSay() { return .limit }
    let index = cursor
    guard let next = classes.lineEnd(bytes, index, isLast) else { return .more }
    if mode == .lines {
      readAsCharacters()
      return nil
    }
    if next >= closesAt {
      cell.isOpen = true
      endRow(at: index, next: next)
      return .row
    }
    breaks += 1
    cursor = next
    let line = lineStart..<index
    lineStart = next
    lastLineLength = next + dropped - lineOrigin
    lineOrigin = next + dropped
    if secondLine == 0 {
      secondLine = next
      return nil
    }
    return .line(line)
  }

  /// Whether a value in quotes goes beyond the limit, which is true once.
  mutating func isLimitToSay() -> Bool {
    guard !isLimitSaid, mode != .lines, state == .quoted, cursor + dropped > limit else {
      return false
    }
    isLimitSaid = true
    return true
  }

  /// Reads a value of one line again, with quotes as characters, if it goes beyond the limit.
  ///
  /// - Returns: false if it does not, or may have several lines.
  mutating func readBeyondLimit() -> Bool {
    guard mode == .lines, state == .quoted, cursor + dropped > limit else { return false }
    readAsCharacters()
    return true
  }

  /// Reads the value at the cursor again, and the rest of its line, with quotes as characters.
  private mutating func readAsCharacters() {
    startValue(at: valueStart, .literal)
    cell.isOpen = true
    cursor = valueStart
    ignoresQuotes = true
    state = .plain
  }

  private mutating func afterQuote(
    _ bytes: Span<UInt8>,
    _ isLast: Bool,
    _ classes: ByteClasses
  ) -> Step? {
    if readBeyondLimit() { return nil }
    if isLimitToSay() { return .limit }
    var quote = cursor
    guard quote + 1 < bytes.count || isLast else { return .more }
    if quote + 1 < bytes.count, classes[bytes[quote + 1]] == ByteClasses.quote {
      guard isInnerOpen else {
        cell.hasDoubles = true
        cursor = quote + 2
        return nil
      }
      guard quote + 2 < bytes.count || isLast else { return .more }
      guard quote + 2 >= bytes.count || ByteClasses.endsValue(classes[bytes[quote + 2]]) else {
        cell.hasDoubles = true
        cursor = quote + 2
        return nil
      }
      quote += 1
    }
    var after = quote + 1
    while after < bytes.count, after - quote <= Self.mostSpaces, classes.isSpace(bytes[after]) {
      after += 1
    }
    guard after < bytes.count else {
      if isLast {
        endValue(at: quote)
        cursor = after
        return .row
      }
      if after - quote <= Self.mostSpaces { return .more }
      stray(bytes, quote)
      return nil
    }
    let kind = classes[bytes[after]]
    guard ByteClasses.endsValue(kind) else {
      stray(bytes, quote)
      return nil
    }
    if kind == ByteClasses.delimiter {
      endValue(at: quote)
      cursor = after + 1
      return nil
    }
    guard let next = classes.lineEnd(bytes, after, isLast) else { return .more }
    endRow(at: quote, next: next)
    return .row
  }

  /// Takes a quote after which text follows.
  private mutating func stray(_ bytes: Span<UInt8>, _ quote: Int) {
    cursor = quote + 1
    if quote > cell.start, bytes[quote - 1] == UInt8(ascii: "\\") {
      cell.hasBackslashes = true
      sawBackslash = true
      return
    }
    strays += 1
    if mode == .lines {
      startValue(at: valueStart, .literal)
      state = .plain
    } else {
      isInnerOpen.toggle()
    }
    cell.isStray = true
  }

  private mutating func endRow(at end: Int, next: Int) {
    endValue(at: end)
    breaks += 1
    cursor = next
  }
}
