package import MeshCore
import MeshProto
package import MeshStore

/// The rules of one kind of record: all that its service adds to what every record has.
///
/// An update is judged as a creation of the merged record would be, so there is one set of checks.
package protocol RecordRules<Record> {
  associatedtype Record: StoredRecord

  /// The columns that `derive` adds; a test holds the table to them and to the record's fields.
  static var privateColumns: Set<String> { get }

  /// Completes and checks a record before it is written; its fields are in the form that the schema
  /// says.
  ///
  /// - Parameters:
  ///   - record: as it is going to be; the rules may change it.
  ///   - before: as it was, before its deletion when it comes back; nil for a new one.
  ///   - check: takes what is wrong, so that the caller sees all of it at once.
  /// - Throws: a `ClientError` for what no single field is at fault for.
  func prepare(_ record: inout Record, before: Record?, _ check: inout FieldCheck) throws

  /// Checks values that many records are going to get, before the first of them gets any.
  ///
  /// - Parameters:
  ///   - values: a record with these values, in the form that the schema says, and nothing else.
  ///   - fields: the names of the fields that have them.
  ///   - check: takes what no record may have, whatever else it has.
  /// - Throws: what `prepare` throws.
  func check(_ values: Record, of fields: Set<String>, _ check: inout FieldCheck) throws

  /// Adds columns that are nobody's field: keys to compare by, private state.
  func derive(_ record: Record, _ columns: inout RecordColumns)

  /// Makes the effects of a change in the same transaction.
  ///
  /// - Parameters:
  ///   - before: nil when the record was created or came back.
  ///   - after: nil when it was deleted.
  /// - Throws: what keeps the change from being made.
  func wrote(before: Record?, after: Record?) throws
}

extension RecordRules {
  package static var privateColumns: Set<String> { [] }
  package func prepare(_ record: inout Record, before: Record?, _ check: inout FieldCheck) throws {}
  package func check(
    _ values: Record,
    of fields: Set<String>,
    _ check: inout FieldCheck
  ) throws {}
  package func derive(_ record: Record, _ columns: inout RecordColumns) {}
  package func wrote(before: Record?, after: Record?) throws {}
}

/// Work for the rules of a record that would hold up other writers (on SQLite all of them, on PostgreSQL
/// those that wait for the same lock): it is done before the transaction of creations and updates, of the
/// records as they are likely going to be.
///
/// The transaction does not rely on it: whoever wrote the record meanwhile was first.
package struct Foresight<Record: StoredRecord>: Sendable {
  /// Whether the work depends on a field, by its place: an update of others does without.
  let concerns: @Sendable (TenantID, Int) -> Bool
  /// Whether the rules give a new record without an owner to its author (`WriteTransaction.checkOwner`): it
  /// is foreseen as theirs.
  let givesOwner: Bool
  /// The rules by which an operation is undone, of which nothing is foreseen; nil for the usual ones.
  let undoing: Records<Record>.MakeRules?
  /// Does the work, and gives the rules that know of it.
  let rules: @Sendable (TenantID, [Record]) async throws -> Records<Record>.MakeRules

  package init(
    concerns: @escaping @Sendable (TenantID, Int) -> Bool,
    givesOwner: Bool = false,
    undoing: Records<Record>.MakeRules? = nil,
    rules: @escaping @Sendable (TenantID, [Record]) async throws -> Records<Record>.MakeRules
  ) {
    self.concerns = concerns
    self.givesOwner = givesOwner
    self.undoing = undoing
    self.rules = rules
  }
}

/// The rules of a record that has none of its own.
package struct NoRules<Record: StoredRecord>: RecordRules {
  package init() {}
}

/// What is wrong with the fields of a record, gathered.
package struct FieldCheck {
  package private(set) var violations: [FieldViolation] = []
  private var refused: Set<String> = []

  package init() {}

  /// Says that `field`, by its path in the record, breaks `rule`.
  package mutating func refuse(_ field: String, _ rule: String) {
    violations.append(FieldViolation(field: field, description: rule))
    refused.insert(field)
  }

  /// Adds what was found wrong before.
  package mutating func take(_ found: [FieldViolation]) {
    for violation in found { refuse(violation.field, violation.description) }
  }

  /// Whether nothing is wrong with `field` so far.
  package func isFine(_ field: String) -> Bool { !refused.contains(field) }

  /// - Throws: INVALID_ARGUMENT with everything that is wrong.
  package func finish() throws(MeshError) {
    if !violations.isEmpty { throw .invalid(violations) }
  }
}
