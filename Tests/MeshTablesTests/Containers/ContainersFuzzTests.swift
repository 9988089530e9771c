import MeshTestScale
import Testing

@testable import MeshTables

/// Containers that were altered, cut off or made up: each ends in a table or in a fault.
@Suite struct `A container of any bytes` {
  private static let limits = {
    var limits = ContainerLimits()
    (limits.inflatedBytes, limits.tableBytes) = (1 << 20, 1 << 20)
    (limits.rowBytes, limits.cellBytes, limits.spooledBytes) = (100_000, 1_000, 1_000)
    return limits
  }()

  private static var samples: [[UInt8]] {
    var book = WorkbookWriter(
      """
      <row r="2" hidden="1"><c r="B2" t="s"><v>0</v></c><c s="1"><v>45413.5</v></c><c t="b"><v>1</v></c></row>
      <row><c t="inlineStr"><is><r><t>x_x0041_</t></r></is></c><c t="d"><v>2024-05-01</v></c></row>
      """
    )
    book.strings = ["a", "b"]
    book.formats = ["[$€-407] #,##0.00;yyyy"]
    let card = """
      BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FC=\nller;A\nitem1.TEL;CELL:1
      item1.X-ABLabel:a\nNOTE:a\\n\n b\nAGENT:\nBEGIN:VCARD\nEND:VCARD\nPHOTO;BASE64:abc\n\nADR:;;a;b\nEND:VCARD\n
      """
    let page = """
      <html><meta charset=windows-1252><!-- c --><table><tr><td rowspan=2 colspan=3>a&amp;&#233;<br>b<td>c<tr>
      <td><table><tr><td>x<td>y</table></table>
      """
    let old = """
      <?xml version="1.0"?><Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="a">
      <Row ss:Index="2"><Cell ss:Index="2"><Data ss:Type="Number">1.5</Data></Cell></Row></Worksheet></Workbook>
      """
    var zip = ZipWriter()
    zip.add("a/b.csv", "a,b\n1,2\n", .init(isLarge: true))
    var nested = ZipWriter()
    nested.add("a.xlsx", book.bytes)
    return [card, page, old].map { Array($0.utf8) } + [
      book.bytes, zip.finished(comment: "x", isLarge: true), nested.finished(),
    ]
  }

  private func read(_ bytes: [UInt8]) {
    do {
      _ = try ReadTable(bytes, limits: Self.limits)
    } catch let fault as ContainerFault {
      #expect(!fault.text.isEmpty)
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(arguments: TestScale.seeds(8, long: 200))
  func `ends in a table or in a fault that says what to do`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for sample in Self.samples {
      for _ in 0..<60 {
        var bytes = sample
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0...4, using: &random) {
          case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
          case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
          case 2: bytes.insert(contentsOf: bytes[place...].prefix(40), at: place)
          case 3: bytes.removeSubrange(place..<min(place + 10, bytes.count))
          default: bytes[place] = [0xFF, 0x00, 0x22, 0x3C, 0x3B, 0x0A][place % 6]
          }
          if bytes.isEmpty { bytes = sample }
        }
        read(bytes)
        read(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
      }
    }
  }

  /// The files of a workbook, altered before they are packed: the archive itself is whole.
  @Test(arguments: TestScale.seeds(8, long: 200))
  func `ends so too where only the files in an archive are altered`(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let marks = [
      "<c>", "</c>", "<row r=\"-1\">", "\"", "&", "<is><t>", "]]>", "s=\"9\"",
      "99999999999999999999",
    ]
    for _ in 0..<200 {
      var book = WorkbookWriter(
        "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" s=\"1\"><v>45413.5</v></c></row>"
      )
      book.strings = ["a"]
      book.formats = ["yyyy\\-mm"]
      var content = Array(book.sheets[0].content)
      var code = Array(book.formats[0])
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0...content.count, using: &random)
        let mark = marks[Int.random(in: 0..<marks.count, using: &random)]
        content.insert(contentsOf: mark, at: place)
        code.insert(
          Character(Unicode.Scalar(UInt8.random(in: 32...126, using: &random))),
          at: Int.random(in: 0...code.count, using: &random)
        )
      }
      book.sheets[0].content = String(content)
      book.formats[0] = String(code)
      read(book.bytes)
    }
  }
}
