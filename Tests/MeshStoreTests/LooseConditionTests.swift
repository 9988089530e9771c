import CEL
import MeshCore
import MeshTestScale
import Testing

@testable import MeshStore

@Suite struct `A text looked for loosely` {
  private static let environment = CELEnvironment(fields: ["name": .string, "other": .string])

  /// A text, a part, and whether the text contains it, begins and ends with it.
  private static let cases: [(String, String, [Bool])] = [
    ("ACME Corp", "acme", [true, true, false]), ("acme", "ACME", [true, true, true]),
    ("Acme", "acne", [false, false, false]), ("Müller", "MULLER", [true, true, true]),
    ("Muller", "üll", [true, false, false]), ("Mu\u{308}ller", "müller", [true, true, true]),
    ("Straße", "STRASSE", [true, true, true]), ("Strasse", "ße", [true, false, true]),
    ("İzmir", "izmir", [true, true, true]), ("izmir", "İZ", [true, true, false]),
    ("Łódź", "lodz", [true, true, true]), ("e\u{301}", "e", [true, true, true]),
    ("e", "\u{301}", [true, true, true]), ("Acme", "", [true, true, true]),
    ("", "", [false, false, false]), ("", "a", [false, false, false]),
    ("\u{301}", "", [true, true, true]), ("\u{301}", "a", [false, false, false]),
    ("100%", "0%", [true, false, true]), ("100", "0%", [false, false, false]),
    ("a_b", "A_", [true, true, false]), ("axb", "a_b", [false, false, false]),
    ("a\\b", "\\B", [true, false, true]), ("ab", "\\", [false, false, false]),
    ("it's \"so\"", "'S \"", [true, false, false]), ("日本", "本", [true, false, true]),
    (String(repeating: "é", count: 32_768) + "Z", "ez", [true, false, true]),
    (String(repeating: "a", count: 65_536), "b", [false, false, false]),
    (String(repeating: "ж", count: 32_768), "Ж", [true, true, true]),
  ]

  private static func literal(_ text: String) -> String {
    let escaped = text.map { "\\\"".contains($0) ? "\\\($0)" : String($0) }
    return "\"\(escaped.joined())\""
  }

  @Test(arguments: [true, false])
  func `is found in memory and by the database alike`(isNullable: Bool) async throws {
    let store = try StoreFixture().store
    for (text, part, expected) in Self.cases {
      for (function, isFound) in zip(["contains", "startsWith", "endsWith"], expected) {
        for argument in [Self.literal(part), "other", "('' + other)"] {
          for isNegated in [false, true] where text != "" || !isNegated {
            let condition = "\(isNegated ? "!" : "")name.\(function)Loosely(\(argument))"
            let checked = try Self.environment.compile(condition)
            let values = ["name": CELValue(text: text), "other": CELValue(text: part)]
            // A part that is a field without a value is no part.
            let hasAnswer = part != "" || argument != "other" && argument != "('' + other)"
            let answer = hasAnswer && isFound != isNegated
            let memory = checked.matches { values[$0] ?? .null }
            #expect(memory == answer, "\(text.prefix(20)) \(condition)")
            let kept: (String) -> String? = { isNullable && $0.isEmpty ? nil : $0 }
            let sql = try CELSQL.translate(
              checked,
              fields: [
                "name": SQLField("\(kept(text))", .text, isNullable: isNullable),
                "other": SQLField("\(kept(part))", .text, isNullable: isNullable),
              ]
            )
            let rows = try await store.read(acme) { transaction in
              try transaction.rows("SELECT 1 WHERE \(sql)") { try $0.next(Int.self) }
            }
            #expect(rows.isEmpty == !answer, "\(text.prefix(20)) \(condition): \(sql.text)")
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("name.containsLoosely('ÄB')", "(instr(loose_text(name), ?) > 0)", ["ab"]),
    (
      "name.startsWithLoosely('ÄB')",
      "(substr(loose_text(name), 1, length(?)) = ?)", ["ab", "ab"]
    ),
  ])
  func `has the form of a literal made once`(text: String, sql: String, parts: [String]) throws {
    let translated = try CELSQL.translate(
      Self.environment.compile(text),
      fields: ["name": SQLField("name", .text)]
    )
    #expect(translated.text == sql)
    #expect(translated.parameters == parts.map { .text($0) })
  }

  @Test func `is refused of an id`() throws {
    let error = try #require(throws: MeshError.self) {
      try CELSQL.translate(
        Self.environment.compile("name.containsLoosely('a')"),
        fields: ["name": SQLField("name", .id(prefix: "lead"))]
      )
    }
    #expect(
      error.violations.first?.description
        == "1:1: an id is compared with ==, != or in, not with a part of its text"
    )
  }
}
