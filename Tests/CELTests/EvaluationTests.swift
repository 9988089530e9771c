import CEL
import MeshCore
import Testing

@Suite struct `Evaluating an expression` {
  private let environment = CELEnvironment(fields: [
    "n": .int, "m": .int, "x": .double, "s": .string, "b": .bool, "t": .timestamp,
  ])

  private func answer(_ text: String, _ values: [String: CELValue] = [:]) throws -> CELValue {
    try environment.compile(text, expecting: nil).evaluate { values[$0] ?? .null }
  }

  private func matches(_ text: String, _ values: [String: CELValue] = [:]) throws -> Bool {
    try environment.compile(text).matches { values[$0] ?? .null }
  }

  @Test(arguments: [
    "n == null", "!(n != null)", "n != 5", "null == n", "n in [1, null]", "!(n in [1, 2])",
    "n == m", "s == ''", "!(s != '')", "'' == s", "s in ['a', '']", "!(s in ['a'])",
    "['a', s] == ['a', '']", "'' == null", "(b ? 1 : 2) == 1 || true", "true || n > 5",
    "n > 5 || true",
    "!(n > 5 && false)", "b == null", "b != true",
  ])
  func `takes null as a value in equality, and lets the other side decide`(text: String) throws {
    #expect(try matches(text))
  }

  @Test(arguments: [
    "n > 5", "!(n > 5)", "n <= 5", "n > 5 || false", "n > 5 && true", "b", "!b", "n + 1 == 1",
    "n + 1 != 1", "s.contains('')", "!s.contains('a')", "size(s) == 0", "size(s) != 0",
    "s + 'a' == 'a'", "(n > 5) == (n > 5)", "(n > 5) == false", "(n > 5) in [true, false, null]",
    "1 in [1, n + 1]", "b ? true : true", "t < timestamp('2026-01-01T00:00:00Z')", "-n == 0",
  ])
  func `does not match when an operation needs an absent value`(text: String) throws {
    #expect(try !matches(text))
    #expect(try answer(text) == .null)
  }

  @Test func `has no answer, rather than null, for a formula over absent values`() throws {
    #expect(try answer("n * 2") == .null)
    #expect(try answer("n == null ? 0 : n * 2") == .int(0))
  }

  @Test(arguments: [
    "9223372036854775807 + n", "n - 9223372036854775807 - 3", "9223372036854775807 * (n + 1)",
    "n / 0", "n % 0", "n / (n - n)", "-(n - 1 - 9223372036854775807 - 1)", "[1][n]",
  ])
  func `fails on overflow and division by zero`(text: String) throws {
    #expect(throws: CELError.self) { try answer("\(text)", ["n": .int(1)]) }
    #expect(try !matches("(\(text)) == 1", ["n": .int(1)]))
  }

  @Test(arguments: ["n / 0 > 1 || true", "true || n / 0 > 1"])
  func `looks past an error when the other side decides`(text: String) throws {
    #expect(try matches(text, ["n": .int(1)]))
    #expect(try matches("!((\(text)) && false)", ["n": .int(1)]))
  }

  @Test func `reports an error with its position and without the record's values`() throws {
    let checked = try environment.compile("n + 42 / m > 1")
    #expect(throws: CELError("division by zero", at: CELPosition(line: 1, column: 8))) {
      try checked.evaluate { _ in .int(0) }
    }
  }

  @Test(arguments: [
    ("'Am\\u00E9lie' == 'Ame\\u0301lie'", false), ("'\\u00E9' > 'z'", true),
    ("'\\uFFFD' < '\\U00010000'", true), ("'abc' < 'abcd'", true), ("'' < 'a'", true),
    ("size('e\\u0301') == 2", true), ("'ae\\u0301'.contains('ae')", true),
    ("'ae\\u0301'.endsWith('\\u0301')", true), ("'aab'.contains('ab')", true),
    ("'ab'.contains('abc')", false), ("''.startsWith('')", true), ("'ab'.startsWith('abc')", false),
  ])
  func `compares text by code points`(text: String, expected: Bool) throws {
    #expect(try answer(text) == .bool(expected))
    #expect(try answer(text.replacing("'", with: "\"")) == .bool(expected))
  }

  @Test(arguments: [
    ("9007199254740993 == 9007199254740992.0", true),
    ("9223372036854775807 < 9223372036854775808.0", false),
    ("9223372036854775807 < 9223372036854775808u", true),
    ("-9223372036854775808 == -9223372036854775808.0", true),
    ("-1 < 1.5", true), ("2 > 1.5", true), ("-2 < -1.5", true), ("1 == 1.0", true),
    ("-1 < 0u", true), ("1u == 1", true), ("18446744073709551615u > 1e19", true),
    ("1 < 0.0 / 0.0", false), ("0.0 / 0.0 == 0.0 / 0.0", false), ("1 < 1.0 / 0.0", true),
  ])
  func `compares numbers of different types`(text: String, expected: Bool) throws {
    #expect(try answer(text) == .bool(expected))
  }

  @Test func `compares times`() throws {
    let time = try #require(Timestamp(rfc3339: "2026-01-31T09:30:00Z"))
    #expect(try matches("t == timestamp('2026-01-31T10:30:00+01:00')", ["t": .timestamp(time)]))
    #expect(try matches("t > timestamp('2026-01-31T09:29:59.999999Z')", ["t": .timestamp(time)]))
  }

  @Test(arguments: [
    (100_010, 2, "x == 1000.10 && x > 1000 && x < 1000.11 && x in [1, 1000.1]"),
    (5, 0, "x == 5 && x == 5.0 && x == 5u && x > 4.9"),
    (10, 2, "x == 0.1 && x <= 0.1 && !(x < 0.1)"),
    (-10, 2, "x == -0.1 && x > -0.100001 && x < -0.09"),
    (Int64.max, 2, "x == 92233720368547758.07 || x < 92233720368547760.0"),
    (Int64.max, 2, "x > 92233720368547758 && x < 1e300 && x < 1.0 / 0.0"),
    (Int64.min, 4, "x > -922337203685478 && x > -1e300 && x > -1.0 / 0.0"),
    (1, 4, "x > 0 && x == 1e-4 && x > 9e-5 && x > 1e-320"),
    (0, 3, "x == 0 && x < 1e-320 && x == -0.0 && !(x == 0.0 / 0.0) && !(x in [0.0 / 0.0])"),
  ])
  func `compares amounts exactly, in major units`(
    minor: Int64,
    digits: Int,
    text: String
  ) throws {
    let values = ["x": CELValue.amount(ScaledInteger(units: minor, digits: digits))]
    #expect(try matches(text, values))
  }

  @Test func `compares amounts of currencies with other digits`() {
    func amount(_ minor: Int64, _ digits: Int) -> CELValue {
      .amount(ScaledInteger(units: minor, digits: digits))
    }
    #expect(amount(5, 0) == amount(500, 2))
    #expect(amount(.max, 2).precedes(amount(.max, 0)))
    #expect(!amount(501, 2).precedes(amount(5, 0)))
  }

  @Test func `reads a record by its slots, where an empty text is null`() throws {
    let matches = { (text: String, score: Int64, name: String) in
      let environment = CELEnvironment(ordered: [("score", .int), ("name", .string)])
      var record = CELRecord(environment)
      record[0] = .int(score)
      record[1] = CELValue(text: name)
      return try environment.compile(text).matches(record)
    }
    #expect(try matches("score > 50 && name != null", 51, "a"))
    #expect(try !matches("score > 50 && name != null", 51, ""))
    #expect(try !matches("score > 50 && name != null", 50, "a"))
    #expect(try matches("name < 'm'", 0, "a"))
    #expect(try !matches("name < 'm' || !(name < 'm')", 0, ""))
  }
}
