/// Reads the texts that the cells of a workbook share.
final class SharedStringsHandler: XMLHandler {
  private let strings: SharedStrings
  private var text: SheetText

  init(_ strings: SharedStrings, _ limits: ContainerLimits) {
    self.strings = strings
    text = SheetText(limits)
  }

  func start(_ name: XMLName, _ attributes: XMLAttributes) { text.start(name) }

  func end(_ name: XMLName) throws {
    text.end(name)
    if name.is("si") { try strings.append(text.take()) }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) { text.add(bytes) }
}
