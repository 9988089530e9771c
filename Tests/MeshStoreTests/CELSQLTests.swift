import CEL
import MeshCore
import MeshTesting
import Testing

@testable import MeshStore

@Suite struct `A condition as SQL` {
  private static let types: [String: CELType] = [
    "status": .string, "name": .string, "city": .string, "score": .int, "rating": .double,
    "active": .bool,
    "created": .timestamp, "owner": .string, "revenue": .number, "tags": .list(of: .string),
    "doers": .list(of: .string), "origin": .string,
  ]
  private static let fields: [String: SQLField] = [
    "status": SQLField("status", .text), "name": SQLField("name", .text, isNullable: false),
    "city": SQLField("city", .text, isNullable: false),
    "score": SQLField("score", .integer), "rating": SQLField("rating", .double),
    "active": SQLField("active", .bool), "created": SQLField("created", .timestampMicros),
    "owner": SQLField("owner_id", .id(prefix: "member")),
    "revenue": SQLField(amount: "revenue_minor", currency: "revenue_currency"),
    "doers": SQLField("doer_ids", .members(prefix: "member", lookup: "doers", record: "id")),
    "origin": SQLField("origin", .text, isNullable: false, isSparse: true),
  ]

  private func translated(_ text: String) throws -> SQL {
    let checked = try CELEnvironment(fields: Self.types).compile(text)
    return try CELSQL.translate(checked, fields: Self.fields)
  }

  @Test(arguments: [
    ("status == 'new'", "status = ?", [SQLValue.text("new")]),
    (
      "status == 'new' && score > 5 && name != 'x'",
      "status = ? AND (score > ?) AND (name <> ?)", [.text("new"), .integer(5), .text("x")]
    ),
    ("status == 'a' || status == 'b'", "(status = ? OR status = ?)", [.text("a"), .text("b")]),
    ("status in ['a', 'b']", "(status IN (?, ?))", [.text("a"), .text("b")]),
    ("status != 'new'", "(status IS DISTINCT FROM ?)", [.text("new")]),
    ("!(status == 'new')", "(status IS DISTINCT FROM ?)", [.text("new")]),
    ("5 < score", "(score > ?)", [.integer(5)]),
    ("score >= 5.5", "(score >= ?)", [.integer(6)]),
    ("score == 5.5", "FALSE", []),
    ("rating > 5", "(rating > ?)", [.real(5)]),
    ("name.startsWith('Mül')", "(name >= ? AND name < ?)", [.text("Mül"), .text("Müm")]),
    ("name.contains('x')", "(instr(name, ?) > 0)", [.text("x")]),
    ("owner == null", "(owner_id IS NULL)", []),
    ("owner == ''", "(owner_id IS NULL)", []),
    ("status == ''", "(status IS NULL)", []),
    ("owner == 'member_none'", "FALSE", []),
    ("active && !active", "active AND (NOT (active))", []),
    (
      "created >= timestamp('1970-01-01T00:00:01Z')", "(created >= ?)", [.integer(1_000_000)]
    ),
  ])
  func `is plain, bound and fit for an index`(
    text: String,
    sql: String,
    parameters: [SQLValue]
  ) throws {
    let translated = try translated(text)
    #expect(translated.text == sql)
    #expect(translated.parameters == parameters)
  }

  @Test(arguments: [
    ("origin == 'x'", "(origin = ? AND origin <> '')"),
    ("origin != 'x'", "(NOT (origin = ? AND origin <> ''))"),
    ("origin in ['x']", "((origin = ? AND origin <> ''))"),
    ("origin == ''", "origin = ''"), ("origin == null", "origin = ''"),
  ])
  func `says of a column whose index has few rows that it is not empty`(
    text: String,
    sql: String
  ) throws {
    #expect(try translated(text).text == sql)
  }

  @Test(arguments: [
    ("doers == []", "(doer_ids IS NULL)"), ("[] == doers", "(doer_ids IS NULL)"),
    ("doers != []", "(doer_ids IS NOT NULL)"), ("!(doers == [])", "(doer_ids IS NOT NULL)"),
    ("size(doers) == 0", "(doer_ids IS NULL)"), ("0 != doers.size()", "(doer_ids IS NOT NULL)"),
    ("size(doers) <= 0", "(doer_ids IS NULL)"), ("1 > size(doers)", "(doer_ids IS NULL)"),
    ("size(doers) > 0", "(doer_ids IS NOT NULL)"), ("size(doers) >= 1", "(doer_ids IS NOT NULL)"),
    ("!(size(doers) > 0) && active", "(NOT ((doer_ids IS NOT NULL))) AND active"),
    ("(doers == []) == active", "(((doer_ids IS NULL)) = active)"),
  ])
  func `asks whether a list is empty by the column that has it`(text: String, sql: String) throws {
    #expect(try translated(text).text == sql)
  }

  @Test(arguments: [
    ("name == 'x'", "name = ?"), ("name != 'x'", "(name <> ?)"),
    ("name == null", "name = ''"), ("name == ''", "name = ''"),
    ("name != null", "(name <> '')"), ("'' != name", "(name <> '')"),
    ("name in ['a', '']", "(name IN (?, ''))"), ("name in ['a', null]", "(name IN (?, ''))"),
    ("name in ['a']", "(name IN (?))"), ("!(name in ['a'])", "(NOT ((name IN (?))))"),
    ("name < 'm'", "(name <> '' AND (name < ?))"), ("name > 'm'", "(name > ?)"),
    ("name >= ''", "(name <> '' AND (name >= ?))"), ("'m' > name", "(name <> '' AND (name < ?))"),
    ("!(name < 'm')", "(NOT (CASE WHEN name = '' THEN NULL ELSE (name < ?) END))"),
    ("!name.contains('x')", "(NOT (CASE WHEN name = '' THEN NULL ELSE (instr(name, ?) > 0) END))"),
    ("name.contains('')", "(name <> '' AND (instr(name, ?) > 0))"),
    ("name == city", "(name = city)"), ("name != city", "(name <> city)"),
    ("name == status", "(name = COALESCE(status, ''))"),
    ("size(name) > 3", "(length(NULLIF(name, '')) > ?)"),
    (
      "(true ? name : '') < 'm'",
      "((CASE TRUE WHEN TRUE THEN NULLIF(name, '') WHEN FALSE THEN ? END) < ?)"
    ),
    ("status == 'new' && name != ''", "status = ? AND (name <> '')"),
  ])
  func `takes the empty text in a column that is NOT NULL for no value`(
    text: String,
    sql: String
  ) throws {
    #expect(try translated(text).text == sql)
  }

  @Test(
    .enabled(if: TestDatabase.isSQLite),
    arguments: [
      ("name == 'x'", "samples_name (tenant_id=? AND name=?)"),
      ("name == null", "samples_name (tenant_id=? AND name=?)"),
      ("name in ['x', '']", "samples_name (tenant_id=? AND name=?)"),
      ("name < 'm'", "samples_name (tenant_id=? AND name<?)"),
      ("name >= 'm'", "samples_name (tenant_id=? AND name>?)"),
      ("name.startsWith('x')", "samples_name (tenant_id=? AND name>? AND name<?)"),
      ("status == 'new' && name != ''", "samples_status (tenant_id=? AND status=?)"),
    ]
  )
  func `is served by the index of the column`(text: String, search: String) async throws {
    let fixture = try StoreFixture(migrations: [AnyKindOfRecord.migration])
    let checked = try CELEnvironment(ordered: AnyKindOfRecord.types).compile(text)
    let condition = try CELSQL.translate(checked, fields: AnyKindOfRecord.fields)
    let plan = try await fixture.store.read(acme) { transaction in
      var plan = ""
      try transaction.session.runOwn(
        "EXPLAIN QUERY PLAN SELECT number, score FROM samples WHERE \(condition)"
      ) { row in
        _ = (try row.next(Int.self), try row.next(Int.self), try row.next(Int.self))
        plan += try row.next(String.self)
        return true
      }
      return plan
    }
    #expect(plan.contains(search))
  }

  /// What has no type by itself takes that of what it is compared with.
  @Test(arguments: [
    "(active ? null : null) != archived", "(archived ? null : null) == score",
    "name == (active ? null : null)", "(active ? null : null) == (archived ? null : null)",
    "(active ? (archived ? null : null) : null) == created", "(active ? null : 'x') == name",
  ])
  func `is understood where a choice gives null either way`(text: String) async throws {
    let fixture = try StoreFixture(migrations: [AnyKindOfRecord.migration])
    let checked = try CELEnvironment(ordered: AnyKindOfRecord.types).compile(text)
    let condition = try CELSQL.translate(checked, fields: AnyKindOfRecord.fields)
    let count = try await fixture.store.read(acme) { transaction in
      try transaction.value("SELECT count(*) FROM samples WHERE \(condition)", as: Int.self)
    }
    #expect(count == 0)
  }

  @Test(arguments: [
    ("score < 0.0 / 0.0", "FALSE"), ("score == 0.0 / 0.0", "FALSE"),
    ("rating in [1.5, 0.0 / 0.0]", "(rating IN (?))"), ("score in [0.0 / 0.0]", "FALSE"),
    ("rating != 0.0 / 0.0", "TRUE"),
    ("!(rating < 0.0 / 0.0)", "(NOT (CASE WHEN rating IS NULL THEN NULL ELSE FALSE END))"),
  ])
  func `finds nothing equal to or in order with what is not a number`(
    text: String,
    sql: String
  ) throws {
    #expect(try translated(text).text == sql)
  }

  @Test func `compares ids as the bytes of their text`() throws {
    let member = MemberID(high: 0x0102_0304_0506_0708, low: 0x090a_0b0c_0d0e_0f10)
    let sql = try translated("owner == '\(member)'")
    #expect(sql.text == "owner_id = ?")
    #expect(sql.parameters == [.blob(member.bytes)])
  }

  @Test(arguments: [
    ("score + 1 > 5", "1:7: arithmetic cannot be used in a filter"),
    ("-score > 5", "1:1: arithmetic cannot be used in a filter"),
    ("1 / 0 > 0 || active", "1:3: arithmetic cannot be used in a filter"),
    ("created > timestamp(status)", "1:11: timestamp() cannot be used in a filter"),
    ("'vip' in tags", "1:10: 'tags' cannot be used in a filter"),
    ("tags == []", "1:1: 'tags' cannot be used in a filter"),
    ("[score] == [1]", "1:1: in a filter a list can only stand after 'in' or be compared with []"),
    ("doers == ['a']", "1:1: in a filter a list can only stand after 'in' or be compared with []"),
    ("doers == null", "1:1: in a filter a list can only stand after 'in' or be compared with []"),
    ("size(doers) == 1", "1:1: in a filter the size of a list can only be compared with 0"),
    ("size(doers) > 1", "1:1: in a filter the size of a list can only be compared with 0"),
    ("size(doers) < score", "1:1: in a filter the size of a list can only be compared with 0"),
    ("[score][0] == 1", "1:8: a list's index cannot be used in a filter"),
    ("owner > 'member_'", "1:7: an id is compared with ==, != or in, not with >"),
    ("owner.contains('a')", "1:7: an id is compared with ==, != or in, not with contains"),
    ("owner == status", "1:7: these are kept in different forms and cannot be compared"),
    ("status == 'a\\x00b'", "1:11: a text in a filter cannot hold a NUL"),
    (
      "(active ? 0.0 / 0.0 : rating) < 5.0",
      "1:9: this is not a number, which a database cannot keep"
    ),
  ])
  func `is refused when a database could answer differently`(text: String, message: String) throws {
    let error = try #require(throws: MeshError.self) { try translated(text) }
    #expect(error.code == .invalidArgument)
    #expect(error.reason == .invalidFilter)
    #expect(error.violations == [FieldViolation(field: "filter", description: message)])
  }

  @Test func `is refused when parts that are needed twice would multiply`() throws {
    var text = (0..<600).map { "score < \($0)" }.joined(separator: " || ")
    for _ in 0..<3 { text = "(\(text)) == active" }
    let error = try #require(throws: MeshError.self) { try translated(text) }
    #expect(
      error.violations.first?.description.hasSuffix("this is too complex for a filter") == true
    )
    let deep = String(repeating: "!(", count: 60) + "active" + String(repeating: ")", count: 60)
    let nested = try #require(throws: MeshError.self) { try translated(deep) }
    #expect(
      nested.violations.first?.description.hasSuffix("a filter is nested at most 12 levels deep")
        == true
    )
  }

  @Test func `turns an error of the language into one of the request`() throws {
    do throws(CELError) {
      _ = try CELEnvironment(fields: Self.types).compile("scor > 5")
      Issue.record("an unknown field was accepted")
    } catch {
      #expect(
        MeshError(error, field: "rule.condition")
          == .invalid(
            "rule.condition",
            "1:1: there is no field 'scor'; did you mean 'score'?",
            reason: .invalidFilter
          )
      )
    }
  }
}
