import Testing

@testable import MeshTables

@Suite struct `A number in a sheet` {
  private func shown(_ number: String, _ code: String, from1904: Bool = false) -> String {
    let numbers = SheetNumber(countsFrom1904: from1904)
    return numbers.text(Array(number.utf8), NumberFormat(code: code))
  }

  @Test(arguments: [
    ("5", "5"), ("-5.25", "-5.25"), ("2125550101", "2125550101"), ("0.30000000000000004", "0.3"),
    ("1234.5600000000001", "1234.56"), ("4.8765500000012301E+17", "4.87655000000123E+17"),
    ("487655000000123456", "487655000000123456"), ("1E3", "1000"), ("1.5E-7", "1.5E-07"),
    // Three decimals might be taken for thousands.
    ("1234.567", "1234.5670"), ("1234.5670000000001", "1234.5670"), ("text", "text"), ("", ""),
    ("1.2.3", "1.2.3"), ("1e999", "1e999"),
  ])
  func `without a format has the digits that a spreadsheet keeps`(_ number: String, _ text: String)
  {
    #expect(shown(number, "General") == text)
  }

  @Test(arguments: [
    ("yyyy-mm-dd", "45413", "2024-05-01"), ("dd.mm.yy", "45413.75", "2024-05-01"),
    ("mmm-yy", "45413", "2024-05-01"), ("[$-409]d\\-mmm\\-yyyy;@", "45413", "2024-05-01"),
    ("m/d/yy h:mm", "45413.5", "2024-05-01T12:00:00"), ("m/d/yy h:mm", "45413", "2024-05-01"),
    ("yyyy-mm-dd hh:mm:ss", "45413.99999999", "2024-05-02"), ("h:mm AM/PM", "0.5", "12:00:00"),
    ("mm:ss", "0.0006944444444", "00:01:00"), ("[h]:mm", "1.5", "36:00:00"),
    ("[mm]:ss", "0.0625", "01:30:00"), ("yyyy", "59", "1900-02-28"), ("yyyy", "61", "1900-03-01"),
    ("yyyy", "60", "60"), ("yyyy", "-1", "-1"), ("yyyy", "2958466", "2958466"),
    ("yyyy", "2958465", "9999-12-31"), ("m/d/yy h:mm", "0.25", "06:00:00"),
    ("\"day\" 0.00", "5", "5"), ("0.00E+00", "45413", "45413"), ("[Red]#,##0", "45413", "45413"),
  ])
  func `of days or hours is an ISO text`(_ code: String, _ number: String, _ text: String) {
    #expect(shown(number, code) == text)
  }

  @Test func `counts days from 1904 where the workbook does`() {
    #expect(shown("0", "yyyy", from1904: true) == "1904-01-01")
    #expect(shown("43951.5", "d/m/yyyy h:mm", from1904: true) == "2024-05-01T12:00:00")
  }

  @Test(arguments: [
    ("0%", "0.07", "7%"), ("0.0%", "0.125", "12.5%"), ("0.000%", "0.12345678", "12.345678%"),
    ("00000", "2134", "02134"), ("00000", "123456", "123456"), ("00000", "2134.5", "2134.5"),
    ("00000\\-0000", "21340001", "02134-0001"), ("000-00-0000", "12345678", "012-34-5678"),
    ("[$€-407] #,##0.00", "1200", "€1200"), ("#,##0.00\\ \"€\"", "1200.5", "€1200.5"),
    ("\"$\"#,##0", "1200", "$1200"), ("[$CHF] #,##0", "1200", "1200 CHF"),
    ("#,##0\\ [$kr-414]", "1200.125", "1200.1250 kr"), ("[$-409]#,##0", "1200", "1200"),
    ("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "2125550101", "2125550101"),
    ("0", "7", "7"), ("0.00", "7", "7"), ("@", "7", "7"), ("", "7", "7"), ("[", "7", "7"),
    ("\"", "7", "7"), ("\\", "7", "7"), ("_", "7", "7"),
  ])
  func `keeps what its format adds to its meaning`(_ code: String, _ number: String, _ text: String)
  {
    #expect(shown(number, code) == text)
  }

  @Test func `has the formats that have numbers instead of codes`() {
    #expect(NumberFormat.builtIn(14) == .date)
    #expect(NumberFormat.builtIn(22) == .dateAndTime)
    #expect(NumberFormat.builtIn(20) == .time)
    #expect(NumberFormat.builtIn(46) == .duration)
    #expect(NumberFormat.builtIn(10) == .percent)
    #expect(NumberFormat.builtIn(4) == .general)
  }
}
