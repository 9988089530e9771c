/// Writes Excel workbooks for tests.
struct WorkbookWriter {
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let types =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// Name, state and the XML within the sheet's root element.
  var sheets: [(name: String, state: String, content: String)] = []
  var strings: [String] = []
  /// The XML of each shared text, where it is more than a text.
  var richStrings: [String] = []
  /// Codes of formats: cells of style 1 have the first.
  var formats: [String] = []
  /// Numbers of formats without a code, for the styles that follow.
  var builtInFormats: [Int] = []
  var countsFrom1904 = false
  /// What the files of the workbook are called in their relationships.
  var folder = "xl"

  init(_ rows: String = "") {
    if !rows.isEmpty { add("Sheet1", rows: rows) }
  }

  mutating func add(_ name: String, state: String = "", rows: String, after: String = "") {
    sheets.append((name, state, "<sheetData>\(rows)</sheetData>\(after)"))
  }

  var archive: ZipWriter {
    var zip = ZipWriter()
    zip.add("[Content_Types].xml", "<Types/>")
    zip.add("_rels/.rels", relationships([("r1", "officeDocument", "\(folder)/workbook.xml")]))
    var parts = sheets.indices.map {
      ("s\($0)", "worksheet", "/\(folder)/worksheets/sheet\($0).xml")
    }
    parts += [
      ("t", "sharedStrings", "sharedStrings.xml"), ("f", "styles", "../\(folder)/styles.xml"),
    ]
    zip.add("\(folder)/_rels/workbook.xml.rels", relationships(parts))
    let list = sheets.enumerated().map { place, sheet in
      let state = sheet.state.isEmpty ? "" : " state=\"\(sheet.state)\""
      return
        "<sheet name=\"\(escaped(sheet.name))\" sheetId=\"\(place + 1)\"\(state) r:id=\"s\(place)\"/>"
    }
    zip.add(
      "\(folder)/workbook.xml",
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <workbook xmlns="\(Self.main)" xmlns:r="\(Self.types)"><workbookPr date1904="\(countsFrom1904)"/>\
      <sheets>\(list.joined())</sheets></workbook>
      """
    )
    let texts =
      strings.map { "<si><t>\(escaped($0))</t></si>" } + richStrings.map { "<si>\($0)</si>" }
    zip.add("\(folder)/sharedStrings.xml", "<sst xmlns=\"\(Self.main)\">\(texts.joined())</sst>")
    let codes = formats.enumerated().map { place, code in
      "<numFmt numFmtId=\"\(164 + place)\" formatCode=\"\(escaped(code))\"/>"
    }
    let numbers = [0] + formats.indices.map { 164 + $0 } + builtInFormats
    let styles = numbers.map { "<xf numFmtId=\"\($0)\"/>" }
    zip.add(
      "\(folder)/styles.xml",
      """
      <styleSheet xmlns="\(Self.main)"><numFmts>\(codes.joined())</numFmts><cellStyleXfs>\
      <xf numFmtId="14"/></cellStyleXfs><cellXfs>\(styles.joined())</cellXfs></styleSheet>
      """
    )
    for (place, sheet) in sheets.enumerated() {
      zip.add(
        "\(folder)/worksheets/sheet\(place).xml",
        "<worksheet xmlns=\"\(Self.main)\">\(sheet.content)</worksheet>"
      )
    }
    return zip
  }

  var bytes: [UInt8] { archive.finished() }

  private func relationships(_ parts: [(String, String, String)]) -> String {
    let list = parts.map { id, type, target in
      "<Relationship Id=\"\(id)\" Type=\"\(Self.types)/\(type)\" Target=\"\(target)\"/>"
    }
    return "<Relationships>\(list.joined())</Relationships>"
  }

  func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }
}
