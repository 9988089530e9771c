package import CEL
package import MeshCore
package import MeshProto
package import MeshStore
import Synchronization

/// The fields of a kind of record as conditions name them, in memory and in SQL.
///
/// An amount has three names: `<field>` in major units, `<field>.amount_minor` and `<field>.currency`.
package struct RecordConditions: Sendable {
  private struct Term: Sendable {
    let field: RecordField
    let part: Part
    let column: SQLField
  }

  private enum Part: Sendable {
    case whole, minorUnits, currency
    /// An e-mail address in the form in which addresses are compared.
    case address
    /// The ids of a list.
    case members
  }

  package let environment: CELEnvironment
  /// Of the first names of the environment; the names after them have no field.
  private let terms: [Term]
  private let columns: [String: SQLField]
  /// The same for a statement that reads records in an order: an index on a number or time must not make it
  /// collect all that meet a condition first, and sort them.
  private let walked: [String: SQLField]

  /// - Parameters:
  ///   - schema: of the record.
  ///   - visible: fields that conditions may name; the others do not exist.
  ///   - unmeasured: further names that conditions may use although nothing measures them yet: a condition
  ///     that depends on one has no result.
  package init(_ schema: RecordSchema, visible: FieldSet = .all, unmeasured: [String] = []) {
    var names: [(name: String, type: CELType)] = []
    var terms: [Term] = []
    for field in schema.fields where visible.contains(field) || field.name == "id" {
      for (name, type, part, column) in Self.names(of: field, schema) {
        names.append((name, type))
        terms.append(Term(field: field, part: part, column: column))
      }
    }
    names += unmeasured.map { (name: $0, type: CELType.bool) }
    environment = CELEnvironment(
      ordered: names,
      folded: Set(zip(names, terms).filter { $1.part == .address }.map(\.0.name)),
      by: EmailAddress.folded
    )
    self.terms = terms
    columns = Dictionary(
      zip(names.map(\.name), terms.map(\.column)),
      uniquingKeysWith: { first, _ in first }
    )
    walked = columns.mapValues(\.withoutIndex)
  }

  /// The names for conditions by which some fields are computed: all other fields, the tenant's own too.
  package init(_ schema: RecordSchema, computing names: Set<String>, unmeasured: [String] = []) {
    let others = schema.fields.filter { !names.contains($0.name) }.map(\.index)
    self.init(
      schema,
      visible: FieldSet(FieldBits(others), custom: .all),
      unmeasured: unmeasured
    )
  }

  private struct Kept {
    /// Held, so that no other schema gets its identity.
    let schema: RecordSchema
    let conditions: RecordConditions
  }

  private struct Key: Hashable {
    let schema: ObjectIdentifier
    let visible: FieldSet
  }

  /// Those used last: as many as there are kinds and roles, and tenants with fields of their own.
  private static let kept = Mutex<[Key: Kept]>([:])
  private static let mostKept = 256

  /// As `init`, made once for a schema and what is visible of it.
  static func of(_ schema: RecordSchema, visible: FieldSet) -> RecordConditions {
    let key = Key(schema: ObjectIdentifier(schema), visible: visible)
    if let kept = kept.withLock({ $0[key] }) { return kept.conditions }
    let conditions = RecordConditions(schema, visible: visible)
    kept.withLock { kept in
      if kept.count >= mostKept { kept = [:] }
      kept[key] = Kept(schema: schema, conditions: conditions)
    }
    return conditions
  }

  private static func names(
    of field: RecordField,
    _ schema: RecordSchema
  ) -> [(String, CELType, Part, SQLField)] {
    let isNullable = field.traits.contains(.nullable) || field.customKey != nil
    let name = field.name
    func column(_ kind: SQLField.Kind, _ suffix: String = "") -> SQLField {
      SQLField(
        field.column(schema, suffix),
        kind,
        isNullable: isNullable,
        isSparse: field.isSparse
      )
    }
    switch field.type {
    case .text where field.foldedColumn != nil:
      return [(name, .string, .address, column(.text, "_folded"))]
    case .text: return [(name, .string, .whole, column(.text))]
    case .bool: return [(name, .bool, .whole, column(.bool))]
    case .integer: return [(name, .int, .whole, column(.integer))]
    case .decimal: return [(name, .double, .whole, column(.double))]
    case .timestamp: return [(name, .timestamp, .whole, column(.timestampMicros))]
    case .date: return [(name, .string, .whole, column(.text))]
    case .id(let prefix): return [(name, .string, .whole, column(.id(prefix: prefix)))]
    case .ref: return [(name, .string, .whole, column(.text))]
    case .money:
      let (minor, currency) = (field.column(schema, "_minor"), field.column(schema, "_currency"))
      let amount = SQLField(amount: minor, currency: currency, isNullable: isNullable)
      return [
        (name, .number, .whole, amount),
        ("\(name).amount_minor", .int, .minorUnits, column(.integer, "_minor")),
        ("\(name).currency", .string, .currency, column(.text, "_currency")),
      ]
    case .ids, .refs:
      if field.rule.lookup.isEmpty { return [] }
      let id: SQL = "\(SQL(name: schema.table)).id"
      let prefix: String? = if case .ids(let own) = field.type { own } else { nil }
      let lookup = SQL(name: field.rule.lookup)
      let list = column(.members(prefix: prefix, lookup: lookup, record: id))
      return [(name, .list(of: .string), .members, list)]
    case .etag, .texts, .choice, .message, .messages, .custom: return []
    }
  }

  /// Compiles a condition that a person wrote.
  ///
  /// - Throws: INVALID_ARGUMENT with reason INVALID_FILTER that names `field`.
  package func compile(
    _ text: String,
    field: String = "filter"
  ) throws(MeshError) -> CheckedExpression {
    do throws(CELError) {
      // Composed, as every text of a record is.
      return try environment.compile(UnicodeText.composed(text))
    } catch {
      throw MeshError(error, field: field)
    }
  }

  /// Whether a condition holds for a record; an empty one holds for all, and one that can no longer be compiled for
  /// none.
  package func matcher(_ text: String) -> @Sendable (any RecordMessage) -> Bool {
    if text.isEmpty { return { _ in true } }
    guard let expression = try? compile(text) else { return { _ in false } }
    let slots = expression.referencedSlots
    return { expression.matches(values(of: $0, slots: slots)) }
  }

  /// The generated fields that a condition reads; a tenant's own fields count as `custom`.
  package func fields(of expression: CheckedExpression) -> FieldBits {
    let slots = expression.referencedSlots.filter { $0 < terms.count }
    return FieldBits(slots.map { terms[$0].field.index })
  }

  /// Whether all or a part of what a condition names is measured.
  func isMeasured(_ expression: CheckedExpression) -> Bool {
    expression.referencedSlots.first.map { $0 < terms.count } ?? true
  }

  /// Pieces of words that the search index has for every record that meets a condition.
  func pieces(of expression: CheckedExpression) -> [String] {
    var pieces: [String] = []
    var pending = [expression.root]
    while let node = pending.popLast() {
      switch node.kind {
      case .all(let nodes): pending += nodes
      case .call(let function, let operands) where Self.textTests.contains(function.name):
        guard operands.count == 2, case .string(let part)? = operands[1].constant,
          let slot = operands[0].textSlot, terms[slot].field.traits.contains(.searchable)
        else { continue }
        pieces += SearchText.pieces(of: part)
      default: break
      }
    }
    return pieces
  }

  /// The ids that records have in fields if a condition holds for them: of `owner_id == "member_..."`, and of
  /// `"lead_..." in related`.
  func ids(of expression: CheckedExpression) -> [(field: RecordField, id: TypeID)] {
    expression.conjuncts.compactMap { part in
      switch part.root.kind {
      case .equal(let left, let right), .member(let left, of: let right):
        guard let slot = left.slot(besides: right) ?? right.slot(besides: left), slot < terms.count,
          case .string(let text)? = left.constant ?? right.constant, let id = TypeID(text),
          terms[slot].field.namesRecords
        else { return nil }
        return (terms[slot].field, id)
      default: return nil
      }
    }
  }

  private static let textTests: Set = [
    "contains", "startsWith", "endsWith", "containsLoosely", "startsWithLoosely", "endsWithLoosely",
  ]

  /// The SQL of a condition.
  package func sql(_ expression: CheckedExpression) throws(MeshError) -> SQL {
    try CELSQL.translate(expression, fields: columns)
  }

  /// The SQL of a condition for reading records in the order of a field, until a page is full.
  func sql(_ expression: CheckedExpression, along field: String) throws(MeshError) -> SQL {
    var fields = walked
    fields[field] = columns[field]
    return try CELSQL.translate(expression, fields: fields)
  }

  /// What of a condition only says from where to where records lie in the order of a field: an index in that
  /// order begins and ends there.
  func range(
    of expression: CheckedExpression,
    along field: String
  ) throws(MeshError) -> SQL {
    var bounds: [SQL] = []
    for part in expression.conjuncts {
      guard case .compare(_, let left, let right) = part.root.kind,
        let slot = left.slot(besides: right) ?? right.slot(besides: left), slot < terms.count,
        terms[slot].field.name == field, terms[slot].field.hasPlainOrder
      else { continue }
      bounds.append(try CELSQL.translate(part, fields: columns))
    }
    return bounds.allHold
  }

  /// What conditions read of a record.
  ///
  /// - record: the record.
  ///   - slots: which values; all of them by default.
  ///   - slots: those that are asked for; all of them by default.
  /// - Returns: the values by slot of the environment.
  package func values(
    of record: some RecordMessage,
    slots: [Int]? = nil
  ) -> CELRecord {
    var values = CELRecord(environment)
    for slot in slots ?? Array(terms.indices) where slot < terms.count {
      values[slot] = Self.value(record.value(of: terms[slot].field), terms[slot].part)
    }
    return values
  }

  private static func value(_ value: FieldValue, _ part: Part) -> CELValue {
    if part == .members {
      guard case .list(let ids) = value else { return .list([]) }
      return .list(ids.compactMap(\.id).map { .string($0.description) })
    }
    return switch value {
    case .none, .etag, .list, .message, .fields: .null
    case .text(let text): CELValue(text: part == .address ? EmailAddress.folded(text) : text)
    case .bool(let flag): .bool(flag)
    case .integer(let number): .int(number)
    case .decimal(let number): .double(number)
    case .id(let id): .string(id.description)
    case .timestamp(let time): .timestamp(time)
    case .date(let date): .string(date.description)
    case .money(let money):
      switch part {
      case .whole, .address, .members:
        .amount(ScaledInteger(units: money.amountMinor, digits: money.currency.minorDigits))
      case .minorUnits: .int(money.amountMinor)
      case .currency: .string(money.currency.text)
      }
    }
  }
}

extension RecordField {
  fileprivate var namesRecords: Bool {
    switch type {
    case .id, .ids, .ref, .refs: customKey == nil
    default: false
    }
  }

  /// Whether few records have a value, and the column's index has those alone.
  fileprivate var isSparse: Bool { name == "import_id" }

  /// Whether the index in the order of the field has its column as it is.
  fileprivate var hasPlainOrder: Bool {
    switch type {
    case .integer, .decimal, .timestamp, .date: customKey == nil
    default: false
    }
  }

  /// The field's column, qualified by its table.
  func column(_ schema: RecordSchema, _ suffix: String = "") -> SQL {
    let table = SQL(name: schema.table)
    guard let key = customKey else {
      return "\(table).\(SQL(name: columnName + suffix))"
    }
    return switch type {
    case .text: "CAST(\(table).custom ->> \(key) AS TEXT)"
    case .bool: "CAST(\(table).custom ->> \(key) AS BOOLEAN)"
    default: "CAST(\(table).custom ->> \(key) AS DOUBLE PRECISION)"
    }
  }
}

extension CheckedNode {
  /// The slot of a field that this is, where the other operand needs no record.
  fileprivate func slot(besides other: CheckedNode) -> Int? {
    guard case .field(let slot) = kind, other.constant != nil else { return nil }
    return slot
  }

  /// The slot of a field whose text, or the form by which it is looked for loosely, this is.
  fileprivate var textSlot: Int? {
    switch kind {
    case .field(let slot): slot
    case .call(let function, let operands) where function.name == Operator.looseForm:
      operands.first?.textSlot
    default: nil
    }
  }
}
