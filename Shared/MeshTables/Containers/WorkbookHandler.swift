/// Reads the list of a workbook's sheets.
final class WorkbookHandler: XMLHandler {
  private static let mostSheets = 1_000

  private(set) var sheets: [Sheet] = []
  private(set) var countsFrom1904 = false

  func start(_ name: XMLName, _ attributes: XMLAttributes) throws {
    if name.is("workbookPr") {
      countsFrom1904 = attributes.flag("date1904")
    } else if name.is("sheet") {
      guard sheets.count < Self.mostSheets else {
        throw ContainerFault.tooLarge("more than 1,000 sheets")
      }
      let state = attributes.text("state") ?? ""
      sheets.append(
        Sheet(
          name: attributes.text("name") ?? "",
          isHidden: state == "hidden" || state == "veryHidden",
          relationship: attributes.text("id") ?? ""
        )
      )
    }
  }

  func end(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
