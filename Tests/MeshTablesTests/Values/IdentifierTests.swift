import MeshTables
import Testing

@Suite struct `A column of ids` {
  private func fault(_ values: [String]) -> IdentifierEvidence.Fault? {
    var evidence = IdentifierEvidence()
    for value in values { evidence.add(value) }
    return evidence.fault()
  }

  @Test func `is trusted where each value stands in one row`() {
    #expect(fault((0..<5_000).map { "00Q\($0)" }) == nil)
    #expect(fault(["1", "2", "N/A", "3", "0", "-"]) == nil)
    // Ids of Salesforce that differ in case alone, and numbers that look like powers of ten.
    #expect(fault(["00Q5g00000AbCdE", "00Q5g00000aBcDe", "1E5", "12E4"]) == nil)
    #expect(fault(["{6F9619FF-8B86-D011-B42D-00C04FC964FF}", "#N/A"]) == nil)
  }

  @Test func `is not where values repeat`() {
    #expect(fault(["a", "b", "a", "a"]) == .repeated(rows: 2, example: "a"))
    #expect(fault(["-1", "-1", "7"]) == .repeated(rows: 1, example: "-1"))
    #expect(fault(["7", "7.0"]) == .repeated(rows: 1, example: "7"))
    let many = (0..<3_000).map { "x\($0)" } + ["x2999"]
    #expect(fault(many) == .repeated(rows: 1, example: nil))
  }

  @Test func `is not where a spreadsheet shortened them`() {
    #expect(
      fault(["4.87655E+17", "5", "4.87656E+17"]) == .shortened(rows: 2, example: "4.87655E+17")
    )
  }

  @Test func `is not where there are none, or few`() {
    #expect(fault(["", "N/A"]) == .empty)
    #expect(fault(["1", "", "", ""]) == .sparse(rows: 1))
    #expect(fault(["5", "1.23E+15", "6"]) == .shortened(rows: 1, example: "1.23E+15"))
  }

  @Test func `is bounded`() {
    var evidence = IdentifierEvidence(mostRows: 10)
    for number in 0..<20 { evidence.add("a\(number)") }
    #expect(evidence.fault() == .repeated(rows: 0, example: nil))
  }

  @Test func `has ids without what spreadsheets add`() {
    #expect(IdentifierEvidence.id("=\"0042\"") == "0042")
    #expect(IdentifierEvidence.id("000") == "")
    #expect(IdentifierEvidence.id("00000000-0000-0000-0000-000000000000") == "")
    #expect(IdentifierEvidence.id("5001.0") == "5001")
    #expect(IdentifierEvidence.id("v5.0") == "v5.0")
    #expect(IdentifierEvidence.id("#N/A") == "")
    #expect(IdentifierEvidence.id(" N/A ") == "")
  }
}

@Suite struct `The different values of a column` {
  @Test func `are counted in any case, form and order`() {
    var values = DistinctValues()
    for text in ["Web", "web ", "Zoe\u{308}", "Zoë", "Fair", "WEB", "N/A", ""] { values.add(text) }
    #expect(values.byRows.map(\.text) == ["Web", "Zoe\u{308}", "Fair"])
    #expect(values.byRows.map(\.rows) == [3, 2, 1])
    #expect(values.others == 0)
  }

  @Test func `are bounded in number and length`() {
    var values = DistinctValues(most: 3, mostBytes: 10)
    for number in 0..<10 { values.add("value \(number)") }
    values.add(String(repeating: "x", count: 1_000_000))
    #expect(values.entries.count == 3)
    #expect(values.others == 8)
  }
}
