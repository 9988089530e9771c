import MeshCore
import MeshProto
import Testing

@testable import GatewayService

@Suite struct `JSON of a message` {
  @Test func `has every field without presence, with its default when absent`() throws {
    #expect(
      try TestSchema.json([], "Scalars")
        == #"{"a_double":0,"a_float":0,"an_int32":0,"an_int64":"0","a_uint32":0,"a_uint64":"0","#
        + #""a_sint32":0,"a_sint64":"0","a_fixed32":0,"a_fixed64":"0","a_sfixed32":0,"#
        + #""a_sfixed64":"0","a_bool":false,"a_string":"","some_bytes":"","#
        + #""a_color":"COLOR_UNSPECIFIED"}"#
    )
    #expect(
      try TestSchema.json([], "Lists")
        == #"{"numbers":[],"big":[],"texts":[],"nodes":[],"colors":[],"flags":[],"doubles":[]}"#
    )
    #expect(try TestSchema.json([], "Node") == #"{"name":"","far":false}"#)
    #expect(try TestSchema.json([], "Texts") == #"{"by_name":{}}"#)
    #expect(try TestSchema.json([], "Known") == #"{"times":[]}"#)
  }

  @Test(
    arguments: [
      #"{"a_double":-0.5,"a_float":3.25,"an_int32":-2147483648,"an_int64":"-9223372036854775808","#
        + #""a_uint32":4294967295,"a_uint64":"18446744073709551615","a_sint32":-2147483648,"#
        + #""a_sint64":"-9223372036854775808","a_fixed32":4294967295,"#
        + #""a_fixed64":"18446744073709551615","a_sfixed32":-1,"a_sfixed64":"-1","a_bool":true,"#
        + #""a_string":"é\n\"😀","some_bytes":"AAH/","a_color":"COLOR_BLUE"}"#,
      #"{"a_double":1e+300,"a_float":1.5e+10,"an_int32":2147483647,"#
        + #""an_int64":"9223372036854775807","a_uint32":1,"a_uint64":"1","a_sint32":2147483647,"#
        + #""a_sint64":"9223372036854775807","a_fixed32":1,"a_fixed64":"1","#
        + #""a_sfixed32":2147483647,"a_sfixed64":"9223372036854775807","a_bool":false,"#
        + #""a_string":"","some_bytes":"","a_color":"COLOR_RED"}"#,
      #"{"a_double":"NaN","a_float":"-Infinity","an_int32":0,"an_int64":"0","a_uint32":0,"#
        + #""a_uint64":"0","a_sint32":0,"a_sint64":"0","a_fixed32":0,"a_fixed64":"0","#
        + #""a_sfixed32":0,"a_sfixed64":"0","a_bool":false,"a_string":"","some_bytes":"","#
        + #""a_color":"COLOR_UNSPECIFIED"}"#,
    ])
  func `keeps every scalar to its limits`(json: String) throws {
    #expect(try TestSchema.roundTrip(json, "Scalars") == json)
  }

  @Test func `keeps lists, nested messages, maps and well-known messages`() throws {
    let lists =
      #"{"numbers":[1,-1,0],"big":["-5","5"],"texts":["","x"],"nodes":[{"name":"a","far":true},"#
      + #"{"name":"","far":false}],"colors":["COLOR_RED","COLOR_UNSPECIFIED"],"#
      + #""flags":[true,false],"doubles":[0.5,2]}"#
    #expect(try TestSchema.roundTrip(lists, "Lists") == lists)
    let long = String(repeating: "x", count: 20_000)
    let node =
      #"{"name":"\#(long)","child":{"name":"b","child":{"name":"","far":false},"far":false},"#
      + #""maybe":0,"right":{"name":"r","far":false},"far":false}"#
    #expect(try TestSchema.roundTrip(node, "Node") == node)
    for (message, json) in [
      ("Texts", #"{"by_name":{"a":"1","":"","b":"2"}}"#),
      ("Nodes", #"{"by_number":{"-7":{"name":"n","far":false},"0":{"name":"","far":false}}}"#),
      ("Flags", #"{"by_flag":{"true":"1","false":"-1"}}"#),
    ] {
      #expect(try TestSchema.roundTrip(json, message) == json)
    }
    let known =
      #"{"time":"2026-01-31T09:30:00.123Z","duration":"-1.500s","mask":"a,b.c","#
      + #""structure":{"a":1,"b":[null,"x",true,{"c":{}}]},"value":null,"list":[[],{},0.5],"#
      + #""empty":{},"times":["1970-01-01T00:00:00Z","0001-01-01T00:00:00Z"]}"#
    #expect(try TestSchema.roundTrip(known, "Known") == known)
  }

  @Test func `takes what proto3 JSON takes beside what it writes`() throws {
    let json =
      #"{"an_int32":"-1e2","an_int64":12,"a_uint64":1.0,"a_double":"2.5","a_float":7,"#
      + #""some_bytes":"-_8","a_string":null,"a_sint32":null}"#
    let text = try TestSchema.roundTrip(json, "Scalars")
    for part in [
      #""an_int32":-100"#, #""an_int64":"12""#, #""a_uint64":"1""#, #""a_double":2.5"#,
      #""a_float":7"#, #""some_bytes":"+/8=""#,
    ] {
      #expect(text.contains(part))
    }
    #expect(
      try TestSchema.roundTrip(#"{"time":"2026-01-31T10:30:00+01:00","duration":"3s"}"#, "Known")
        == #"{"time":"2026-01-31T09:30:00Z","duration":"3s","times":[]}"#
    )
  }

  @Test(
    arguments: [
      ("1e2", "100"), ("100.0", "100"), ("0.1e1", "1"), ("-12.50E+1", "-125"), ("-0.0", "0"),
      ("0e999999999999999999999", "0"), ("9223372036854775807.0", "9223372036854775807"),
      ("-922337203685477580.8e1", "-9223372036854775808"),
      ("9007199254740993.0", "9007199254740993"),
    ])
  func `has a whole number with a point or an exponent to the last digit`(
    written: String,
    whole: String
  ) throws {
    for value in [written, "\"\(written)\""] {
      let text = try TestSchema.roundTrip(#"{"an_int64":\#(value)}"#, "Scalars")
      #expect(text.contains(#""an_int64":"\#(whole)""#), "\(value)")
    }
  }

  @Test func `shows the value of an enum that it does not know as a number`() throws {
    var output = WireOutput()
    output.number(16, 77)
    #expect(try TestSchema.json(output.bytes, "Scalars").hasSuffix(#""a_color":77}"#))
  }

  @Test func `is the same whatever the order on the wire, the last value counting`() throws {
    var output = WireOutput()
    output.number(1000, 1)
    output.text(1, "first")
    output.nested(2) { $0.text(1, "child") }
    output.text(4, "left")
    output.nested(5) { $0.text(1, "right") }
    output.text(99, "unknown")
    output.text(1, "last")
    output.nested(2) { $0.number(3, 5) }
    #expect(
      try TestSchema.json(output.bytes, "Node")
        == #"{"name":"last","child":{"name":"child","maybe":5,"far":false},"#
        + #""right":{"name":"right","far":false},"far":true}"#
    )
    var lists = WireOutput()
    lists.number(1, 1)
    lists.text(3, "x")
    lists.nested(1) { $0.varint(2) }
    lists.number(1, 3)
    #expect(try TestSchema.json(lists.bytes, "Lists").hasPrefix(#"{"numbers":[1,2,3],"#))
  }

  @Test func `is not made of bytes that are not of the message`() throws {
    #expect(throws: WireError.self) { try TestSchema.json([0x0A, 0x05, 0x61], "Node") }
    #expect(throws: WireError.self) { try TestSchema.json([0x08, 0x01], "Node") }
    #expect(throws: WireError.self) { try TestSchema.json([0x0A, 0x01, 0xFF], "Node") }
    var deep: [UInt8] = []
    for _ in 0..<200 {
      var output = WireOutput()
      output.tag(2, .delimited)
      output.delimited(deep)
      deep = output.bytes
    }
    #expect(throws: WireError.tooDeep) { try TestSchema.json(deep, "Node") }
  }
}

@Suite struct `A JSON body` {
  /// Message, body, the path and the rule that the refusal names.
  @Test(
    arguments: [
      ("Node", #"{"nam":"x"}"#, "nam", "is not a known field"),
      ("Node", #"{"child":{"child":{"x":1}}}"#, "child.child.x", "is not a known field"),
      ("Node", #"{"name":1}"#, "name", "must be a string"),
      ("Node", #"{"name":["x"]}"#, "name", "must be a string"),
      ("Node", #"{"child":[]}"#, "child", "must be an object"),
      ("Node", #"{"name":"a","name":"b"}"#, "name", "is given twice"),
      ("Node", #"{"left":"a","right":{}}"#, "right", "cannot be given together"),
      ("Node", #"[]"#, "", "must be an object"),
      ("Node", #""x""#, "", "must be an object"),
      ("Lists", #"{"numbers":[1,"x"]}"#, "numbers[1]", "must be a whole number"),
      ("Lists", #"{"numbers":1}"#, "numbers", "must be an array"),
      ("Lists", #"{"nodes":[{},{"child":{"name":2}}]}"#, "nodes[1].child.name", "must be a string"),
      ("Lists", #"{"texts":[null]}"#, "texts[0]", "must be a string"),
      ("Lists", #"{"colors":["COLOR_GREEN"]}"#, "colors[0]", "must be one of the field's values"),
      ("Texts", #"{"by_name":{"a":"1","a":"2"}}"#, "by_name.a", "is given twice"),
      ("Texts", #"{"by_name":{"a":1}}"#, "by_name.a", "must be a string"),
      ("Nodes", #"{"by_number":{"x":{}}}"#, "by_number.x", "must be a whole number"),
      ("Scalars", #"{"a_bool":"true"}"#, "a_bool", "must be true or false"),
      ("Scalars", #"{"a_bool":1}"#, "a_bool", "must be true or false"),
      ("Scalars", #"{"a_color":1}"#, "a_color", "must be the name of a value"),
      ("Scalars", #"{"some_bytes":"a b"}"#, "some_bytes", "must be base 64"),
      ("Scalars", #"{"an_int32":2147483648}"#, "an_int32", "must be between"),
      ("Scalars", #"{"an_int32":-2147483649}"#, "an_int32", "must be between"),
      ("Scalars", #"{"a_uint32":-1}"#, "a_uint32", "must be between"),
      ("Scalars", #"{"a_uint64":"18446744073709551616"}"#, "a_uint64", "must be between"),
      ("Scalars", #"{"an_int64":"9223372036854775808"}"#, "an_int64", "must be between"),
      ("Scalars", #"{"an_int32":1.5}"#, "an_int32", "must be a whole number"),
      ("Scalars", #"{"an_int64":4503599627370497.3}"#, "an_int64", "must be a whole number"),
      ("Scalars", #"{"an_int64":1000000000000000.05}"#, "an_int64", "must be a whole number"),
      ("Scalars", #"{"an_int64":12e-1}"#, "an_int64", "must be a whole number"),
      ("Scalars", #"{"an_int64":1e-400}"#, "an_int64", "must be a whole number"),
      ("Scalars", #"{"an_int64":9223372036854775807.5}"#, "an_int64", "must be a whole number"),
      ("Scalars", #"{"an_int64":9223372036854775808.0}"#, "an_int64", "must be between"),
      ("Scalars", #"{"an_int64":1e400}"#, "an_int64", "must be between"),
      ("Scalars", #"{"a_uint64":-1.0}"#, "a_uint64", "must be between"),
      ("Scalars", #"{"an_int32":"01"}"#, "an_int32", "must be a whole number"),
      ("Scalars", #"{"an_int32":" 1"}"#, "an_int32", "must be a whole number"),
      ("Scalars", #"{"an_int32":""}"#, "an_int32", "must be a whole number"),
      ("Scalars", #"{"an_int32":true}"#, "an_int32", "must be a number"),
      ("Scalars", #"{"a_double":"0x1p3"}"#, "a_double", "must be a number"),
      ("Scalars", #"{"a_double":"inf"}"#, "a_double", "must be a number"),
      ("Scalars", #"{"a_double":1e999}"#, "a_double", "must be a 64-bit number"),
      ("Scalars", #"{"a_float":1e39}"#, "a_float", "must be a 32-bit number"),
      ("Scalars", #"{"a_string":"\u0000"}"#, "a_string", "must not hold U+0000"),
      ("Known", #"{"time":"2026-02-30T00:00:00Z"}"#, "time", "must be a time"),
      ("Known", #"{"duration":"1"}"#, "duration", "must be a duration"),
      ("Known", #"{"duration":"1.0000000001s"}"#, "duration", "must be a duration"),
      ("Known", #"{"mask":"a b"}"#, "mask", "must be names of fields"),
      ("Known", #"{"structure":{"a":{"b":1,"b":2}}}"#, "structure.a.b", "is given twice"),
      ("Known", #"{"any":{}}"#, "any", "has no JSON form"),
    ])
  func `that does not fit is refused with the field and the rule`(
    message: String,
    json: String,
    path: String,
    rule: String
  ) {
    let error = #expect(throws: JSONError.self) { try TestSchema.wire(json, message) }
    #expect(error?.path == path)
    #expect(error?.rule.hasPrefix(rule) == true, "\(error?.rule ?? "")")
  }

  @Test(
    arguments: [
      "", "{", #"{"name":"x"} x"#, #"{"name":"\ud800"}"#, #"{"name":"x",}"#, "name=x", #"{"a":"#,
      #"{"a":1"#, #"{"name":1,"#, #"{"a":1} x"#, "[] x",
    ])
  func `that is no JSON is refused as such`(json: String) {
    let error = #expect(throws: JSONError.self) { try TestSchema.wire(json, "Node") }
    #expect(error?.kind == .syntax)
    #expect(error?.path == "")
  }

  @Test func `is limited in depth`() {
    let json =
      String(repeating: #"{"child":"#, count: 101) + "{}" + String(repeating: "}", count: 101)
    #expect(throws: JSONError.self) { try TestSchema.wire(json, "Node") }
  }
}
