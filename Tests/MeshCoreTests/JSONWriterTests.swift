import MeshCore
import Testing

@Suite struct `Writing JSON` {
  @Test func `puts commas and colons between values and keys`() {
    var json = JSONWriter()
    json.beginObject()
    json.key("a")
    json.beginArray()
    json.integer(1)
    json.null()
    json.bool(true)
    json.beginObject()
    json.endObject()
    json.endArray()
    json.key("b")
    json.double(2)
    json.endObject()
    #expect(json.text == #"{"a":[1,null,true,{}],"b":2}"#)
  }

  @Test func `escapes quotes, backslashes and control characters and nothing else`() {
    var json = JSONWriter()
    json.string("a\"b\\c\n\r\t\u{1}é/😀")
    #expect(json.text == "\"a\\\"b\\\\c\\n\\r\\t\\u0001é/😀\"")
  }

  @Test func `writes numbers that are not finite as strings`() {
    var json = JSONWriter()
    json.beginArray()
    json.double(.nan)
    json.double(-.infinity)
    json.double(0.1)
    json.endArray()
    #expect(json.text == #"["NaN","-Infinity",0.1]"#)
  }
}
