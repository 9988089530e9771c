import Testing

@testable import MeshImport

@Suite struct `Reading CSV` {
  private func read(_ text: String, chunk: Int = .max, delimiter: Character = ",") throws
    -> [CSVParser.Record]
  {
    var parser = CSVParser(delimiter: delimiter.asciiValue ?? 0)
    var records: [CSVParser.Record] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let end = min(bytes.count, index + min(chunk, bytes.count))
      index += try parser.feed(bytes[index..<end]) { records.append($0) }
    }
    try parser.finish { records.append($0) }
    return records
  }

  @Test(arguments: [1, 2, 3, 7, Int.max])
  func `gives the same records whatever pieces the file comes in`(chunk: Int) throws {
    let text = "\u{FEFF}a,b\r\n\"x, \"\"y\"\"\nz\",2\n\n3,\"\"\r4,ö"
    let records = try read(text, chunk: chunk)
    #expect(records.map(\.values) == [["a", "b"], ["x, \"y\"\nz", "2"], ["3", ""], ["4", "ö"]])
    #expect(records.map(\.line) == [1, 2, 5, 6])
    #expect(records.last?.endOffset == text.utf8.count)
  }

  @Test func `takes a first letter that begins like a byte order mark for what it is`() throws {
    let records = try read("\u{FF21},b\n", chunk: 1)
    #expect(records.map(\.values) == [["\u{FF21}", "b"]])
  }

  @Test func `goes on from the end of any record`() throws {
    let text = "a,b\r\n\"1\n2\",x\r\nlast,row"
    let records = try read(text)
    for (index, record) in records.enumerated() {
      var rest: [CSVParser.Record] = []
      var parser = CSVParser(offset: record.endOffset, line: record.endLine)
      _ = try parser.feed(Array(text.utf8)[record.endOffset...]) { rest.append($0) }
      try parser.finish { rest.append($0) }
      #expect(rest == Array(records[(index + 1)...]))
    }
  }

  @Test func `stops after as many records as asked for`() throws {
    var parser = CSVParser()
    var records: [CSVParser.Record] = []
    let bytes = Array("a\nb\nc\n".utf8)
    let taken = try parser.feed(bytes[...], limit: 2) { records.append($0) }
    #expect(taken == 4)
    #expect(records.map(\.values) == [["a"], ["b"]])
  }

  @Test func `says on which line a file is no CSV`() {
    #expect(throws: CSVParser.Fault.strayQuote(line: 2)) { try read("a\n\"b\"c\n") }
    #expect(throws: CSVParser.Fault.openQuote(line: 2)) { try read("a\n\"b\n") }
    let bytes: [UInt8] = [0x61, 0x0A, 0xFF, 0x0A]
    var parser = CSVParser()
    #expect(throws: CSVParser.Fault.notUTF8(line: 2)) { try parser.feed(bytes[...]) { _ in } }
  }

  @Test func `bounds a record, so that an open quote does not take the whole file`() {
    let text = "a\n\"" + String(repeating: "x", count: CSVParser.maxRecordBytes + 1)
    #expect(throws: CSVParser.Fault.recordTooLong(line: 2)) { try read(text) }
  }

  @Test(arguments: [
    ("a,b;c,d", ","), ("a;b;c", ";"), ("a\tb", "\t"), ("\"a;b;c\",d", ","), ("single", ","),
  ])
  func `finds the delimiter in the header row`(header: String, delimiter: Character) {
    #expect(CSVParser.delimiter(ofHeader: header.utf8) == delimiter.asciiValue)
  }
}
