import MeshTables
import Testing

@Suite struct `The text of a cell` {
  @Test(arguments: [
    ("=\"02134\"", "02134"), ("'02136", "02136"), ("2137", "2137"), ("'t Hooft", "'t Hooft"),
    ("=\"a \"\"b\"\"\"", "a \"b\""), ("=\"a\"&\"b\"", "=\"a\"&\"b\""), ("'=1+1", "=1+1"),
    ("=\"", "=\""), ("=\"\"", ""), ("'", "'"), ("\u{FEFF} Ida\u{A0}", "Ida"),
    ("O'Brien", "O'Brien"), ("=\"+12125550101\"", "+12125550101"), ("'+49 30 1", "+49 30 1"),
    ("\t02134", "02134"), ("'O", "'O"), ("d'Arc", "d'Arc"), ("=02134", "=02134"),
  ])
  func `is freed of what spreadsheets need to keep it`(_ cell: String, _ text: String) {
    #expect(CellText.plain(cell) == text)
  }

  @Test func `is read as a value without characters that nobody sees`() {
    #expect(CellText.value("\u{200E}12\u{AD}0\u{A0}000\u{202F}") == "120 000")
  }
}
