import MeshCore
import Testing

/// The value as JSONWriter writes it: what is left of a text once it has been read.
func normal(_ text: String) throws(JSONError) -> String {
  try normal(bytes: Array(text.utf8))
}

func normal(bytes: [UInt8]) throws(JSONError) -> String {
  var reader = JSONReader(bytes)
  var writer = JSONWriter()
  try copy(from: &reader, to: &writer)
  try reader.finish()
  return writer.text
}

private func copy(from reader: inout JSONReader, to writer: inout JSONWriter) throws(JSONError) {
  switch try reader.peek() {
  case .object:
    try reader.beginObject()
    writer.beginObject()
    while let key = try reader.nextKey() {
      writer.key(String(decoding: key, as: UTF8.self))
      try copy(from: &reader, to: &writer)
    }
    writer.endObject()
  case .array:
    try reader.beginArray()
    writer.beginArray()
    while try reader.nextElement() { try copy(from: &reader, to: &writer) }
    writer.endArray()
  case .string: writer.string(String(decoding: try reader.string(), as: UTF8.self))
  case .number: writer.raw(String(decoding: try reader.number(), as: UTF8.self))
  case .bool: writer.bool(try reader.bool())
  case .null:
    try reader.null()
    writer.null()
  }
}

@Suite struct `Reading JSON` {
  @Test func `gives every value back`() throws {
    let text = #"{"a":[1,-0.5e+10,true,false,null,{},[],""],"b":{"c":"é😀\n\"\\"},"":0}"#
    #expect(try normal(text) == text)
    #expect(try normal(" \n\t\r{ \"a\" : [ 1 , 2 ] } ") == #"{"a":[1,2]}"#)
  }

  @Test func `resolves escapes, surrogate pairs among them`() throws {
    #expect(
      try normal(#""\u00e9\ud83d\ude00\/\b\f\n\r\t\"\\x\u0041""#)
        == "\"é😀/\\u0008\\u000c\\n\\r\\t\\\"\\\\xA\""
    )
  }

  @Test(
    arguments: [
      "", " ", "{", "[", "[1", "[1,", "[1,]", "[,1]", "{,}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
      "{a:1}", "{\"a\":1 \"b\":2}", "[1 2]", "]", "}", "01", "-", "-01", "1.", ".5", "1e", "1e+",
      "+1", "0x1", "NaN", "Infinity", "tru", "truex", "nul", "'a'", "\"", "\"a", "\"\u{1}\"",
      "\"\n\"", #""\x""#, #""\u12""#, #""\u12g4""#, #""\ud800""#, #""\ud800x""#, #""\ud800\u0041""#,
      #""\udc00""#, #""\u0000""#, "1 1", "{} {}", "[]]", "null,", "// c\n1", "\u{FEFF}1",
    ])
  func `refuses`(text: String) {
    #expect(throws: JSONError.self) { try normal(text) }
  }

  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0x5C, 0x6E, 0xC3, 0x22], [0x22, 0x00, 0x22], [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22],
    ] as [[UInt8]]
  )
  func `refuses text that is no UTF-8`(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try normal(bytes: bytes) }
  }

  @Test func `is limited in depth`() throws {
    let deep = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
    #expect(try normal(deep(100)) == deep(100))
    #expect(throws: JSONError(.value, "is nested deeper than 100")) { try normal(deep(101)) }
    #expect(throws: JSONError.self) { try normal(String(repeating: "[{\"a\":", count: 100_000)) }
  }

  @Test func `names the place of an error from the outside in`() {
    let error = JSONError(.value, "must be a string").within("field").within(index: 2)
    #expect(error.within("mapping").within("import").path == "import.mapping[2].field")
  }
}

@Suite struct `A JSON text with many combining marks` {
  @Test(arguments: ["\u{301}", "\\u0301"])
  func `is refused from the 31st in a row`(mark: String) throws {
    func text(_ marks: Int) -> String {
      "\"a" + String(repeating: mark, count: marks) + "bbbbbbbbbb\""
    }
    #expect(throws: Never.self) { try normal(text(30)) }
    #expect(throws: JSONError.self) { try normal(text(31)) }
  }
}
