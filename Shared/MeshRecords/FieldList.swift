import CEL
import MeshAccess
import MeshCore
import MeshProto
import MeshStore

/// Why a name in a list of fields cannot be used.
enum FieldFault: Error {
  /// There is no such field, or none that the caller sees.
  case unknown
  /// What the parameter's fields must be, as an obligation.
  case unfit(String)
}

extension String {
  /// Refuses a parameter that has too many bytes, before anything goes through its characters.
  func check(
    _ parameter: String,
    mostBytes: Int,
    reason: ErrorReason = .invalidField
  ) throws(MeshError) {
    guard utf8.count <= mostBytes else {
      throw .invalid(parameter, "must have at most \(mostBytes) bytes", reason: reason)
    }
  }
}

/// A condition that records were asked for by.
struct RecordFilter {
  var condition: SQL
  /// Pieces of words that the search index has of every record which the condition holds for.
  var pieces: [String] = []
}

extension RecordSchema {
  /// Of the 10,000 characters that a condition may have.
  static var mostFilterBytes: Int { 40_000 }
  /// Of names of fields in a list of them.
  static var mostNameBytes: Int { 200 }

  /// The filter of a text; one that holds for all when there is none.
  ///
  /// - Throws: INVALID_ARGUMENT (INVALID_FILTER) naming `filter`.
  func filter(_ text: String, visible: FieldSet) throws(MeshError) -> RecordFilter {
    guard let (conditions, expression) = try compiled(text, visible: visible) else {
      return RecordFilter(condition: "TRUE")
    }
    return RecordFilter(
      condition: try conditions.sql(expression),
      pieces: conditions.pieces(of: expression)
    )
  }

  /// As `filter`, and the same for going through records in the order of a field.
  func conditions(
    _ filter: String,
    along field: String,
    visible: FieldSet
  ) throws(MeshError) -> (few: SQL, many: SQL, pieces: [String]) {
    guard let (conditions, expression) = try compiled(filter, visible: visible) else {
      return ("TRUE", "TRUE", [])
    }
    return (
      few: try conditions.sql(expression),
      many: try conditions.sql(expression, along: field),
      pieces: conditions.pieces(of: expression)
    )
  }

  /// The fields that a filter names which can be read; none of one that is no filter.
  func fields(of filter: String, visible: FieldSet) -> [RecordField] {
    guard let found = try? compiled(filter, visible: visible) else { return [] }
    let bits = found.0.fields(of: found.1)
    return fields.filter { $0.customKey == nil && bits.contains($0.index) }
  }

  /// A filter with what gives its SQL; nil when there is none.
  private func compiled(
    _ filter: String,
    visible: FieldSet
  ) throws(MeshError) -> (RecordConditions, CheckedExpression)? {
    try filter.check("filter", mostBytes: Self.mostFilterBytes, reason: .invalidFilter)
    if filter.allSatisfy(\.isWhitespace) { return nil }
    let conditions = RecordConditions.of(self, visible: visible)
    return (conditions, try conditions.compile(filter))
  }

  /// The fields that a list is asked for by `fields`; all when it names none.
  ///
  /// - Throws: INVALID_ARGUMENT (UNKNOWN_FIELD) naming `fields`, for a name that the caller does not see.
  func selection(of names: [String], visible: FieldSet) throws(MeshError) -> FieldSet {
    if names.isEmpty || names == ["*"] || names == [""] { return .all }
    var fields = FieldSet()
    let named = try terms(
      of: names,
      "fields",
      most: self.fields.count,
      visible: visible
    ) { name, field throws(FieldFault) in try field(name) }
    for field in named { fields.insert(field) }
    return fields
  }

  /// Reads a parameter that names fields, separated by commas, each once.
  ///
  /// - Parameters:
  ///   - list: what was given; may be empty.
  ///   - parameter: its name, for errors.
  ///   - most: names at most.
  ///   - visible: fields that may be named.
  ///   - read: what becomes of a name; gets the field of a name once it is known and visible.
  /// - Returns: in the order given.
  /// - Throws: INVALID_ARGUMENT that names what is wrong, with reason UNKNOWN_FIELD for fields that do
  ///   not exist as far as the caller knows.
  func terms<Term>(
    of list: String,
    _ parameter: String,
    most: Int,
    visible: FieldSet,
    _ read: (_ name: String, _ field: (String) throws(FieldFault) -> RecordField)
      throws(FieldFault) -> Term
  ) throws(MeshError) -> [Term] {
    try list.check(parameter, mostBytes: most * Self.mostNameBytes)
    if list.allSatisfy(\.isWhitespace) { return [] }
    let names = list.split(separator: ",", omittingEmptySubsequences: false).map(\.trimmed)
    return try terms(of: names, parameter, most: most, visible: visible, read)
  }

  /// As `terms`, of names that stand by themselves.
  private func terms<Term>(
    of names: [String],
    _ parameter: String,
    most: Int,
    visible: FieldSet,
    _ read: (_ name: String, _ field: (String) throws(FieldFault) -> RecordField)
      throws(FieldFault) -> Term
  ) throws(MeshError) -> [Term] {
    guard names.count <= most else { throw .invalid(parameter, "must name at most \(most) fields") }
    func field(_ name: String) throws(FieldFault) -> RecordField {
      guard let field = self[name], visible.contains(field), field.type != .custom else {
        throw .unknown
      }
      return field
    }
    var terms: [Term] = []
    var violations: [FieldViolation] = []
    var reason = ErrorReason.invalidField
    for (index, name) in names.enumerated() {
      do throws(FieldFault) {
        if names[..<index].contains(name) { throw .unfit("must name \(name.quoted) once") }
        terms.append(try read(name, field))
      } catch {
        var rule = "names \(name.quoted), which does not exist"
        if case .unfit(let obligation) = error { rule = obligation } else { reason = .unknownField }
        violations.append(FieldViolation(field: parameter, description: rule))
      }
    }
    guard violations.isEmpty else { throw .invalid(violations, reason: reason) }
    return terms
  }
}

extension ReadTransaction {
  /// Where the records are that a filter finds in a scope, in the form that finds them soonest: by the index
  /// of words, by those of their holders while they are few, along the order's index when they are many.
  func source<Record: StoredRecord>(
    of filter: RecordFilter,
    in scope: Scope<Record>
  ) throws -> RecordSource {
    let schema = Record.schema
    let ids = try SearchIndex(object: schema.object).mayContain(filter.pieces, in: self)
    let all = RecordSource(ids, SQL(name: schema.table)).adding(filter.condition)
    let few = all.adding(scope.predicate(walks: false))
    if scope.isWhole { return few }
    let count = try count(from: few.tables, where: few.condition)
    guard case .moreThan = count else { return few }
    return all.adding(scope.predicate(walks: true))
  }
}

/// Where a statement finds records.
struct RecordSource {
  /// As after FROM.
  let tables: SQL
  /// As after WHERE.
  private(set) var condition: SQL

  /// - Parameters:
  ///   - ids: a query for the ids of those that come into question, each once; nil for all of the kind.
  ///   - table: of the kind.
  init(_ ids: SQL?, _ table: SQL) {
    // In this order also where an index gives the records in the order or the groups of the statement.
    tables = ids.map { "(\($0)) AS narrowed CROSS JOIN \(table)" } ?? table
    condition = ids == nil ? "TRUE" : "\(table).id = narrowed.id"
  }

  func adding(_ more: SQL) -> RecordSource {
    var source = self
    source.condition = [condition, more].allHold
    return source
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
