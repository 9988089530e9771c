import CEL
import MeshCore
import MeshTestScale

@testable import MeshStore

extension SeededRandom {
  mutating func pick<T>(_ choices: [T]) -> T { choices[Int(next() % UInt64(choices.count))] }

  mutating func chance(_ percent: UInt64) -> Bool { next() % 100 < percent }
}

/// A record of every kind of column, as a row and as CEL reads it.
///
/// In half of the columns no value is NULL; in a text that is NOT NULL it is the empty text, and the
/// other columns always have a value.
struct AnyKindOfRecord {
  static let types: [(name: String, type: CELType)] = [
    ("status", .string), ("source", .string), ("name", .string), ("city", .string),
    ("score", .int), ("visits", .int), ("rating", .double), ("weight", .double),
    ("active", .bool), ("archived", .bool), ("created", .timestamp), ("updated", .timestamp),
    ("owner", .string), ("author", .string), ("revenue", .number), ("budget", .number),
  ]

  static let fields: [String: SQLField] = [
    "status": SQLField("status", .text), "source": SQLField("source", .text),
    "name": SQLField("name", .text, isNullable: false),
    "city": SQLField("city", .text, isNullable: false),
    "score": SQLField("score", .integer),
    "visits": SQLField("visits", .integer, isNullable: false),
    "rating": SQLField("rating", .double), "weight": SQLField("weight", .double, isNullable: false),
    "active": SQLField("active", .bool),
    "archived": SQLField("archived", .bool, isNullable: false),
    "created": SQLField("created", .timestampMicros),
    "updated": SQLField("updated", .timestampMicros, isNullable: false),
    "owner": SQLField("owner", .id(prefix: "member")),
    "author": SQLField("author", .id(prefix: "member"), isNullable: false),
    "revenue": SQLField(amount: "revenue", currency: "currency"),
    "budget": SQLField(amount: "budget", currency: "currency", isNullable: false),
  ]

  static let migration = Migration(
    "m0001_create_samples.sql",
    Array(
      """
      CREATE TABLE samples (
        tenant_id BYTEA NOT NULL DEFAULT (current_tenant()),
        number BIGINT NOT NULL,
        status TEXT,
        source TEXT,
        name TEXT NOT NULL,
        city TEXT NOT NULL,
        score BIGINT,
        visits BIGINT NOT NULL,
        rating DOUBLE PRECISION,
        weight DOUBLE PRECISION NOT NULL,
        active BOOLEAN,
        archived BOOLEAN NOT NULL,
        created BIGINT,
        updated BIGINT NOT NULL,
        owner BYTEA,
        author BYTEA NOT NULL,
        revenue BIGINT,
        budget BIGINT NOT NULL,
        currency TEXT NOT NULL,
        PRIMARY KEY (tenant_id, number)
      );
      CREATE INDEX samples_status ON samples (tenant_id, status);
      CREATE INDEX samples_name ON samples (tenant_id, name);
      CREATE INDEX samples_score ON samples (tenant_id, score);
      """.utf8
    )
  )

  static let texts = [
    "a", "A", "ab", "b", "abc", "new", "é", "e\u{301}", "😀", "a😀b", "\u{D7FF}", "\u{E000}",
    "\u{FFFD}", "\u{10FFFF}", "\u{10FFFF}a", "%", "_", "'", "\\", "Straße", "a b", "\u{7F}",
    "STRASSE", "İ", "\u{301}",
  ]
  static let integers: [Int64] = [
    0, 1, -1, 2, 3, 5, 100, .max, .min, .max - 1, .min + 1, 1 << 53, (1 << 53) + 1, -(1 << 53) - 1,
  ]
  static let doubles: [Double] = [
    0, -0.0, 1, 2.5, -1, 0.1, 100, 1e300, -1e300, .leastNonzeroMagnitude, .infinity, -.infinity,
    9_007_199_254_740_992, 9_223_372_036_854_775_808, -9_223_372_036_854_775_808, 0.01,
  ]
  static let times: [Int64] = [0, 1, -1, 1_700_000_000_000_000, -62_135_596_800_000_000]
  static let currencies = ["EUR", "JPY", "BHD", "CLF"].compactMap(CurrencyCode.init)
  static let members = (0..<3).map { MemberID(high: 1 << 63 | UInt64($0), low: UInt64($0) * 7) }

  let row: SQL
  let record: CELRecord

  init(number: Int, environment: CELEnvironment, _ random: inout SeededRandom) {
    var values: [SQL] = []
    var record = CELRecord(environment)
    let currency = random.pick(Self.currencies)
    func column(_ sql: SQL, _ value: CELValue) {
      record[values.count] = value
      values.append(sql)
    }
    for name in Self.types.map(\.name) {
      guard let field = Self.fields[name] else { continue }
      let hasValue = random.chance(70)
      if field.isNullable, !hasValue {
        column("NULL", .null)
        continue
      }
      switch field.kind {
      // Lists are kept in tables of their own, which these rows have not.
      case .members: continue
      case .id:
        let id = random.pick(Self.members)
        column("\(id)", .string(id.description))
      case .amount:
        let units = random.pick(Self.integers)
        let amount = ScaledInteger(units: units, digits: currency.minorDigits)
        column("\(units)", .amount(amount))
      case .text:
        let text = hasValue ? random.pick(Self.texts) : ""
        column("\(text)", CELValue(text: text))
      case .integer:
        let number = random.pick(Self.integers)
        column("\(number)", .int(number))
      case .double:
        let number = random.pick(Self.doubles)
        column("\(number)", .double(number))
      case .timestampMicros:
        let time = Timestamp(microseconds: random.pick(Self.times))
        column("\(time)", .timestamp(time))
      case .bool:
        let flag = random.chance(50)
        column(flag ? "TRUE" : "FALSE", .bool(flag))
      }
    }
    row = "(\(number), \(values.joined(by: ", ")), \(currency.text))"
    self.record = record
  }
}

/// Writes random conditions over `AnyKindOfRecord` that check and can be translated.
struct ConditionGenerator {
  var random: SeededRandom

  mutating func condition(_ depth: Int) -> String {
    guard depth > 0 else { return random.pick(["active", "archived", "true", "false"]) }
    switch random.next() % 14 {
    case 0: return random.pick(["active", "archived"])
    case 1, 2: return "(\(condition(depth - 1)) && \(condition(depth - 1)))"
    case 3, 4: return "(\(condition(depth - 1)) || \(condition(depth - 1)))"
    case 5, 6: return "!(\(condition(depth - 1)))"
    case 7:
      return "(\(condition(depth - 1)) ? \(condition(depth - 1)) : \(boolean(depth - 1)))"
    case 8:
      let equality = random.pick(["==", "!="])
      return "(\(boolean(depth - 1)) \(equality) \(boolean(depth - 1)))"
    case 9:
      let function = random.pick(["contains", "startsWith", "endsWith"])
      let manner = random.pick(["", "Loosely"])
      return "\(text(depth - 1)).\(function)\(manner)(\(text(depth - 1)))"
    case 10: return membership(depth - 1)
    default: return comparison(depth - 1)
    }
  }

  private mutating func boolean(_ depth: Int) -> String {
    random.chance(10) ? "null" : condition(depth)
  }

  private mutating func comparison(_ depth: Int) -> String {
    let comparable = ["==", "!=", "<", "<=", ">", ">="]
    let equality = random.pick(["==", "!="])
    switch random.next() % 10 {
    case 9:
      let amount = random.pick(["revenue", "budget"])
      let sides = random.chance(50) ? [amount, amountLiteral()] : [amountLiteral(), amount]
      return "(\(sides[0]) \(random.pick(comparable)) \(sides[1]))"
    case 0: return "(\(field()) \(equality) null)"
    case 8: return "(\(random.pick(Self.texts)) \(equality) \(random.pick(Self.texts)))"
    case 1, 2: return "(\(number(depth)) \(random.pick(comparable)) \(number(depth)))"
    case 3, 4: return "(\(text(depth)) \(random.pick(comparable)) \(text(depth)))"
    case 5: return "(\(time()) \(random.pick(comparable)) \(time()))"
    case 6: return "(\(id()) \(equality) \(idOrLiteral()))"
    default: return "(\(boolean(depth)) \(equality) \(condition(depth)))"
    }
  }

  private mutating func membership(_ depth: Int) -> String {
    let count = Int(random.next() % 4)
    var elements: [String] = []
    let element: String
    switch random.next() % 5 {
    case 4:
      element = random.pick(["revenue", "budget"])
      for _ in 0..<count { elements.append(random.chance(10) ? "null" : amountLiteral()) }
    case 0:
      element = number(depth)
      for _ in 0..<count { elements.append(random.chance(10) ? "null" : number(depth)) }
    case 1:
      element = text(depth)
      for _ in 0..<count { elements.append(random.chance(20) ? nothing() : text(depth)) }
    case 2:
      element = id()
      for _ in 0..<count { elements.append(random.chance(10) ? "null" : idOrLiteral()) }
    default:
      element = condition(depth)
      for _ in 0..<count { elements.append(boolean(depth)) }
    }
    return "(\(element) in [\(elements.joined(separator: ", "))])"
  }

  private static let texts = ["status", "source", "name", "city", "''", "null"]

  private mutating func nothing() -> String { random.pick(["null", "''"]) }

  private mutating func field() -> String { random.pick(AnyKindOfRecord.types).name }

  private mutating func number(_ depth: Int) -> String {
    switch random.next() % 10 {
    case 0, 1: return random.pick(["score", "visits"])
    case 2: return random.pick(["rating", "weight"])
    case 4 where depth > 0: return "size(\(text(depth - 1)))"
    case 5 where depth > 0:
      let numbers = ["score", "visits", "null", "\(random.pick(AnyKindOfRecord.integers))"]
      let (left, right) = (random.pick(numbers), random.pick(numbers))
      return "(\(condition(depth - 1)) ? \(left) : \(right == left ? "0" : right))"
    case 6 where depth > 0:
      let numbers = ["rating", "weight", "2.5", "(0.0 + 2.0)"]
      return "(\(condition(depth - 1)) ? \(random.pick(numbers)) : \(random.pick(numbers)))"
    case 7: return random.chance(15) ? "(0.0 / 0.0)" : double()
    case 8: return "\(UInt64(random.next() % 4 == 0 ? .max : 3))u"
    default: return "\(random.pick(AnyKindOfRecord.integers))"
    }
  }

  private mutating func double() -> String {
    let number = random.pick(AnyKindOfRecord.doubles)
    return number.isInfinite ? "(\(number < 0 ? "-" : "")1.0 / 0.0)" : "\(number)"
  }

  /// A number that amounts can be near.
  private mutating func amountLiteral() -> String {
    switch random.next() % 5 {
    case 0: return random.chance(20) ? "(0.0 / 0.0)" : double()
    case 1: return "\(random.pick(AnyKindOfRecord.integers))"
    case 2: return random.pick(["0.01", "0.05", "-0.01", "0.001", "0.0001", "1.00001", "1e-320"])
    case 3: return random.pick(["92233720368547758.07", "9223372036854775.807", "1e15", "5u"])
    default: return random.pick(["0", "1", "0.1", "0.03", "1.0"])
    }
  }

  private mutating func text(_ depth: Int) -> String {
    switch random.next() % 8 {
    case 0, 1, 2: return random.pick(["status", "source", "name", "city"])
    case 3: return "''"
    case 4 where depth > 0: return "(\(text(depth - 1)) + \(text(depth - 1)))"
    case 5 where depth > 0:
      let other = random.chance(20) ? "null" : text(depth - 1)
      return "(\(condition(depth - 1)) ? \(text(depth - 1)) : \(other))"
    case 6 where depth > 0: return "((\(condition(0)) ? '' : \(text(depth - 1))) + '')"
    default: return literal(random.pick(AnyKindOfRecord.texts))
    }
  }

  private func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      scalar == "'" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
    }
    return "'\(escaped.joined())'"
  }

  private mutating func time() -> String {
    let literal = Timestamp(microseconds: random.pick(AnyKindOfRecord.times)).rfc3339
    let values = ["created", "updated", "timestamp('\(literal)')"]
    guard random.chance(20) else { return random.pick(values) }
    return "(\(condition(0)) ? \(random.pick(values)) : \(random.pick(values)))"
  }

  private mutating func id() -> String {
    random.chance(80)
      ? random.pick(["owner", "author"]) : "(\(condition(1)) ? owner : author)"
  }

  private mutating func idOrLiteral() -> String {
    let literals = AnyKindOfRecord.members.map { "'\($0)'" } + ["'lead_none'", "''", "'member_'"]
    return random.chance(50) ? id() : random.pick(literals)
  }
}
