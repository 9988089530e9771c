/// Makes texts of the bytes of values.
///
/// A byte that is no character becomes U+FFFD and costs its value alone.
struct CellDecoder: Sendable {
  private let table: CharacterTable?
  private let isUTF16: Bool
  private let undoesDoubling: Bool

  /// A decoder of values.
  ///
  /// - Parameters:
  ///   - encoding: of the bytes; those of UTF-16 are given as UTF-8, see `UTF16Reader`.
  ///   - undoesDoubling: whether UTF-8 that was encoded twice is to be read as what it was.
  init(_ encoding: TableEncoding, undoesDoubling: Bool = false) {
    table = CharacterTable.of(encoding)
    isUTF16 = encoding.isUTF16
    self.undoesDoubling = undoesDoubling
  }

  /// The text of a value.
  ///
  /// - Parameters:
  ///   - bytes: of the value.
  ///   - isBroken: set to true if a byte is no character; otherwise left as it is.
  /// - Returns: the text.
  func text(of bytes: Span<UInt8>, _ isBroken: inout Bool) -> String {
    if let table, !Self.isASCII(bytes) { return Self.text(of: bytes, table, &isBroken) }
    guard let valid = try? UTF8Span(validating: bytes) else {
      isBroken = true
      return String(decoding: Self.array(bytes), as: UTF8.self)
    }
    let text = String(copying: valid)
    if isUTF16, text.unicodeScalars.contains("\u{FFFD}") { isBroken = true }
    if undoesDoubling, !valid.isKnownASCII, let once = DoubleEncoding.undone(text) { return once }
    return text
  }

  /// The text of a value that is no UTF-8, in a file that is: one that was added from a file of Western Europe.
  ///
  /// - Parameter bytes: of the value.
  /// - Returns: nil where a character is one of UTF-8 all the same, or none of Windows-1252 either.
  func westernText(of bytes: Span<UInt8>) -> String? {
    guard table == nil, !isUTF16, let western = CharacterTable.of(.windows1252) else { return nil }
    var reader = UTF8Reader()
    for index in bytes.indices where reader.take(bytes[index]).characters > 0 { return nil }
    var isBroken = false
    let text = Self.text(of: bytes, western, &isBroken)
    return isBroken ? nil : text
  }

  private static func text(
    of bytes: Span<UInt8>,
    _ table: CharacterTable,
    _ isBroken: inout Bool
  ) -> String {
    var text = String.UnicodeScalarView()
    var index = 0
    while index < bytes.count {
      let (scalar, length) = table.character(in: bytes, at: index)
      if scalar == "\u{FFFD}" { isBroken = true }
      text.append(scalar)
      index += length
    }
    return String(text)
  }

  private static func isASCII(_ bytes: Span<UInt8>) -> Bool {
    for index in bytes.indices where bytes[index] >= 0x80 { return false }
    return true
  }

  private static func array(_ bytes: Span<UInt8>) -> [UInt8] {
    var array: [UInt8] = []
    array.reserveCapacity(bytes.count)
    for index in bytes.indices { array.append(bytes[index]) }
    return array
  }
}
