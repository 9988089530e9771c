import MeshCore
import MeshProto

/// Why a name in a list of fields cannot be used.
enum FieldFault: Error {
  /// There is no such field, or none that the caller sees.
  case unknown
  /// What the fields of the parameter must be, as an obligation.
  case unfit(String)
}

extension String {
  /// Refuses a parameter with too many bytes before its characters are examined.
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

extension RecordSchema {
  /// Of names of fields in a list of them.
  static var mostNameBytes: Int { 200 }

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

  /// Parses a parameter that names fields, separated by commas, each once.
  ///
  /// - Parameters:
  ///   - list: what was given; may be empty.
  ///   - parameter: its name, for errors.
  ///   - most: how many names it may have.
  ///   - visible: fields that may be named.
  ///   - read: makes a term of a name, whose field is known and visible.
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

  /// As `terms`, for names that have nothing behind them.
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

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
