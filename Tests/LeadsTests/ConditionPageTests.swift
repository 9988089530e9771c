import CEL
import FoundationEssentials
import LeadsAPI
import MeshProto
import MeshRecords
import Testing

@testable import LeadsService

/// docs/cel.md, whose every example is tried.
private struct ConditionPage {
  /// An expression and what the page says of it.
  struct Claim: Sendable, CustomTestStringConvertible {
    let text: String
    let outcome: String

    var testDescription: String { text }
  }

  private let lines: [String]

  init() throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/cel.md")
    lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
  }

  /// Cells of the table under the heading `section`, without its first two lines.
  func rows(of section: String) -> [[String]] {
    lines(of: section).filter { $0.hasPrefix("|") }.dropFirst(2).map(Self.cells)
  }

  /// Indented lines of a section, each cut at the first `separator`.
  func claims(of section: String, by separator: String) -> [Claim] {
    lines(of: section).compactMap { line in
      guard line.hasPrefix("    "), let cut = line.dropFirst(4).firstRange(of: separator) else {
        return nil
      }
      return Claim(
        text: Self.trimmed(line[..<cut.lowerBound]),
        outcome: Self.trimmed(line[cut.upperBound...])
      )
    }
  }

  private func lines(of section: String) -> [String] {
    guard let start = lines.firstIndex(of: section) else { return [] }
    return Array(lines[(start + 1)...].prefix { !$0.hasPrefix("#") })
  }

  private static func cells(_ line: String) -> [String] {
    line.replacing("\\|", with: "\u{0}").split(separator: "|").map {
      trimmed($0.replacing("\u{0}", with: "|")[...])
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// What stands between backticks.
  static func code(in cell: String) -> [String] {
    cell.components(separatedBy: "`").enumerated().compactMap { $0 % 2 == 1 ? $1 : nil }
  }
}

@Suite struct `The page about conditions` {
  private let page: ConditionPage
  private let environment = Lead.conditions.environment
  private let lead: [String: CELValue]

  init() throws {
    page = try ConditionPage()
    var lead = try Dictionary(
      uniqueKeysWithValues: page.rows(of: "## Examples").map { row in
        let field = try #require(ConditionPage.code(in: row[0]).first)
        let value = try #require(ConditionPage.code(in: row[1]).first)
        let checked = try Lead.conditions.environment.compile(value, expecting: nil)
        return (field, try checked.evaluate { _ in .null })
      }
    )
    if case .int(let units) = lead["annual_revenue.amount_minor"] {
      lead["annual_revenue"] = .amount(ScaledInteger(units: units, digits: 2))
    }
    self.lead = lead
  }

  /// The answer for the page's lead, as the page writes it.
  private func answer(_ text: String) throws -> String {
    let checked = try environment.compile(text, expecting: nil)
    switch try checked.evaluate({ lead[$0] ?? .null }) {
    case .bool(let answer): return "\(answer)"
    case .string(let text): return "`\"\(text)\"`"
    case .null: return "no answer"
    case let other: return "\(other)"
    }
  }

  @Test func `says of each type how it is declared, with fields that have it`() throws {
    var known: [String: String] = [:]
    for (slot, name) in environment.names.enumerated() {
      switch environment.type(of: slot) {
      case .string: known[name] = "text"
      case .bool: known[name] = "yes or no"
      case .timestamp: known[name] = "time"
      case .number: known[name] = "amount"
      case let type: known[name] = "\(type)"
      }
    }
    for field in Lead.schema.fields {
      if case .id = field.type { known[field.name] = "id" }
    }
    let rows = page.rows(of: "## Fields of a lead")
    #expect(rows.count == 7)
    for row in rows {
      let types = row[0].components(separatedBy: " and ")
      for (index, name) in ConditionPage.code(in: row[2]).enumerated() {
        #expect(known[name] == types[index % types.count], "\(name)")
      }
    }
    let types = rows.flatMap { $0[0].components(separatedBy: " and ") }
    #expect(Set(known.values).subtracting(types + ["yes or no"]) == [])
  }

  @Test func `gives errors as they are`() throws {
    let claims = page.claims(of: "# Conditions", by: "   ")
    #expect(claims.count == 3)
    for claim in claims {
      do throws(CELError) {
        _ = try environment.compile(claim.text)
        Issue.record("\(claim.text) is taken")
      } catch {
        let said = claim.outcome.replacing("...", with: "")
        #expect(said == error.description || error.description.hasPrefix(said))
      }
    }
  }

  @Test func `says which conditions match, and which are no filter`() throws {
    let claims = page.claims(of: "## Examples", by: "//")
    #expect(claims.count == 12)
    for claim in claims {
      let outcome = claim.outcome.split(separator: ",")
      #expect(try answer(claim.text) == outcome[0], "\(claim.text)")
      let checked = try environment.compile(claim.text)
      let sql = try? Lead.conditions.sql(checked)
      #expect((sql == nil) == (outcome.count > 1), "\(claim.text)")
    }
  }

  @Test func `shows what can be written by expressions that can`() throws {
    let rows = page.rows(of: "## What can be written")
    #expect(rows.count == 11)
    for row in rows {
      let examples = ConditionPage.code(in: row[row.count - 1])
      #expect(!examples.isEmpty, "\(row)")
      for example in examples {
        #expect(throws: Never.self, "\(example)") {
          try environment.compile(example, expecting: nil)
        }
      }
    }
  }

  @Test func `says what comes of fields without a value`() throws {
    let rows = page.rows(of: "## Fields without a value")
    #expect(rows.count == 8)
    for row in rows {
      for example in ConditionPage.code(in: row[0]) {
        #expect(try answer(example) == row[1], "\(example)")
      }
    }
  }
}
