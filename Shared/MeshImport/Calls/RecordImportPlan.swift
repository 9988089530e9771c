package import MeshCore
package import MeshProto
package import MeshRecords
package import MeshStore
import RecordsAPI

/// What a service knows of tenants and members.
package struct ImportSurroundings: Sendable {
  fileprivate let conventions: @Sendable (TenantID) throws -> ImportConventions
  fileprivate let mayImport: @Sendable (TenantID, MemberID) throws -> Bool
  fileprivate let members: ImportRelation
  fileprivate let lock: String?
  fileprivate let object: String

  /// - Parameters:
  ///   - conventions: of a tenant; UNAVAILABLE while it is not known yet.
  ///   - mayImport: whether a member is active and may import.
  ///   - members: a tenant's active members, with their e-mail addresses and full names.
  ///   - lock: what changes of the records hold.
  ///   - object: the object name of the imports.
  package init(
    conventions: @escaping @Sendable (TenantID) throws -> ImportConventions,
    mayImport: @escaping @Sendable (TenantID, MemberID) throws -> Bool,
    members: @escaping @Sendable (TenantID) throws -> [ImportRelation.Named],
    lock: String?,
    object: String
  ) {
    self.conventions = conventions
    self.mayImport = mayImport
    self.members = .listed("member", members)
    self.lock = lock
    self.object = object
  }
}

/// The import plan of a kind of record that needs no more than its own rules.
///
/// Columns that refer to other records find them, keys of lists are found by name, and records without an owner
/// go to whoever imports.
package struct RecordImportPlan<Record: StoredRecord>: ImportPlan {
  /// Completes a row in further ways before its record is created.
  package typealias Complete =
    @Sendable (inout Record, ImportSource, WriteTransaction, inout ImportRemarks) throws -> Void

  package let relations: [String: ImportRelation]
  package let descriptionField: String?
  package let lock: String?
  package let importObject: String
  package let essential: Set<String>
  package let namedBy: [RecordSchema]
  private let around: ImportSurroundings
  private let complete: Complete
  private let rules: Records<Record>.MakeRules

  /// - Parameters:
  ///   - relations: the fields that refer to other records; owners are found among the members.
  ///   - around: what the service knows of tenants and members.
  ///   - essential: the fields without whose values a row must not become a record, besides its references.
  ///   - namedBy: the kinds whose records may refer to one of this kind.
  ///   - complete: completes a row in further ways.
  ///   - rules: of the records, for one transaction.
  package init(
    relations: [String: ImportRelation],
    _ around: ImportSurroundings,
    essential: Set<String> = [],
    namedBy: [RecordSchema] = [],
    complete: @escaping Complete = { _, _, _, _ in },
    rules: @escaping Records<Record>.MakeRules
  ) {
    let schema = Record.schema
    self.relations = relations.merging([schema.holders.owner: around.members]) { given, _ in given }
    // What fits no field goes into the field for free text.
    descriptionField = schema["description"]?.name
    // A record without another of its kind is linked later, or stays without.
    let others = relations.filter { $0.value.idPrefix != schema.idPrefix }
    self.essential = essential.union(others.keys)
    self.namedBy = namedBy
    (lock, importObject) = (around.lock, around.object)
    self.around = around
    self.complete = complete
    self.rules = rules
  }

  package func conventions(_ transaction: ReadTransaction) throws -> ImportConventions {
    try around.conventions(transaction.tenant)
  }

  package func logged(_ job: ImportJob) -> [UInt8] { RecordImport(job).wireBytes() }

  package func reasonToStop(_ job: ImportJob, _ transaction: ReadTransaction) throws -> String? {
    guard let creator = job.onBehalfOf, try !around.mayImport(transaction.tenant, creator) else {
      return nil
    }
    return stopWithoutCreator
  }

  package func intake(
    of rows: [ImportRow<Record>],
    _ tenant: TenantID,
    _ conventions: ImportConventions
  ) -> MakeIntake<Record> {
    { [rules, complete] transaction, job in
      RecordIntake(transaction, job, rules: try rules(transaction), complete)
    }
  }
}

/// Completes the rows of a batch by what every record declares.
private struct RecordIntake<Record: StoredRecord>: ImportIntake {
  let rules: any RecordRules<Record>
  private let transaction: WriteTransaction
  private let job: ImportJob
  private let completeMore: RecordImportPlan<Record>.Complete
  /// The keys for texts of earlier rows, by table and text.
  private var keys: [String: [String: String?]] = [:]

  init(
    _ transaction: WriteTransaction,
    _ job: ImportJob,
    rules: any RecordRules<Record>,
    _ completeMore: @escaping RecordImportPlan<Record>.Complete
  ) {
    self.transaction = transaction
    self.job = job
    self.rules = rules
    self.completeMore = completeMore
  }

  mutating func complete(
    _ draft: inout Record,
    row: Int,
    _ source: ImportSource,
    _ remarks: inout ImportRemarks
  ) throws {
    for field in Record.schema.generated where !field.rule.picklistTable.isEmpty {
      guard let text = draft.value(of: field).text else { continue }
      if let key = try key(of: text, in: field.rule.picklistTable) {
        draft.set(field, to: .text(key))
      } else if !field.traits.contains(.required) {
        // Files add nothing to these lists.
        remarks.add(field.name, text, "is not in the list", .leftOut)
        draft.set(field, to: .none)
      }
    }
    if let owner = Record.schema[Record.schema.holders.owner], draft.value(of: owner).isNone,
      let importer = job.onBehalfOf
    {
      draft.set(owner, to: .id(TypeID(importer)))
    }
    try completeMore(&draft, source, transaction, &remarks)
  }

  /// The key of an active entry with that name, in any case.
  private mutating func key(of text: String, in table: String) throws -> String? {
    if let known = keys[table]?[text] { return known }
    let key = try transaction.activeKey(text, in: table)
    keys[table, default: [:]][text] = .some(key)
    return key
  }

  func isDuplicate(_ record: Record) -> Bool {
    Record.schema["duplicate_of"].map { !record.value(of: $0).isNone } ?? false
  }
}
