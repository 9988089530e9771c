import Testing

@testable import MeshTables

@Suite struct `A web page` {
  @Test func `gives its table as a browser shows it`() throws {
    let table = try ReadTable(
      """
      <html><head><title><table><tr><td>no<td>no</table></title><style>td>a{}</style></head>
      <!-- <table><tr><td>no<td>no</table> --><script>"<table>"</script>
      <TABLE border=1><thead><tr><th>Name</th><th>Stadt &amp; Ort</th></tr></thead>
      <tr><td>Zo&euml; &#x1F600;</td><td>K&ouml;ln<br/>Mitte</td></tr>
      <tr><td> two
        lines <b>bold</b></td><td>a < b &unknown; &amp;lt; AT&T</td></tr>
      <tr><td>&nbsp;</td><td title="a>b">&#233;<p>c</p></td></tr><tr></tr><tr><td>last<td>one</table>
      <table><tr><td>other<td>table</table>
      """
    )
    #expect(
      table.rows == [
        ["Name", "Stadt & Ort"], ["Zoë 😀", "Köln\nMitte"],
        ["two lines bold", "a < b &unknown; &lt; AT&T"], ["", "é\nc"], [], ["last", "one"],
      ]
    )
    #expect(table.kind == .html)
  }

  @Test func `puts cells that take several columns or rows where they are seen`() throws {
    let table = try ReadTable(
      """
      <table><tr><td rowspan=3>a<td colspan="2">b<td>c<tr><td>d<td>e<td rowspan=2>f<tr><td>g
      <tr><td>h</table>
      """
    )
    #expect(
      table.rows == [["a", "b", "", "c"], ["a", "d", "e", "f"], ["a", "g", "", "f"], ["h"]]
    )
  }

  @Test func `is looked through for the first table with several columns`() throws {
    let inner = "<table><tr><td>Report</td></tr><tr><td>a<td>b</tr></table>"
    for page in [
      "<table><tr><td>Logo</td></tr></table>\(inner)",
      "<table><tr><td>\(inner)</td></tr></table>",
      "<div><p>\(inner)<table><tr><td>x<td>y</table>",
    ] {
      #expect(try ReadTable(page).rows == [["Report"], ["a", "b"]], "\(page)")
    }
    let nested =
      "<table><tr><td>a<td><table><tr><td>x</td><td>y</td></tr></table>z</td></tr></table>"
    #expect(try ReadTable("<html>\(nested)").rows == [["x", "y"]])
  }

  @Test func `with a single column gives that one, and without a table says so`() throws {
    #expect(
      try ReadTable("<table><tr><td>Email<tr><td>a@b.example").rows == [["Email"], ["a@b.example"]]
    )
    #expect(throws: ContainerFault.empty(.html)) { try ReadTable("<html>Session expired") }
    #expect(throws: ContainerFault.empty(.html)) {
      try ReadTable("<table><tr><td></td><td></table>")
    }
  }

  @Test(arguments: [
    ("charset=windows-1252", [0x5A, 0x6F, 0xEB, 0x80], "Zoë€"),
    ("charset='utf-8'", [0xC3, 0xAB], "ë"),
    ("", [0xEB], "ë"), ("charset=\"Shift_JIS\"", [0x83, 0x65], "テ"),
    ("charset=ISO-8859-2", [0xB1], "ą"), ("charset=koi8-r", [0xE9], "И"),
    ("charset=../../etc/passwd", [0xC3, 0xAB], "ë"),
  ])
  func `is read in the encoding that it names`(_ name: String, _ bytes: [UInt8], _ text: String)
    throws
  {
    let page = Array("<html><meta \(name)><table><tr><td>x<td>".utf8) + bytes
    #expect(try ReadTable(page + Array("</table>".utf8)).rows == [["x", text]])
  }

  @Test func `gives the rows of an XML workbook of 2003`() throws {
    let sheet = { (name: String, rows: String) in
      "<Worksheet ss:Name=\"\(name)\"><Table>\(rows)</Table></Worksheet>"
    }
    let data = { (type: String, text: String) in "<Data ss:Type=\"\(type)\">\(text)</Data>" }
    let book = """
      <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
      <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="ss">\
      \(sheet("Empty", ""))\
      \(sheet(
        "Leads",
        """
        <Row ss:Index="2"><Cell>\(data("String", "a &amp; b"))</Cell>\
        <Cell ss:Index="3">\(data("DateTime", "2024-05-01T00:00:00.000"))</Cell>\
        <Cell>\(data("Boolean", "1"))</Cell><Cell>\(data("Number", "1234.567"))</Cell></Row>
        """
      ))\(sheet("Last", "<Row><Cell>\(data("String", "x"))</Cell></Row>"))</Workbook>
      """
    let table = try ReadTable(book)
    #expect(table.rows == [[], ["a & b", "", "2024-05-01", "TRUE", "1234.5670"]])
    #expect(table.part == "Leads")
    #expect(table.remarks == ["sheets that were not read: “Empty”, “Last”"])
    #expect(try ReadTable(book, part: "last").rows == [["x"]])
    #expect(throws: ContainerFault.part(named: "No", choices: ["Empty", "Leads", "Last"])) {
      try ReadTable(book, part: "No")
    }
  }

  @Test func `has headings in cells of their own below those that take several columns`() throws {
    let table = try ReadTable(
      """
      <table><caption>Leads</caption><thead><tr><th colspan=2>Person</th><th colspan="2">Company</th></tr>
      <tr><th scope=col>First Name</th><th>Email</th><th>Company</th><th>Title</th></tr></thead>
      <tbody><tr><td>Ida<td>ida@berg.example<td>Berg AS<td>Buyer</tbody></table>
      """
    )
    #expect(
      table.rows == [
        ["Person", "", "Company"], ["First Name", "Email", "Company", "Title"],
        ["Ida", "ida@berg.example", "Berg AS", "Buyer"],
      ]
    )
  }

  @Test func `of Excel 2003 has merged cells, and notes that are no values`() throws {
    let data = { (text: String) in "<Data ss:Type=\"String\">\(text)</Data>" }
    let note = "<Comment ss:Author=\"Sam\"><ss:Data><B>Sam:</B> ask her</ss:Data></Comment>"
    let table = try ReadTable(
      """
      <?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="ss">\
      <Worksheet ss:Name="S"><Table><Row><Cell ss:MergeAcross="1">\(data("a"))</Cell><Cell>\(data("b"))</Cell>\
      <Cell ss:MergeAcross="99999999999"/><Cell>\(data("far"))</Cell></Row>\
      <Row><Cell>\(data("c"))\(note)</Cell><Cell>\(data("d"))</Cell></Row></Table></Worksheet></Workbook>
      """
    )
    #expect(table.rows == [["a", "", "b"], ["c", "d"]])
  }

  @Test func `is read where it has most cells, not where it has a title or what was asked for`()
    throws
  {
    let rows = "<tr><th>Name<th>Email<tr><td>Ida<td>ida@berg.example<tr><td>Ole<td>o@l.example"
    let expected = [["Name", "Email"], ["Ida", "ida@berg.example"], ["Ole", "o@l.example"]]
    for before in [
      "<table><tr><td>Logo<td>Leads of March</table>",
      "<table><tr><td>Status:<td>open<tr><td>Owner:<td>Sam</table>",
      "<table>" + String(repeating: "<tr><td>x", count: 200) + "</table>",
    ] {
      #expect(try ReadTable("<html>\(before)<table>\(rows)</table>").rows == expected)
      #expect(
        try ReadTable("<table><tr><td>\(before)<table>\(rows)</table></table>").rows == expected
      )
    }
  }
}
