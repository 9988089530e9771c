/// Text with a byte order mark, as bytes without one: UTF-16 becomes UTF-8, all else stays as it is.
struct MarkedText {
  private enum Form { case unknown, asIs, littleEndian, bigEndian }

  private var form = Form.unknown
  /// Bytes of which more must be known.
  private var pending: [UInt8] = []
  /// The first half of a pair of surrogates.
  private var high: UInt16?

  /// The next bytes of the text, in the form in which they can be read.
  mutating func add(_ bytes: [UInt8]) -> [UInt8] {
    var input = bytes
    if form == .unknown {
      pending += bytes
      guard pending.count >= 3 else { return [] }
      input = pending
      pending = []
      choose(&input)
    }
    return form == .asIs ? input : converted(input)
  }

  /// What is left at the end.
  mutating func finish() -> [UInt8] {
    if form == .unknown {
      var input = pending
      pending = []
      choose(&input)
      let text = form == .asIs ? input : converted(input)
      return text + finish()
    }
    let isCut = high != nil || !pending.isEmpty
    (high, pending) = (nil, [])
    return isCut ? Array("\u{FFFD}".utf8) : []
  }

  private mutating func choose(_ input: inout [UInt8]) {
    if input.starts(with: [0xFF, 0xFE]) {
      form = .littleEndian
      input.removeFirst(2)
    } else if input.starts(with: [0xFE, 0xFF]) {
      form = .bigEndian
      input.removeFirst(2)
    } else {
      form = .asIs
      if input.starts(with: [0xEF, 0xBB, 0xBF]) { input.removeFirst(3) }
    }
  }

  private mutating func converted(_ bytes: [UInt8]) -> [UInt8] {
    let input = pending + bytes
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    let whole = input.count - input.count % 2
    for place in stride(from: 0, to: whole, by: 2) {
      let (first, second) = (UInt16(input[place]), UInt16(input[place + 1]))
      add(form == .littleEndian ? second << 8 | first : first << 8 | second, to: &output)
    }
    pending = Array(input[whole...])
    return output
  }

  private mutating func add(_ unit: UInt16, to output: inout [UInt8]) {
    let isLow = 0xDC00...0xDFFF ~= unit
    if let high {
      self.high = nil
      if isLow {
        let value = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        append(Unicode.Scalar(value), to: &output)
        return
      }
      append(nil, to: &output)
    }
    if 0xD800...0xDBFF ~= unit {
      high = unit
    } else {
      append(isLow ? nil : Unicode.Scalar(unit), to: &output)
    }
  }

  private func append(_ scalar: Unicode.Scalar?, to output: inout [UInt8]) {
    output.append(contentsOf: UTF8.encode(scalar ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter)
  }
}
