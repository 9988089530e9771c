import LeadsAPI
import MeshCore
import Testing

@testable import leadmesh

@Suite struct `Text of files and records on a terminal` {
  @Test(arguments: [
    ("\u{1B}]0;owned\u{7}", "\\u{1B}]0;owned\\u{7}"),
    ("a\rb\nc\td", "a\\u{D}b\\u{A}c\\u{9}d"),
    ("\u{9B}31m", "\\u{9B}31m"),
    ("\u{202E}fdp.exe\u{2066}", "\\u{202E}fdp.exe\\u{2066}"),
    ("\u{2028}line\u{7F}", "\\u{2028}line\\u{7F}"),
    ("Łódź “q” 日本 👩‍👧", "Łódź “q” 日本 👩‍👧"),
    (String(decoding: [0x61, 0xFF, 0x9B], as: UTF8.self), "a\u{FFFD}\u{FFFD}"),
  ])
  func `shows what it must not do`(text: String, shown: String) {
    #expect(text.printable == shown)
  }

  @Test func `is one line for a refused row, a remark and a file's name`() {
    let row = RefusedRow(
      line: 2,
      column: "E\u{1B}[2Jmail",
      field: "email",
      reason: "must be\nline 3: forged"
    )
    #expect(row.text == "line 2, E\\u{1B}[2Jmail: must be\\u{A}line 3: forged")
    let summary = ImportSummary(
      end: Import(
        fileName: "a\u{1B}c\n.csv",
        state: .succeeded,
        remarks: [ImportRemark(field: "status", value: "x\u{202E}\n", text: "is unknown", rows: 1)]
      ),
      tenant: "acme",
      refusedRows: [row],
      time: .seconds(1)
    )
    #expect(summary.text.split(separator: "\n").count == 10)
    #expect(summary.text.printableLines == summary.text)
  }

  @Test func `is escaped in a table's cells, and in JSON as JSON has it`() {
    let table = TextTable(heading: ["name"], rows: [["a\nb\u{1B}"]])
    #expect(table.text == "name\na\\u{A}b\\u{1B}")
    var json = JSONWriter()
    json.string("a\u{9B}\u{202E}\u{7F}ü")
    #expect(json.text.printableJSON == "\"a\\u009b\\u202e\\u007fü\"")
  }
}
