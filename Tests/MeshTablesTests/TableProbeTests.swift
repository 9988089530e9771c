import MeshTables
import Testing

@Suite struct `How a file is written` {
  @Test func `is read with the header after notes and titles`() {
    let notes = WrittenTable(
      """
      Notes:
      "Some of the addresses below may be missing, as ""hidden"" ones are left out."

      First Name,Last Name,URL,Email Address,Company
      Mira,Stone,https://www.linkedin.com/in/mira,mira@stone.example,Stone & Co

      """
    )
    #expect(
      notes.format.headings == ["First Name", "Last Name", "URL", "Email Address", "Company"]
    )
    #expect(notes.format.dataLine == 5)
    #expect(notes.values.map { $0[3] } == ["mira@stone.example"])
    #expect(notes.format.remarks == [.linesBefore(count: 3, first: "Notes:")])
    let titles = WrittenTable(
      "Lead report spring,,,\nExported 2024-03-02 10:15,,,\n,,,\nFirst Name,Last Name,Email,Phone\nMira,Stone,m@s.example,1\n"
    )
    #expect(titles.format.headings == ["First Name", "Last Name", "Email", "Phone"])
    #expect(titles.values == [["Mira", "Stone", "m@s.example", "1"]])
  }

  @Test
  func `is read with the first line that is as full as those that follow, if no heading is known`()
  {
    let file = WrittenTable("Bericht\n\nAlpha;Beta;Gamma\nx;y;z\nu;v;w\n")
    #expect(file.format.headings == ["Alpha", "Beta", "Gamma"])
    #expect(file.format.hasHeader)
    #expect(file.values == [["x", "y", "z"], ["u", "v", "w"]])
  }

  @Test(arguments: ["sep=;\r\n", "SEP=;\n", "\"sep=;\"\n", "\u{FEFF}sep=;\n"])
  func `is what the first line says`(line: String) {
    let file = WrittenTable(line + "Interests (a,b,c);Last Name\nx,y;Berg\n")
    #expect(file.format.delimiter == UInt8(ascii: ";"))
    #expect(file.format.headings == ["Interests (a,b,c)", "Last Name"])
    #expect(file.format.remarks.contains(.delimiterSaid(UInt8(ascii: ";"))))
    #expect(file.values == [["x,y", "Berg"]])
  }

  @Test func `is told by headings that are known, not by the delimiter that is commonest in one`() {
    let header = "First Name,Last Name,Email,Interests (a;b;c;d;e)"
    let file = WrittenTable(header + "\nIda,Berg,i@b.c,a;b\n")
    #expect(file.format.delimiter == UInt8(ascii: ","))
    #expect(file.values == [["Ida", "Berg", "i@b.c", "a;b"]])
  }

  @Test func `is told by the delimiter that rows share`() {
    let file = WrittenTable("Alpha;Beta,Gamma,Delta;Eps\n1,5;x;y\n2,5;u;v\nz;w;7,25\n")
    #expect(file.format.delimiter == UInt8(ascii: ";"))
    #expect(file.format.headings == ["Alpha", "Beta,Gamma,Delta", "Eps"])
  }

  @Test func `keeps repeated headings, names empty ones and drops those without any value`() {
    let file = WrittenTable("Last Name,Email,,Email,,\nBerg,i@b.c,x,i2@b.c,,\nLund,o@l.u,,,,\n")
    #expect(file.format.headings == ["Last Name", "Email", "Column 3", "Email"])
    #expect(file.format.remarks == [.emptyColumns(2), .unnamed([2]), .repeated(["Email"])])
    #expect(file.values == [["Berg", "i@b.c", "x", "i2@b.c"], ["Lund", "o@l.u", "", ""]])
    #expect(file.faults == [[], []])
  }

  @Test(arguments: [
    "Ida,Berg,ida@berg.example,Web\nOle,Lund,ole@lund.example,Fair\n",
    "Ida,Berg,(212) 555-0101,x\nOle,Lund,,y\n",
    "Ida,Berg,02 Mar 2024,x\nOle,Lund,03 Mar 2024,y\n",
    "Ida,Berg,https://b.example,x\nOle,Lund,,y\n",
    "Ida,Berg,Norway,x\nOle,Lund,Norway,y\n",
  ])
  func `has no heading line if values are where headings would be`(text: String) {
    let file = WrittenTable(text)
    #expect(!file.format.hasHeader)
    #expect(file.format.headings == ["Column 1", "Column 2", "Column 3", "Column 4"])
    #expect(file.format.remarks == [.noHeader(first: "Ida")])
    #expect(file.values.map { $0[0] } == ["Ida", "Ole"])
  }

  @Test(arguments: [
    "Email\nida@berg.example\nole@lund.example\n", "Alpha,2023,2024\nx,1,2\ny,3,4\n",
    "Name of person,Age,Kind\nIda,30,x\nOle,40,y\n", "Alpha,Beta\n",
  ])
  func `has a heading line otherwise`(text: String) {
    #expect(WrittenTable(text).format.hasHeader)
  }

  @Test func `has backslashes before quotes if that leaves less that is wrong`() {
    let file = WrittenTable(
      "First Name,Last Name,Description\nIda,Berg,\"says \\\"hello\\\", often\"\nO,L,\"a\\\\b\"\n"
    )
    #expect(file.format.quoting == .backslash)
    #expect(file.values == [["Ida", "Berg", "says \"hello\", often"], ["O", "L", "a\\b"]])
    #expect(file.format.remarks == [.backslashQuotes])
    let folders = WrittenTable(
      "First Name,Last Name,Description\nIda,Berg,\"C:\\\"\nOle,Lund,\"D:\\\"\n"
    )
    #expect(folders.format.quoting == .doubled)
    #expect(folders.values.map { $0[2] } == ["C:\\", "D:\\"])
  }

  @Test(arguments: ["", "\n\n", "\u{FEFF}", ",,,\n,,\n", "sep=;\n"])
  func `of nothing has no headings`(text: String) {
    let file = WrittenTable(text)
    #expect(file.format.headings.isEmpty)
    #expect(file.values.isEmpty)
  }
}
