import LeadsAPI
import MeshCore
import RecordsAPI
import Testing

@testable import leadmesh

@Suite struct `How a file is understood` {
  private static let distrust =
    "“Record Id” is no id, as its values are repeated; rows are told apart by their values."

  private let reading = ImportReading(
    format: "text in UTF-8, separated by semicolons",
    sourceSystem: "zoho",
    sourceLabel: "Zoho CRM",
    columns: [
      ImportReadColumn(index: 0, column: "Record Id", group: .leftOut, distrusted: distrust),
      ImportReadColumn(index: 1, column: "Name\u{1B}[2J", field: "name", group: .imported),
      ImportReadColumn(
        index: 2,
        column: "Revenue",
        field: "annual_revenue",
        group: .imported,
        readAs: "a comma before decimals",
        unreadable: 1
      ),
      ImportReadColumn(index: 3, column: "Tag", group: .leftOut),
      ImportReadColumn(index: 4, column: "Fax", group: .empty),
    ],
    newValues: (1...11).map { ImportNewValue(field: "source", value: "V\($0)", rows: 12 - $0) },
    unknownOwners: [ImportUnknownOwner(value: "Sam", rows: 2)],
    remarks: ["The file is in Windows-1252.", distrust],
    rows: 1_200,
    passedOver: 3
  )

  @Test func `is said in the order of the page, each thing once`() {
    #expect(
      ReadingReport(reading, of: "a.csv").text == """
        a.csv: text in UTF-8, separated by semicolons, 1,200 rows
          written by Zoho CRM
          passed over: 3 blank rows, repeated headings and totals
        Columns that are imported:
          Name\\u{1B}[2J = name
          Revenue = annual_revenue (a comma before decimals; 1 value cannot be read)
        Columns that are left out: Record Id, Tag
        Columns without values: Fax
        Ids that are not trusted: \(Self.distrust)
        New values of source: “V1” (11), “V2” (10), “V3” (9), “V4” (8), “V5” (7), “V6” (6), “V7” (5), \
        “V8” (4), “V9” (3), “V10” (2) and 1 more
        Owners who are no members: “Sam” (2)
        Note: The file is in Windows-1252.
        """
    )
  }

  @Test func `says which values are left out because their list gets no new ones`() {
    var reading = ImportReading(format: "text", rows: 2)
    reading.newValues = [
      ImportNewValue(field: "loss_reason", value: "Odd", rows: 2, leftOut: true)
    ]
    let text = ReadingReport(reading, of: "a.csv").text
    #expect(text.hasSuffix("\nLeft out, as not in the list of loss_reason: “Odd” (2)"))
  }

  @Test func `is an object for programs`() {
    let end = Import(id: "import_1", fileName: "a.csv", state: .succeeded, reading: reading)
    let json = ImportSummary(end: end, tenant: "acme", refusedRows: [], time: .zero).json.text
    #expect(
      json.contains(
        #""reading":{"format":"text in UTF-8, separated by semicolons","source_label":"Zoho CRM","#
          + #""columns":[{"column":"Record Id","field":"","group":"left_out","read_as":"","#
      )
    )
    let part = #""field":"annual_revenue","group":"imported","read_as":"a comma before"#
    #expect(json.contains(part))
    #expect(json.contains(#""new_values":[{"field":"source","value":"V1","rows":11},"#))
    #expect(json.contains(#""unknown_owners":[{"value":"Sam","rows":2}],"remarks":["The file is"#))
  }

  @Test func `names the files of rows at the end`() {
    let end = Import(id: "import_1", fileName: "a.csv", state: .succeeded, rows: 1, refused: 1)
    let summary = ImportSummary(
      end: end,
      tenant: "acme",
      refusedRows: [],
      files: [("r.csv", "Refused rows"), ("m.csv", "Rows with remarks")],
      time: .zero
    )
    #expect(
      summary.text.hasSuffix(
        """
          refused    1
        Refused rows and the reasons are in r.csv
        Rows with remarks and the reasons are in m.csv
        """
      )
    )
  }

  @Test func `is asked about with the headings, where none of them fills a field`() {
    let question = ImportQuestion(
      decision: .mapping,
      text: "No heading of the file is known; which column fills which field?",
      examples: ["Alpha", "Beta\n"]
    )
    #expect(
      question.line == "No heading of the file is known; which column fills which field? "
        + "(--map COLUMN=FIELD): “Alpha”, “Beta\\u{A}”"
    )
  }
}
