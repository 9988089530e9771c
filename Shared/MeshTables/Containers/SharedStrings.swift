/// The texts of a workbook that its cells refer to by number, in bounded memory.
final class SharedStrings {
  private static let mostIndexBytes = 2 << 20
  private static let numberSize = 8

  private let texts: Spool
  /// Where each text begins.
  private let index = Spool(mostInMemory: mostIndexBytes)

  /// - Parameter mostInMemory: bytes of texts.
  init(mostInMemory: Int) { texts = Spool(mostInMemory: mostInMemory) }

  var count: Int { index.count / Self.numberSize }
  var isInFile: Bool { texts.isInFile || index.isInFile }

  func append(_ text: [UInt8]) throws {
    let start = UInt64(texts.count)
    try index.append((0..<8).map { UInt8(truncatingIfNeeded: start >> (8 * $0)) })
    try texts.append(text)
  }

  /// The text with that number; nil if there is none.
  func text(_ number: Int) throws -> String? {
    guard number >= 0, number < count else { return nil }
    let numbers = LittleEndian(
      try index.bytes(at: number * Self.numberSize, count: 2 * Self.numberSize)
    )
    guard let start = numbers.place(at: 0, size: Self.numberSize) else { return nil }
    let end = numbers.place(at: Self.numberSize, size: Self.numberSize) ?? texts.count
    guard start < end else { return "" }
    return String(decoding: try texts.bytes(at: start, count: end - start), as: UTF8.self)
  }
}
