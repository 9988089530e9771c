import MeshCore
import MeshTestScale
import Testing

@Suite struct `CSV that is written` {
  private func line(_ cells: String...) -> String {
    var writer = CSVWriter()
    writer.row(cells)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `quotes what holds a separator, a quote or a line's end`() {
    #expect(line("a", "", "b c") == "a,,b c\r\n")
    #expect(
      line("a,b", "say \"x\"", "1\n2", "1\r2") == "\"a,b\",\"say \"\"x\"\"\",\"1\n2\",\"1\r2\"\r\n"
    )
    #expect(line("Zoë; ", "a\tb", "a|b") == "\"Zoë; \",\"a\tb\",\"a|b\"\r\n")
  }

  @Test func `leaves formulas as they are where no spreadsheet is`() {
    var writer = CSVWriter(marksFormulas: false)
    writer.row(["=1+1", "+47 22", "a,b"])
    #expect(String(decoding: writer.take(), as: UTF8.self) == "=1+1,+47 22,\"a,b\"\r\n")
    writer.row(["x"])
    #expect(String(decoding: writer.take(), as: UTF8.self) == "x\r\n")
  }

  @Test(arguments: [
    "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "=", "-", "+1 2",
    "-1,5", "-1.", "--1", "'=1", "''=1", "'-5", "=\u{301}1", "-12.34 USD", "\"=1", "-5;6", "'\tx",
  ])
  func `marks what a spreadsheet could run`(text: String) {
    #expect(CSVMark.marked(text) == "'" + text)
    #expect(CSVMark.unmarked(CSVMark.marked(text)) == text)
  }

  @Test(arguments: [
    ("x;=1", "x;'=1"), ("x\t+a", "x\t'+a"), ("x|@a", "x|'@a"), ("x\n=1", "x\n'=1"),
    ("x\r\n-a", "x\r\n'-a"), ("x;'=1", "x;''=1"), ("x;\"=1\"", "x;'\"=1\""),
    ("=1;=2", "'=1;'=2"), ("\t=1", "'\t'=1"), ("x;-5;6", "x;'-5;6"), (";;＝1", ";;'＝1"),
  ])
  func `marks what a spreadsheet could run that splits at other separators`(
    text: String,
    cell: String
  ) {
    #expect(CSVMark.marked(text) == cell)
    #expect(CSVMark.unmarked(cell) == text)
  }

  @Test func `gives each text back as it was`() {
    var chance = SeededRandom()
    let alphabet = Array("=+-@'\";|\t\r\n,ax5. ＝\u{301}".unicodeScalars)
    for _ in 0..<TestScale.count(5_000, long: 200_000) {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...8, using: &chance) {
        text.append(alphabet.randomElement(using: &chance) ?? "x")
      }
      let cell = CSVMark.marked(String(text))
      #expect(CSVMark.unmarked(cell).unicodeScalars.elementsEqual(text), "\(cell.debugDescription)")
      let separators = ";|\t\r\n".unicodeScalars
      let pieces = cell.unicodeScalars.split { separators.contains($0) }
      for piece in pieces where piece.first.map("=@＝".unicodeScalars.contains) == true {
        Issue.record("\(cell.debugDescription) has a formula")
      }
    }
  }

  @Test(arguments: [
    "", "a=1", "a;b", "1;-5", "x\t\ty", "a, =1", "a;'b", "1", "-5", "+5", "-0.25", "-1e-07", "+1E5",
    "'", "''", "'tis", "' =1", "2026-01-01",
  ])
  func `leaves plain numbers and other texts alone`(text: String) {
    #expect(CSVMark.marked(text) == text)
    #expect(CSVMark.unmarked(text) == text)
  }
}

@Suite struct `An amount as text` {
  @Test(arguments: [
    (0, "USD", "0.00 USD"), (5, "USD", "0.05 USD"), (-1_234, "EUR", "-12.34 EUR"),
    (500, "JPY", "500 JPY"), (1, "BHD", "0.001 BHD"), (-1, "CLF", "-0.0001 CLF"),
    (Int64.min, "USD", "-92233720368547758.08 USD"),
  ])
  func `is in major units with its currency`(minor: Int64, code: String, text: String) throws {
    let currency = try #require(CurrencyCode(code))
    #expect(Money(amountMinor: minor, currency: currency).text == text)
  }
}
