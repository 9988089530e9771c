import MeshCore
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
    #expect(line("Zoë; ", "a\tb") == "\"Zoë; \",\"a\tb\"\r\n")
  }

  @Test(arguments: [
    "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "=", "-", "+1 2",
    "-1,5", "-1.", "--1", "'=1", "''=1", "'-5", "=\u{301}1", "-12.34 USD",
  ])
  func `marks what a spreadsheet could run`(text: String) {
    #expect(CSVMark.marked(text) == "'" + text)
    #expect(CSVMark.unmarked(CSVMark.marked(text)) == text)
  }

  @Test(arguments: [
    "", "a=1", "1", "-5", "+5", "-0.25", "-1e-07", "+1E5", "'", "''", "'tis", "' =1", "2026-01-01",
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
