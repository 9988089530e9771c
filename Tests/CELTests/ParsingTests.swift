import CEL
import Testing

@Suite struct `Parsing an expression` {
  private let environment = CELEnvironment(fields: [
    "score": .int, "status": .string, "annual_revenue.currency": .string, "rating": .double,
  ])

  private func answer(_ text: String) throws -> CELValue {
    try environment.compile(text, expecting: nil).evaluate { _ in .null }
  }

  private func error(_ text: String) -> CELError? {
    do throws(CELError) {
      _ = try environment.compile(text, expecting: nil)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    ("1 + 2 * 3", CELValue.int(7)), ("(1 + 2) * 3", .int(9)), ("7 - 2 - 1", .int(4)),
    ("-9223372036854775808", .int(.min)), ("- -3", .int(3)), ("2 - -3", .int(5)),
    ("0xFF", .int(255)), ("-0x10", .int(-16)), (".5 + 1e-1", .double(0.6)),
    ("18446744073709551615u", .uint(.max)),
    ("true || false && false", .bool(true)), ("false ? 1 : true ? 2 : 3", .int(2)),
    ("1 < 2 == true", .bool(true)), ("!true == false", .bool(true)),
    ("1 in [1, 2,] // one of them", .bool(true)), ("1\n+\t2", .int(3)),
  ])
  func `follows the grammar's precedence and literals`(text: String, expected: CELValue) throws {
    #expect(try answer(text) == expected)
  }

  @Test(arguments: [
    (#"'it\'s'"#, "it's"), (#""\x41\u00e9\U0001F600\101""#, "Aé😀A"), (#"r'\d'"#, #"\d"#),
    ("'''a\n'b' '''", "a\n'b' "), (#""""say "hi" now""""#, #"say "hi" now"#),
    (#"'\a\\\?'"#, "\u{7}\\?"),
  ])
  func `reads every form of text`(text: String, expected: String) throws {
    #expect(try answer(text) == .string(expected))
  }

  @Test(arguments: [
    ("", "1:1: the expression is empty"),
    ("score = 5", "1:7: '=' is no operator; '==' compares"),
    ("score > 5 and true", "1:11: 'and' is no operator; write '&&'"),
    ("score >\n  ", "2:3: expected a field, a value or '(', found the end"),
    ("(score > 5", "1:11: expected ')', found the end"),
    ("status == 'new", "1:11: this text has no closing quote"),
    ("status == 'a\nb'", "1:13: a text ends on its line; '\\n' writes a line break"),
    (#"status == '\q'"#, "1:12: '\\q' is no escape; '\\\\' writes a backslash"),
    (#"status == '\ud800'"#, "1:12: this escape is no Unicode character"),
    ("score > 9223372036854775808", "1:9: this number is out of the range of an int"),
    ("score > 5x", "1:9: a number cannot be followed by 'x'"),
    ("while > 5", "1:1: 'while' is a reserved word"),
    ("status.contains('a',)", "1:21: expected an argument after ',', found ')'"),
    ("{'a': 1}", "1:1: maps are not among the types of conditions"),
    ("b'a' == status", "1:1: bytes are not among the types of conditions"),
    ("score > 5 #", "1:11: '#' has no meaning here"),
  ])
  func `says where and what is wrong`(text: String, message: String) {
    #expect(error(text)?.description == message)
  }

  @Test func `is bounded in text, depth and operations`() {
    let long = "status == '" + String(repeating: "x", count: 10_000) + "'"
    #expect(
      error(long)?.message == "an expression has at most 10000 characters, this one has 10012"
    )
    for deep in [
      String(repeating: "(", count: 101) + "1" + String(repeating: ")", count: 101),
      String(repeating: "!", count: 101) + "true",
      String(repeating: "[", count: 101) + String(repeating: "]", count: 101),
      "1" + String(repeating: "+1", count: 100),
      String(repeating: "true?1:", count: 101) + "1",
    ] {
      #expect(error(deep)?.message == "an expression is nested at most 100 levels deep")
    }
    let list = "score in [" + String(repeating: "1,", count: 2_000) + "]"
    #expect(error(list)?.message == "an expression has at most 2000 operations")
  }

  @Test func `counts a loose comparison as many operations`() throws {
    let loosely = "status.containsLoosely('x')"
    let few = Array(repeating: loosely, count: 37).joined(separator: " || ")
    #expect(try environment.compile(few).matches { _ in .string("X") })
    let many = Array(repeating: loosely, count: 38).joined(separator: " || ")
    #expect(
      error(many)?.description
        == "1:29: an expression has at most 2000 operations, of which a loose comparison counts as 50"
    )
  }

  @Test func `takes a long condition, which is wide and not deep`() throws {
    let wide = Array(repeating: "score == 1", count: 600).joined(separator: " || ")
    #expect(try environment.compile(wide).matches { _ in .int(1) })
  }
}
