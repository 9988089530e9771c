import MeshTestScale
import Testing

@testable import MeshTables

@Suite struct `A workbook` {
  @Test func `gives cells where their references put them, and blank rows where there are none`()
    throws
  {
    var book = WorkbookWriter()
    book.strings = ["Name", "E & <mail>"]
    book.add(
      "Leads",
      rows: """
        <row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2" t="s"><v>1</v></c><c/><c s="0"/></row>
        <row r="3"><c r="A3" s="1"/></row>
        <row r="5"><c t="inlineStr"><is><t>x</t><rPh sb="0" eb="1"><t>no</t></rPh><r><t>y</t></r></is></c>\
        <c r="C5" t="str"><f>A1</f><v>z_x000D_</v></c><c r="B5" t="b"><v>1</v></c></row>
        <row><c r="AA6" t="e"><v>#N/A</v></c></row>
        """
    )
    let last = Array(repeating: "", count: 26) + ["#N/A"]
    let rows = [[], ["", "Name", "", "E & <mail>"], [], [], ["xy", "TRUE", "z\r"], last]
    #expect(try ReadTable(book.bytes).rows == rows)
  }

  @Test func `is read whatever its files and the prefix of its elements are called`() throws {
    var book = WorkbookWriter()
    book.folder = "Office/Book"
    book.sheets = [
      (
        "S", "",
        "<x:sheetData xmlns:x=\"x\"><x:row><x:c t=\"str\"><x:v>a</x:v></x:c></x:row></x:sheetData>"
      )
    ]
    #expect(try ReadTable(book.bytes).rows == [["a"]])
  }

  @Test func `gives shared texts that are rich, and none for a number that there is not`() throws {
    var book = WorkbookWriter("<row><c t=\"s\"><v>0</v></c></row>")
    book.richStrings = ["<r><t>a</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\"> b</t></r>"]
    #expect(try ReadTable(book.bytes).rows == [["a b"]])
    let wrong = WorkbookWriter("<row><c t=\"s\"><v>7</v></c></row>")
    #expect(throws: ContainerFault.malformed(.workbook)) { try ReadTable(wrong.bytes) }
  }

  @Test func `is read from the first sheet that is shown and has a value, or from the named one`()
    throws
  {
    var book = WorkbookWriter()
    let row = { (text: String) in "<row><c t=\"str\"><v>\(text)</v></c></row>" }
    book.add("Hidden", state: "veryHidden", rows: row("h"))
    book.add("Empty", rows: "<row><c t=\"str\"><v></v></c></row>")
    book.add("Leads & more", rows: row("l"))
    book.add("Other", rows: row("o"))
    let table = try ReadTable(book.bytes)
    #expect(table.rows == [["l"]])
    #expect(table.kind == .workbook)
    #expect(table.part == "Leads & more")
    #expect(table.remarks == ["sheets that were not read: “Hidden”, “Empty”, “Other”"])
    #expect(try ReadTable(book.bytes, part: "other").rows == [["o"]])
    #expect(try ReadTable(book.bytes, part: "Hidden").rows == [["h"]])
    let names = ["Hidden", "Empty", "Leads & more", "Other"]
    #expect(throws: ContainerFault.part(named: "No", choices: names)) {
      try ReadTable(book.bytes, part: "No")
    }
    #expect(throws: ContainerFault.empty(.workbook)) { try ReadTable(book.bytes, part: "Empty") }
  }

  @Test func `remarks on hidden rows and merged cells`() throws {
    var book = WorkbookWriter()
    book.add(
      "S",
      rows: """
        <row><c t="str"><v>a</v></c></row><row hidden="1"><c t="str"><v>b</v></c></row>
        """,
      after: "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/></mergeCells>"
    )
    let table = try ReadTable(book.bytes)
    #expect(table.rows == [["a"], ["b"]])
    #expect(
      table.remarks == [
        "rows that the sheet hides were read too: 1",
        "merged cells (A1:A2 and others) have their value in the first row and column only",
      ]
    )
  }

  @Test func `shows days and times as its styles and its calendar say`() throws {
    var book = WorkbookWriter(
      "<row><c s=\"1\"><v>45413.5</v></c><c s=\"2\"><v>45413</v></c><c t=\"d\"><v>2024-05-01T00:00:00</v></c></row>"
    )
    book.formats = ["yyyy\\-mm\\-dd\\ hh:mm"]
    book.builtInFormats = [14]
    #expect(
      try ReadTable(book.bytes).rows == [["2024-05-01T12:00:00", "2024-05-01", "2024-05-01"]]
    )
    book.countsFrom1904 = true
    #expect(
      try ReadTable(book.bytes).rows == [["2028-05-02T12:00:00", "2028-05-02", "2024-05-01"]]
    )
  }

  @Test func `with texts too many for memory gives them all the same`() throws {
    let count = TestScale.count(3_000, long: 100_000)
    var random = SeededRandom()
    var book = WorkbookWriter()
    book.strings = (0..<count).map { "text \($0) " + String(repeating: "x", count: $0 % 90) }
    let order = (0..<count).map { _ in Int.random(in: 0..<count, using: &random) }
    book.add("S", rows: order.map { "<row><c t=\"s\"><v>\($0)</v></c></row>" }.joined())
    var limits = ContainerLimits()
    limits.spooledBytes = 1_000
    #expect(try ReadTable(book.bytes, limits: limits).rows == order.map { [book.strings[$0]] })
  }

  @Test func `has names as long as names are, however long they are written`() throws {
    var book = WorkbookWriter()
    let name = "é" + String(repeating: "né", count: 100_000)
    for number in 0..<3 {
      book.add("\(number)\(name)", rows: "<row><c t=\"str\"><v>a</v></c></row>")
    }
    let bytes = book.bytes
    let workbook = try Workbook(try ZipArchive(ByteSource(bytes), .workbook))
    #expect(workbook.sheets.map(\.name.utf8.count) == [1_024, 1_024, 1_024])
    #expect(workbook.sheets.allSatisfy { name.hasPrefix($0.name.dropFirst()) })
    let old = """
      <?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="ss">\
      <Worksheet ss:Name="\(name)"><Table><Row><Cell><Data ss:Type="String">a</Data></Cell></Row></Table>\
      </Worksheet></Workbook>
      """
    #expect(try #require(try ReadTable(old).part).utf8.count <= 1_024)
  }

  @Test func `whose lists of its own files are too long for memory is refused`() throws {
    var book = WorkbookWriter()
    let name = String(repeating: "n", count: 1_000)
    for number in 0..<50 {
      book.add("\(number)\(name)", rows: "<row><c t=\"str\"><v>a</v></c></row>")
    }
    var limits = ContainerLimits()
    limits.listBytes = 100_000
    #expect(try ReadTable(book.bytes, limits: limits).rows == [["a"]])
    limits.listBytes = 40_000
    #expect(throws: ContainerFault.tooLarge("more than 0 MiB in its list of sheets")) {
      try ReadTable(book.bytes, limits: limits)
    }
  }

  @Test func `that declares entities is refused`() throws {
    var zip = ZipWriter()
    zip.add("_rels/.rels", "<!DOCTYPE a [<!ENTITY b \"c\">]><Relationships/>")
    zip.add("xl/workbook.xml", "<workbook/>")
    #expect(throws: ContainerFault.malformed(.workbook)) { try ReadTable(zip.finished()) }
  }

  @Test(arguments: [
    "<row r=\"1048577\"><c/></row>", "<row r=\"9223372036854775807\"><c/></row><row/>",
  ])
  func `with more rows than a sheet can have is refused`(_ rows: String) throws {
    #expect(throws: ContainerFault.tooLarge("more than 1048576 rows")) {
      try ReadTable(WorkbookWriter(rows).bytes)
    }
  }

  @Test func `passes over cells beyond the last column, and style numbers that there are not`()
    throws
  {
    let book = WorkbookWriter(
      "<row><c r=\"XFD1\" s=\"-5\"><v>1</v></c><c r=\"XFE1\"><v>2</v></c><c r=\"ZZZZZZZZZZ1\"><v>3</v></c>"
        + "<c r=\"A1\" s=\"99999999999\"><v>4</v></c></row>"
    )
    let rows = try ReadTable(book.bytes).rows
    #expect(
      rows.count == 1 && rows[0].count == 16_384 && rows[0].first == "4" && rows[0].last == "1"
    )
  }

  @Test func `that gives more text than is read, or a row that is too long, is refused`() throws {
    var book = WorkbookWriter(String(repeating: "<row><c t=\"s\"><v>0</v></c></row>", count: 200))
    book.strings = [String(repeating: "x", count: 1_000)]
    var limits = ContainerLimits()
    limits.tableBytes = 100_000
    #expect(throws: ContainerFault.tooLarge("more than 0 MiB of text")) {
      try ReadTable(book.bytes, limits: limits)
    }
    limits = ContainerLimits()
    limits.rowBytes = 999
    #expect(throws: ContainerFault.tooLarge("more than 0 MiB in row 1")) {
      try ReadTable(book.bytes, limits: limits)
    }
    limits = ContainerLimits()
    limits.cellBytes = 10
    #expect(try ReadTable(book.bytes, limits: limits).rows.last == ["xxxxxxxxxx"])
  }

  @Test func `gives numbers that are telephone numbers or ids as they were, and formulas by value`()
    throws
  {
    var book = WorkbookWriter()
    book.add("Cover", rows: "<row r=\"1\"><c r=\"A1\" s=\"0\"/></row>")
    book.add(
      "Leads",
      rows: """
        <row r="1"><c r="A1"><v>4.915112345E+11</v></c><c r="B1"><v>4915112345678</v></c>\
        <c r="C1"><v>12345678901234567</v></c><c r="D1"><v>1.2345678901234568E+17</v></c></row>
        <row r="2"><c r="A2" t="str"><f t="shared" ref="A2:A3" si="0">B2&amp;C2</f><v>Ida Berg</v></c>\
        <c r="B2" t="inlineStr"><is><r><rPr><b/></rPr><t>Ida</t></r><r><t xml:space="preserve"> B.</t></r></is></c></row>
        <row r="3"><c r="A3" t="str"><f t="shared" si="0"/><v>Ole Lund</v></c><c r="B3" t="b"><v>0</v></c></row>
        """
    )
    let table = try ReadTable(book.bytes)
    #expect(table.part == "Leads")
    #expect(
      table.rows == [
        ["491511234500", "4915112345678", "12345678901234567", "1.23456789012346E+17"],
        ["Ida Berg", "Ida B."], ["Ole Lund", "FALSE"],
      ]
    )
  }
}
