import MeshCore
import Testing

@testable import CEL

@Suite struct `Checking an expression` {
  private let environment = CELEnvironment(fields: [
    "score": .int, "status": .string, "annual_revenue": .double, "create_time": .timestamp,
    "annual_revenue.currency": .string, "do_not_email": .bool, "tags": .list(of: .string),
  ])

  private func error(_ text: String, expecting type: CELType = .bool) -> String? {
    do throws(CELError) {
      _ = try environment.compile(text, expecting: type)
      return nil
    } catch {
      return error.description
    }
  }

  @Test(arguments: [
    ("scroe > 5", "1:1: there is no field 'scroe'; did you mean 'score'?"),
    ("createTime == null", "1:1: there is no field 'createTime'; did you mean 'create_time'?"),
    ("banana == 1", "1:1: there is no field 'banana'"),
    ("score.size > 1", "1:7: int has no field 'size'"),
    ("score > 'high'", "1:7: '>' has no meaning between int and string"),
    ("status == 5", "1:8: string and int are never equal"),
    ("status in ['a', 5]", "1:17: a list holds one type, not string and int"),
    ("score in ['a']", "1:7: int is never in list(string)"),
    ("status in 'new'", "1:11: 'in' needs a list, this is string"),
    (
      "score > null",
      "1:7: '>' has no meaning between int and null; compare with == null or != null"
    ),
    (
      "create_time > '2026-01-31'",
      "1:13: '>' has no meaning between timestamp and string; "
        + "write timestamp(\"2026-01-31T09:30:00Z\")"
    ),
    (
      "create_time > timestamp('yesterday')",
      "1:15: a timestamp is written like 2026-01-31T09:30:00Z"
    ),
    ("score && true", "1:1: '&&' needs a bool, this is int"),
    ("!status", "1:2: '!' needs a bool, this is string"),
    ("score ? true : false", "1:1: '?' needs a bool, this is int"),
    ("true ? 1 : 'a'", "1:6: both sides of ':' need one type, not int and string"),
    ("dyn(score) == 'a'", "1:1: there is no function 'dyn'"),
    (
      "score * [1, 2.5][score] > 1",
      "1:7: '*' does not take (int, number), but (int, int) or (uint, uint) or (double, double)"
    ),
    ("score + 1", "1:7: a condition answers true or false, this answers int"),
    ("null", "1:1: a condition answers true or false, this answers null"),
    (
      "score.startsWith('a')", "1:7: startsWith() does not take (int, string), but (string, string)"
    ),
    ("status.startWith('a')", "1:8: there is no function 'startWith'; did you mean 'startsWith'?"),
    ("contains(status, 'a')", "1:1: contains() is called as text.contains(part)"),
    (
      "'2026-01-31T09:30:00Z'.timestamp() == null",
      "1:24: timestamp() is called as timestamp(value)"
    ),
    (
      "score + 1.5 > 2.0",
      "1:7: '+' does not take (int, double), but (int, int) or (uint, uint) or (double, double) "
        + "or (string, string) or (list(A), list(A))"
    ),
  ])
  func `names the position, the types and the nearest name`(text: String, message: String) {
    #expect(error(text) == message)
  }

  @Test(arguments: [
    "score > 5.5", "annual_revenue == 100", "annual_revenue.currency == 'EUR'", "do_not_email",
    "status == null || status in ['new', null]", "score in [1, 2.5]",
    "size(status) == status.size()",
    "create_time >= timestamp('2026-01-31T09:30:00Z')", "(do_not_email ? null : status) == 'new'",
    "(status == 'a' ? 20 : 0) + (do_not_email ? 10 : 0) > 15",
    "'vip' in tags", "tags[0] == 'vip'", "tags == []", ".score == 1",
    "[1, 2.5][0] > 1u", "score in (do_not_email ? [1] : [2.5])", "score in []", "[] == tags",
  ])
  func `accepts what has a meaning`(text: String) {
    #expect(error(text) == nil)
  }

  @Test func `answers the type that was asked for`() throws {
    #expect(error("score * 2", expecting: .int) == nil)
    #expect(error("null", expecting: .int) == nil)
    #expect(error("status", expecting: .int) == "1:1: this answers string, int is needed")
  }

  @Test func `knows which fields are read`() throws {
    let checked = try environment.compile(
      "score > 5 && (status == 'a' || annual_revenue.currency == 'b')"
    )
    #expect(checked.referencedFields == ["score", "status", "annual_revenue.currency"])
    #expect(try environment.compile("1 < 2").referencedFields.isEmpty)
  }
}

@Suite struct `The spelling of a name` {
  private let names = Spelling(["Ada Byron", "Eve Moe", "Eva Moe", "Won"])

  @Test(
    arguments: [
      ("ada biron", "Ada Byron"), ("Ada Bryon", "Ada Byron"), ("Wan", "Won"),
      ("Eve Mo", "Eve Moe"), ("Ewe Moe", "Eve Moe"), ("Evi Moe", nil), ("Wins", nil),
    ] as [(String, String?)]
  )
  func `is corrected where one alone is a slip away`(text: String, name: String?) {
    #expect(names.only(near: text) == name)
  }
  /// Levenshtein's distance by its definition.
  private func distance(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
    guard let first = left.first, let other = right.first else {
      return max(left.count, right.count)
    }
    let (rest, others) = (left.dropFirst(), right.dropFirst())
    if first == other { return distance(rest, others) }
    return 1 + min(distance(rest, right), distance(left, others), distance(rest, others))
  }

  @Test func `has the distance that it has by definition, as far as that is near`() {
    let texts = ["", "a", "ab", "ba", "abc", "acb", "bca", "abca", "cabb", "bcabc"]
      .map { Array($0.utf8) }
    for left in texts {
      for right in texts {
        let exact = distance(left[...], right[...])
        for most in 1...3 {
          var table = BoundedDistance()
          let found = table.distance(left, right, atMost: most)
          #expect(found == (exact <= most ? exact : nil), "\(left) \(right) \(most)")
        }
      }
    }
  }

  @Test func `of a long name is compared in proportion to a slip`() {
    var table = BoundedDistance()
    let long = [UInt8](repeating: 120, count: 800)
    var other = long
    other[799] = 121
    #expect(table.distance(long, other, atMost: 2) == 1)
    #expect(table.places <= 5 * 800)
    let before = table.places
    other = [UInt8](repeating: 121, count: 800)
    #expect(table.distance(long, other, atMost: 2) == nil)
    #expect(table.places - before <= 5 * 4)
  }
}
