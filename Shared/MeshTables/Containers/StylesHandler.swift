/// Reads how the styles of a workbook show numbers.
final class StylesHandler: XMLHandler {
  private static let mostFormats = 65_536

  /// By the number of a cell's style.
  private(set) var formats: [NumberFormat] = []
  private var codes: [Int: NumberFormat] = [:]
  private var isInCells = false

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    if name.is("numFmt") {
      guard let number = attributes.number("numFmtId"), codes.count < Self.mostFormats else {
        return
      }
      codes[number] = NumberFormat(code: attributes.text("formatCode") ?? "")
    } else if name.is("cellXfs") {
      isInCells = true
    } else if isInCells, name.is("xf") {
      guard formats.count < Self.mostFormats else { throw ContainerFault.malformed(.workbook) }
      let number = attributes.number("numFmtId") ?? 0
      formats.append(codes[number] ?? .builtIn(number))
    }
  }

  func end(_ name: XMLName) {
    if name.is("cellXfs") { isInCells = false }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
