import MeshTables
import Testing

@Suite struct `Rows of a file` {
  private let header = "First Name,Last Name,Email,Description\n"

  private func read(_ body: String) -> WrittenTable { WrittenTable(header + body) }

  @Test func `come with line, values and the place after them`() {
    let file = read("Ida,Berg,ida@b.example,\"two\nlines\"\r\nOle,Lund,,x")
    let rows = file.rows().rows
    #expect(rows.map(\.line) == [2, 4])
    #expect(rows[0].values == ["Ida", "Berg", "ida@b.example", "two\nlines"])
    #expect(rows[1].values == ["Ole", "Lund", "", "x"])
    #expect(rows.map(\.end.line) == [4, 4])
    #expect(rows[1].end.offset == file.bytes.count)
    #expect(rows.allSatisfy { $0.faults.isEmpty })
  }

  @Test func `keep a quote inside quotes, and say so`() {
    let file = read(
      "Ida,Berg,i@b.c,fine\nRob,\"Smith \"Bob\" jr\",r@s.t,nick\nOle,Lund,o@l.u,after\n"
    )
    #expect(file.values.map { $0[1] } == ["Berg", "Smith \"Bob\" jr", "Lund"])
    #expect(file.faults == [[], [.strayQuote(column: 1)], []])
  }

  @Test(arguments: [
    ("\"Bob\" Smith,x,y@z.a,\"Lund, Sons\"", ["\"Bob\" Smith", "x", "y@z.a", "Lund, Sons"]),
    ("a,\"Smith \"Bob\"\",y@z.a,d", ["a", "Smith \"Bob\"", "y@z.a", "d"]),
    ("a,5\" tube,y@z.a,d", ["a", "5\" tube", "y@z.a", "d"]),
    ("a, \"Sons, Co\" ,y@z.a,\t\"d\"", ["a", "Sons, Co", "y@z.a", "d"]),
    ("a,\"b\",y@z.a,\"C:\\\"", ["a", "b", "y@z.a", "C:\\"]),
    ("a,\"says \\\"hello\\\", often\",y@z.a,d", ["a", "says \"hello\", often", "y@z.a", "d"]),
    ("a,\"\",y@z.a,\"\"\"q\"\"\"", ["a", "", "y@z.a", "\"q\""]),
  ])
  func `are read as whoever wrote them meant`(line: String, values: [String]) {
    let file = read("Ida,Berg,i@b.c,fine\n\(line)\nOle,Lund,o@l.u,after\n")
    #expect(
      file.values == [
        ["Ida", "Berg", "i@b.c", "fine"], values, ["Ole", "Lund", "o@l.u", "after"],
      ]
    )
  }

  @Test func `are found again after a quote that is never closed`() {
    let file = read(
      "Ida,Berg,i@b.c,\"left open\nRob,Smith,r@s.t,plain\nOle,Lund,o@l.u,ends here\"\nTom,Ness,t@n.e,last\n"
    )
    #expect(file.values.map { $0[0] } == ["Ida", "Rob", "Ole", "Tom"])
    #expect(file.values.map { $0[3] } == ["left open", "plain", "ends here", "last"])
    #expect(file.faults == [[.openQuote(column: 3)], [], [], []])
    #expect(file.rows().rows.map(\.line) == [2, 3, 4, 5])
  }

  @Test(arguments: [
    "Ida,Berg,i@b.c,\"open to the end\n", "Ida,\"Berg,i@b.c,open in the middle\n",
    "Ida,Berg,i@b.c,\"open\nwith a line of text\n",
  ])
  func `cost nobody else anything when a quote is open to the end of the file`(open: String) {
    let others = (0..<40).map { "F\($0),\"L\($0), jr\",f\($0)@l.example,\"line\nbreak\"\n" }
    let plain = (0..<40).map { "G\($0),L\($0),g\($0)@l.example,text\n" }
    for body in [others.joined(), plain.joined()] {
      let rows = read(open + body).rows().rows
      #expect(rows.count == 41)
      #expect(rows[0].values[0] == "Ida")
      #expect(rows[0].faults.contains { if case .openQuote = $0 { true } else { false } })
      #expect(
        rows.dropFirst().allSatisfy { $0.faults.isEmpty && $0.values[2].hasSuffix("@l.example") }
      )
    }
  }

  @Test func `keep several lines in quotes that are right, even if they look like rows`() {
    let file = read("Ida,Berg,i@b.c,\"a list:\none,two,three,four\"\nOle,Lund,o@l.u,x\n")
    #expect(file.values[0][3] == "a list:\none,two,three,four")
    #expect(file.faults == [[.linesLikeRows(column: 3, lines: 2)], []])
  }

  @Test func `drop empty values beyond the last column, and say others`() {
    let file = read("Ida,Berg,i@b.c,x,\nOle,Lund,o@l.u,x,,\nEva,Holm,e@h.o,x,more,\nTom,Ness\n")
    #expect(file.values.allSatisfy { $0.count == 4 })
    #expect(file.faults[..<2] == [[], []])
    #expect(file.faults[2] == [.extraValues(count: 1, values: ["more"])])
    #expect(file.faults[3] == [.fewValues(count: 2, columns: 4)])
  }

  @Test func `cut a value over the limit at a character`() {
    let file = read("Ida,Berg,i@b.c,\(String(repeating: "ü", count: 40))\nOle,Lund,o@l.u,x\n")
    let rows = file.rows(RowLimits(valueBytes: 21)).rows
    #expect(rows.map { $0.values[3] } == [String(repeating: "ü", count: 10), "x"])
    #expect(rows[0].faults == [.cutValue(column: 3, bytes: 21)])
    #expect(rows[1].faults.isEmpty)
  }

  @Test func `go on after a row over the limit, however its bytes come`() {
    let photo = (0..<500).map { _ in "AAAABBBBCCCCDDDD\n" }.joined()
    let file = read("Ida,Berg,i@b.c,\"\(photo)\"\nOle,Lund,o@l.u,x\n")
    for size in [1, 7, 100, 1_000_000] {
      let rows = file.rows(RowLimits(valueBytes: 64, rowBytes: 1024), slice: { size }).rows
      #expect(rows.map { $0.values[0] } == ["Ida", "Ole"])
      #expect(rows[0].values[3].utf8.count == 64)
      #expect(rows[0].faults.contains(.cutRow(bytes: 1024)))
      #expect(rows[1].line == 503)
      #expect(rows[1].end.offset == file.bytes.count)
    }
  }

  @Test func `pass empty rows, repeated headers and footers over, and count them`() {
    let file = read(
      """
      Ida,Berg,i@b.c,x
      ,,,
      "","" , ,
      First Name,Last Name,Email,Description

      Ole,Lund,o@l.u,x
      Total SA,Jean,j@t.fr,a lead
      Total,,,3

      Leads of March
      "Copyright (c) 2024 Example, inc."
      Confidential Information - Do Not Distribute
      Generated By:  Sam Seller  3/2/2024

      """
    )
    let (rows, rest, _) = file.rows()
    #expect(rows.map { $0.values[0] } == ["Ida", "Ole", "Total SA"])
    #expect(rows[1].passedOver == PassedOver(empty: 2, headers: 1))
    #expect(rest == PassedOver(footers: 5))
  }

  @Test func `lose one value by a broken byte`() {
    var bytes = Array((header + "Zoë,Brontë,z@b.c,fine\nMüll").utf8)
    bytes += [0xFF] + Array("er,Lund,o@l.u,ok\nA\u{0}B,Nul,n@u.l,x\n".utf8)
    let file = WrittenTable(bytes)
    #expect(file.format.encoding == .utf8)
    #expect(file.values.map { $0[0] } == ["Zoë", "Müll\u{FFFD}er", "A\u{FFFD}B"])
    #expect(file.faults == [[], [.brokenText(column: 0)], [.brokenText(column: 0)]])
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `end at line ends of any kind`(end: String) {
    let text = header + "Ida,Berg,i@b.c,\"x\(end)y\"\n\nOle,Lund,o@l.u,z\n"
    let file = WrittenTable(text.replacing("\n", with: end))
    #expect(file.values.map { $0[0] } == ["Ida", "Ole"])
    #expect(file.rows().rows.map(\.line) == [2, 5])
  }
}
