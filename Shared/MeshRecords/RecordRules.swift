package import MeshCore
import MeshProto
package import MeshStore

/// The rules of one kind of record: what its service adds to what every record has.
///
/// An update is checked as a creation of the merged record would be, so there is one set of checks.
package protocol RecordRules<Record> {
  associatedtype Record: StoredRecord

  /// The columns that `derive` adds; a test compares the table with these and the record's fields.
  static var privateColumns: Set<String> { get }

  /// Completes and checks a record before it is written; its fields are already normalized as the schema
  /// says.
  ///
  /// - Parameters:
  ///   - record: as it is about to be written; the rules may change it.
  ///   - before: as it was, or as it was before its deletion if it is restored; nil for a new one.
  ///   - check: collects the errors, so that the caller sees all of them at once.
  /// - Throws: a `ClientError` for an error of no single field.
  func prepare(_ record: inout Record, before: Record?, _ check: inout FieldCheck) throws

  /// Completes a record that comes out of the trash, before it is prepared as a change of what it was.
  func restore(_ record: inout Record) throws

  /// Checks values that many records are about to get, before the first of them gets any.
  ///
  /// - Parameters:
  ///   - values: a record with these values, normalized as the schema says, and nothing else.
  ///   - fields: the names of the fields that have them.
  ///   - check: collects errors that hold for any record.
  /// - Throws: what `prepare` throws.
  func check(_ values: Record, of fields: Set<String>, _ check: inout FieldCheck) throws

  /// Adds columns that belong to no field: keys for comparison, private state.
  func derive(_ record: Record, _ columns: inout RecordColumns)

  /// Makes the effects of a change, in the same transaction.
  ///
  /// - Parameters:
  ///   - before: nil when the record was created or restored.
  ///   - after: nil when it was deleted.
  /// - Throws: what prevents the change.
  func wrote(before: Record?, after: Record?) throws
}

extension RecordRules {
  package static var privateColumns: Set<String> { [] }
  package func prepare(_ record: inout Record, before: Record?, _ check: inout FieldCheck) throws {}
  package func restore(_ record: inout Record) throws {}
  package func check(
    _ values: Record,
    of fields: Set<String>,
    _ check: inout FieldCheck
  ) throws {}
  package func derive(_ record: Record, _ columns: inout RecordColumns) {}
  package func wrote(before: Record?, after: Record?) throws {}
}

/// Work for the rules of a record that would hold up other writers: on SQLite all of them, on PostgreSQL
/// those that wait for the same lock.
///
/// It is done before the transaction of a creation or update, on the record as it is expected to become.
/// The transaction does not rely on it: the record may have been written meanwhile.
package struct Foresight<Record: StoredRecord>: Sendable {
  /// Whether the work depends on a field, given by its place: an update of other fields skips it.
  let concerns: @Sendable (TenantID, Int) -> Bool
  /// Whether the rules make the author the owner of a new record without one (`WriteTransaction.checkOwner`): then
  /// the work is done with that owner.
  let givesOwner: Bool
  /// The rules for undoing an operation, for which no work is done before; nil for the usual ones.
  let undoing: Records<Record>.MakeRules?
  /// Does the work, and returns rules that know its results.
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

/// The errors of a record's fields, collected.
package struct FieldCheck {
  package private(set) var violations: [FieldViolation] = []
  private var refused: Set<String> = []

  package init() {}

  /// Reports that `field`, named by its path in the record, breaks `rule`.
  package mutating func refuse(_ field: String, _ rule: String) {
    violations.append(FieldViolation(field: field, description: rule))
    refused.insert(field)
  }

  /// Reports that `field` breaks `rule`, in place of all errors of it that are known so far.
  ///
  /// For a rule that says better what people may do than the field's declaration.
  package mutating func refuse(_ field: String, onlyFor rule: String) {
    violations.removeAll { $0.field == field }
    refuse(field, rule)
  }

  /// Adds errors that were found before.
  package mutating func take(_ found: [FieldViolation]) {
    for violation in found { refuse(violation.field, violation.description) }
  }

  /// Whether no error of `field` is known so far.
  package func isFine(_ field: String) -> Bool { !refused.contains(field) }

  /// - Throws: INVALID_ARGUMENT with all errors.
  package func finish() throws(MeshError) {
    if !violations.isEmpty { throw .invalid(violations) }
  }
}
