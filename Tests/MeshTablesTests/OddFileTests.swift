import MeshTables
import Testing

@Suite struct `The header of an odd file` {
  @Test func `is found below a title, though one heading alone is known`() {
    let file = WrittenTable(
      "Kundenliste Frühjahr;;\n\nSpitzname;E-Mail;Größe\nIdi;ida@berg.example;\nOli;ole@lund.example;\n"
    )
    #expect(file.format.headings == ["Spitzname", "E-Mail", "Größe"])
    #expect(file.values.map { $0[1] } == ["ida@berg.example", "ole@lund.example"])
  }

  @Test func `is the line below the names of groups`() {
    let file = WrittenTable(
      """
      Company,,Email,,Phone
      First Name,Last Name,Email,Title,Phone
      Ida,Berg,ida@berg.example,Buyer,1
      Ole,Lund,ole@lund.example,,2

      """
    )
    #expect(file.format.headings == ["First Name", "Last Name", "Email", "Title", "Phone"])
    #expect(file.values.map { $0[0] } == ["Ida", "Ole"])
    #expect(file.format.remarks.contains(.linesBefore(count: 1, first: "Company")))
  }

  @Test func `may have numbers for headings beside known ones`() {
    let file = WrittenTable("Email,First Name,1,2\nida@berg.example,Ida,yes,no\n")
    #expect(file.format.headings == ["Email", "First Name", "1", "2"])
    #expect(file.values == [["ida@berg.example", "Ida", "yes", "no"]])
  }

  @Test(arguments: [
    "Ida,Berg,,Berg AS\nOle,Lund,ole@lund.example,Lund AS\nEva,Holm,eva@holm.example,Holm AS\n",
    "Ida,Berg,Title,Norway\nOle,Lund,Buyer,Norway\nEva,Holm,Buyer,Sweden\n",
    "4915112345,4915112346,1,2\n4915112347,4915112348,3,4\n4915112347,4915112348,3,4\n",
  ])
  func `is not the first person`(text: String) {
    let file = WrittenTable(text)
    #expect(!file.format.hasHeader)
    #expect(file.values.count == 3)
  }

  @Test func `of one column is read with delimiters at the end, and with commas in names`() {
    let ends = WrittenTable("Email;;\nida@berg.example;;\nole@lund.example;;\n")
    #expect(ends.format.headings == ["Email"])
    #expect(ends.values == [["ida@berg.example"], ["ole@lund.example"]])
    let names = WrittenTable(
      "Email\n\"Berg, Ida\" <ida@b.example>\n\"Lund, Ole\" <ole@l.example>\n"
    )
    #expect(names.format.headings == ["Email"])
    #expect(names.values.count == 2)
  }

  @Test func `tells the delimiter by a single heading that is known`() {
    let file = WrittenTable(
      "E-Mail;Spitzname\nida@berg.example;Berg, Ida\nole@l.example;Lund, Ole\n"
    )
    #expect(file.format.headings == ["E-Mail", "Spitzname"])
    #expect(file.values.map { $0[1] } == ["Berg, Ida", "Lund, Ole"])
    let titled = WrittenTable("Description\nAlpha,Beta\nx,y\nu,v\n")
    #expect(titled.format.headings == ["Alpha", "Beta"])
    #expect(titled.values == [["x", "y"], ["u", "v"]])
  }

  @Test func `has commas within tabs`() {
    let file = WrittenTable("First Name\tEmail\tAddress\nIda\tida@b.example\tMain St 1, Troy, NY\n")
    #expect(file.format.headings == ["First Name", "Email", "Address"])
    #expect(file.values == [["Ida", "ida@b.example", "Main St 1, Troy, NY"]])
  }

  @Test func `survives a quote that is open in it`() {
    let file = WrittenTable("\"First Name,Last Name,Email\nIda,Berg,ida@berg.example\n")
    #expect(file.format.headings == ["First Name", "Last Name", "Email"])
    #expect(file.values == [["Ida", "Berg", "ida@berg.example"]])
  }

  @Test func `has as many columns as it has, up to one more than may be`() {
    let headings = (1...1_000).map { "Heading \($0)" }
    let row = headings.indices.map { "v\($0)" }
    let file = WrittenTable(
      headings.joined(separator: ";") + "\n" + row.joined(separator: ";") + "\n"
    )
    #expect(file.format.headings == headings)
    #expect(file.values == [row])
    let more = WrittenTable((1...1_200).map { "H\($0)" }.joined(separator: ",") + "\n")
    #expect(more.format.headings.count == 1_001)
  }
}

@Suite struct `Rows of an odd file` {
  private let header = "First Name,Last Name,Email,Description\n"

  /// A quote that each row opens, and none closes.
  @Test(arguments: [
    "F%,\"L%,f%@l.example,x\n", "F%,L%,f%@l.example,\"x%\n", "\"F%,L%,f%@l.example,x\n",
  ])
  func `are each found though all have an open quote`(pattern: String) {
    let body = (0..<50).map { pattern.replacing("%", with: "\($0)") }.joined()
    let rows = WrittenTable(header + body).rows().rows
    #expect(rows.count == 50)
    #expect(rows.indices.allSatisfy { rows[$0].values[2] == "f\($0)@l.example" })
    #expect(rows.indices.allSatisfy { rows[$0].values[0] == "F\($0)" })
  }

  @Test func `are each found though two of them in turn have an open quote`() {
    let others = (0..<40).map { "F\($0),\"L\($0), jr\",f\($0)@l.example,\"line\nbreak\"\n" }
    let bad = "Ida,\"Berg,ida@berg.example,x\nOle,\"Lund,ole@lund.example,y\n"
    for body in [bad + others.joined(), others.joined() + bad] {
      let rows = WrittenTable(header + body).rows().rows
      #expect(rows.count == 42)
      #expect(rows.allSatisfy { $0.values[2].hasSuffix(".example") })
      #expect(rows.count { $0.faults.isEmpty } == 40)
    }
  }

  @Test(arguments: ["", "\n", "\r\n"])
  func `end with an open quote in the last of them`(end: String) {
    let file = WrittenTable(header + "Ida,Berg,i@b.example,x\nOle,Lund,o@l.example,\"y" + end)
    #expect(file.values.map { $0[3] } == ["x", "y"])
  }

  @Test func `are read though the first MiB ends in an open quote`() {
    let row = "Ida,Berg,ida@berg.example,\(String(repeating: "x", count: 1_000))\n"
    let count = (1 << 20) / row.utf8.count
    let text = header + String(repeating: row, count: count) + "Ole,Lund,\"o@l.example,y\n" + row
    let sample = Array(text.utf8.prefix(1 << 20))
    let format = TableProbe(sample, isWhole: false) { WrittenTable.known.contains($0.lowercased()) }
      .format()
    let file = WrittenTable(format, Array(text.utf8))
    #expect(file.format.headings.count == 4)
    #expect(file.values.map { $0[0] }.suffix(2) == ["Ole", "Ida"])
  }

  @Test func `of 100,000 open quotes take no more time than their number`() {
    let row = "Ida,\"Berg,ida@berg.example,x\n"
    let format = TableFormat(headings: ["First Name", "Last Name", "Email", "Description"])
    let file = WrittenTable(format, Array(String(repeating: row, count: 100_000).utf8))
    let took = ContinuousClock().measure { #expect(file.rows().rows.count == 100_000) }
    #expect(took < .seconds(30))
  }

  @Test func `do not include what a program left at the end`() {
    let bytes = Array((header + "Ida,Berg,ida@berg.example,x\n").utf8)
    for zeros in [1, 7, 4_096] {
      let file = WrittenTable(bytes + [UInt8](repeating: 0, count: zeros))
      #expect(file.format.encoding == .utf8)
      #expect(file.values == [["Ida", "Berg", "ida@berg.example", "x"]])
    }
  }

  @Test func `do not include totals and notices in any language`() {
    let file = WrittenTable(
      """
      Vorname;Nachname;E-Mail;Description
      Ida;Berg;ida@berg.example;x
      Gesamtsumme;;;12
      Erstellt am 02.03.2024;;;
      Vertraulich - nicht weitergeben;;;
      Copyright © 2024 Beispiel GmbH. Alle Rechte vorbehalten.;;;
      Total général;;;3
      Wygenerowano 2024-03-02;;;

      Stand: heute
      """
    )
    #expect(file.values.map { $0[0] } == ["Ida"])
    #expect(file.rows().rest == PassedOver(footers: 7))
  }

  @Test func `include an address that stands alone after a blank line`() {
    let file = WrittenTable(header + "Ida,Berg,i@b.example,x\n\nole@lund.example\n")
    #expect(file.values.map { $0[0] } == ["Ida", "ole@lund.example"])
  }

  @Test func `may be in quotes as a whole, some of them or all`() {
    let some = WrittenTable(
      header + "Ida,Berg,i@b.example,x\n\"Ole,\"\"Lund, Sons\"\",o@l.example,\"\"y\"\"\"\n"
    )
    #expect(some.values[1] == ["Ole", "Lund, Sons", "o@l.example", "y"])
    #expect(some.faults == [[], [.quotedRow]])
    let all = WrittenTable(
      "\"First Name,\"\"Last Name\"\",Email\"\n\"Ida,Berg,i@b.example\"\n\"Ole,\"\"Lund, Sons\"\",o@l.example\"\n"
    )
    #expect(all.format.headings == ["First Name", "Last Name", "Email"])
    #expect(all.values == [["Ida", "Berg", "i@b.example"], ["Ole", "Lund, Sons", "o@l.example"]])
    let names = WrittenTable("Email\n\"Berg, Ida\"\n")
    #expect(names.values == [["Berg, Ida"]])
  }
}

@Suite struct `The text of an odd file` {
  @Test func `is UTF-16 without a mark, though a character has a zero where others have none`() {
    let text = "姓,名,email\r\n鈴木,一郎,a@b.jp\r\n田中,一,c@d.jp\r\n"
    for encoding in [TableEncoding.utf16LE, .utf16BE] {
      let bytes = TextWriter(encoding).write(text)
      #expect(FileKind.of(bytes) == .text)
      let file = WrittenTable(bytes)
      #expect(file.format.encoding == encoding)
      #expect(file.values == [["鈴木", "一郎", "a@b.jp"], ["田中", "一", "c@d.jp"]])
    }
  }

  @Test func `is UTF-16 without a mark, though hardly any of it is ASCII`() {
    let text = "Имя\tФамилия\nИван\tПетров\nОльга\tСмирнова\nСергей\tИванов\n"
    let file = WrittenTable(TextWriter(.utf16LE).write(text))
    #expect(file.format.encoding == .utf16LE)
    #expect(file.values.map { $0[1] } == ["Петров", "Смирнова", "Иванов"])
  }

  @Test func `is not UTF-16 because of two zeros`() {
    let file = WrittenTable("Email,First Name\na@b.example,I\u{0}d\u{0}a\nc@d.example,Ole\n")
    #expect(file.format.encoding == .utf8)
    #expect(file.values.map { $0[0] } == ["a@b.example", "c@d.example"])
  }

  @Test func `is read value by value where rows of another file were added`() {
    let ours = "First Name,Last Name,Email\nZoë,Brontë,z@b.example\nJürgen,Groß,j@g.example\n"
    let rows = String(repeating: "Ida,Müller,i@m.example\n", count: 9)
    let added = TextWriter(.windows1252).write("José,Núñez,j@n.example\nOle,Lund,o@l.example\n")
    let file = WrittenTable(Array((ours + rows).utf8) + added)
    #expect(file.format.encoding == .utf8)
    #expect(file.values.suffix(2).map { $0[1] } == ["Núñez", "Lund"])
    #expect(file.faults.suffix(2) == [[.otherEncoding(column: 0), .otherEncoding(column: 1)], []])
  }

  @Test func `is told where bars separate words`() {
    let text = "First Name|Last Name|Email\r\nWałęsa|Müller|José\r\n"
    let file = WrittenTable(TextWriter(.windows1250).write(text))
    #expect(file.format.encoding == .windows1250)
    #expect(file.values == [["Wałęsa", "Müller", "José"]])
  }

  private static let words: [(TableEncoding, String)] = [
    (.windows1251, "Юлия"), (.windows1251, "Пётр"), (.windows1251, "ООО Ромашка"),
    (.windows1251, "г. Орёл"), (.shiftJIS, "佐藤"), (.shiftJIS, "東京都"), (.shiftJIS, "サトウ"),
    (.shiftJIS, "ｻﾄｳ ｼﾞﾛｳ"), (.shiftJIS, "カタカナ"), (.macRoman, "Åsa"),
    (.shiftJIS, "佐々木"), (.gb18030, "有限公司"), (.gb18030, "李娜"), (.gb18030, "上海"),
    (.macRoman, "Müller"),
    (.macRoman, "Zoë"), (.macRoman, "São Paulo"), (.windows1250, "Łódź"), (.windows1250, "Dvořák"),
    (.windows1252, "Müller"), (.windows1252, "Größe"), (.windows1252, "Françoise"),
    (.windows1252, "Lukas Müller"),
  ]

  @Test(arguments: words)
  func `is told by a single word`(encoding: TableEncoding, word: String) {
    let text = "First Name,Last Name,Email\r\n\(word),Lund,o@l.example\r\n"
    let file = WrittenTable(TextWriter(encoding).write(text))
    #expect(file.format.encoding == encoding)
    #expect(file.values.first?.first == word)
  }
}
