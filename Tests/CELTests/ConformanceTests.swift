import CEL
import FoundationEssentials
import MeshCore
import MeshTestScale
import Testing

/// The public conformance data of CEL, where it fits records.
///
/// A test outside the language of conditions is skipped for a reason decided by its text, never
/// because it failed; the counts below change only when the language does.
@Suite struct `The conformance data of CEL` {
  private static let folder = TestData.folder("cel")

  @Test(
    .enabled(if: folder != nil, "no CEL data in LEADMESH_TEST_DATA or ../shared/data"),
    arguments: [
      ("basic", 34, 9), ("comparisons", 264, 142), ("fp_math", 29, 1), ("integer_math", 61, 3),
      ("lists", 25, 14), ("logic", 21, 9), ("parse", 92, 127), ("string", 36, 15),
    ]
  )
  func `is answered as the specification says`(
    file: String,
    passing: Int,
    skipped: Int
  ) throws {
    let path = "\(try #require(Self.folder))/\(file).textproto"
    let data = try #require(FileManager.default.contents(atPath: path))
    let suite = try TextProto(parsing: String(decoding: data, as: UTF8.self))
    var passed = 0
    var reasons: [String: Int] = [:]
    for section in suite.messages("section") {
      for test in section.messages("test") {
        let example = ConformanceExample(test)
        if let reason = example.outsideConditions {
          reasons[reason, default: 0] += 1
        } else if let complaint = example.complaint {
          Issue.record("\(file) \(test.text("name") ?? ""): \(example.expression): \(complaint)")
        } else {
          passed += 1
        }
      }
    }
    let summary = reasons.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    print("CEL conformance, \(file): \(passed) pass; skipped \(summary.joined(separator: ", "))")
    #expect(passed == passing)
    #expect(reasons.values.reduce(0, +) == skipped)
  }
}

/// One test of the conformance data.
private struct ConformanceExample {
  let expression: String
  private let test: TextProto

  init(_ test: TextProto) {
    self.test = test
    // The specification's checker needs dyn(1) beside a double. Ours compares numbers of any kinds, but
    // a list's index is an int to both.
    expression = (test.text("expr") ?? "")
      .replacing(/(^|[^\[])\bdyn\((-?[0-9][0-9.e+]*u?)\)/) { "\($0.output.1)\($0.output.2)" }
  }

  /// Why this test is not about conditions over records; nil when it is.
  var outsideConditions: String? {
    if test.word("disable_check") == "true" { return "without type check" }
    if test.names.contains("container") || expression.contains("google.protobuf") {
      return "about protobuf messages"
    }
    if expression.contains(/(?:^|[^\p{L}\p{N}_'"])[bB][rR]?['"]/) { return "about bytes" }
    if let value = test.message("value"), value.names.contains("bytes_value") {
      return "about bytes"
    }
    if test.messages("type_env").contains(where: { type(of: $0) == nil }) {
      return "about bytes or maps"
    }
    if expression.contains(/\bdyn\(/) { return "about values without a known type" }
    if expression.contains(".matches(") { return "about regular expressions" }
    if expression.contains(/\[\d[^\]]*'/) { return "about lists of mixed types" }
    if expression.contains("{") && !expression.contains("'{") { return "about maps" }
    if expression.contains(/\b(?:int|uint|double|duration|string|type)\(/) {
      return "about conversions"
    }
    if expression.contains("timestamp(0)") { return "about conversions" }
    return nil
  }

  /// What is wrong with our answer; nil when it is the expected one.
  var complaint: String? {
    let outcome = Result { () throws in try answer() }
    switch outcome {
    case .success(let value):
      guard let expected = test.message("value") else { return "answers \(value), not an error" }
      guard let wanted = Self.value(expected) else { return "expects what no condition can answer" }
      return Self.isSame(value, wanted) ? nil : "answers \(value), not \(wanted)"
    case .failure(let error):
      return test.message("value") == nil ? nil : "\(error)"
    }
  }

  private func answer() throws -> CELValue {
    var fields: [String: CELType] = [:]
    for declaration in test.messages("type_env") {
      fields[declaration.text("name") ?? ""] = type(of: declaration)
    }
    var values: [String: CELValue] = [:]
    for binding in test.messages("bindings") {
      let value = binding.message("value")?.message("value")
      values[binding.text("key") ?? ""] = value.flatMap(Self.value)
    }
    let checked = try CELEnvironment(fields: fields).compile(expression, expecting: nil)
    return try checked.evaluate { values[$0] ?? .null }
  }

  private func type(of declaration: TextProto) -> CELType? {
    declaration.message("ident")?.message("type").flatMap(Self.type)
  }

  private static func type(_ type: TextProto) -> CELType? {
    if let element = type.message("list_type")?.message("elem_type") {
      return self.type(element).map(CELType.list(of:))
    }
    if type.word("well_known") == "TIMESTAMP" { return .timestamp }
    if type.names.contains("null") { return .null }
    let primitives: [String: CELType] = [
      "INT64": .int, "UINT64": .uint, "DOUBLE": .double, "STRING": .string, "BOOL": .bool,
    ]
    return type.word("primitive").flatMap { primitives[$0] }
  }

  private static func value(_ value: TextProto) -> CELValue? {
    if let text = value.text("string_value") { return .string(text) }
    if let number = value.word("int64_value") { return Int64(number).map(CELValue.int) }
    if let number = value.word("uint64_value") { return UInt64(number).map(CELValue.uint) }
    if let number = value.word("double_value") { return Double(number).map(CELValue.double) }
    if let flag = value.word("bool_value") { return .bool(flag == "true") }
    if value.names.contains("null_value") { return .null }
    if let list = value.message("list_value") {
      return .list(list.messages("values").compactMap(Self.value))
    }
    return nil
  }

  /// Equal and of the same type.
  private static func isSame(_ value: CELValue, _ wanted: CELValue) -> Bool {
    value == wanted && value.type == wanted.type
  }
}
