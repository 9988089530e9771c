package import MeshCore
package import MeshProto
package import MeshRecords
package import MeshStore

/// A service's rules for the files it imports: the kind of record, and how rows are completed.
package protocol ImportPlan<Record>: Sendable {
  associatedtype Record: StoredRecord

  /// The fields that refer to other records, each with how a column's text finds one.
  var relations: [String: ImportRelation] { get }

  /// The text field that takes several columns, each as a line `Heading: value`; nil for none.
  var descriptionField: String? { get }

  /// The object name of imports, in the change log and errors.
  var importObject: String { get }

  /// The fields without whose values, as the file says them, a row must not become a record.
  var essential: Set<String> { get }

  /// A field whose value asks for others: it is left out of a row that has not all of them; nil for none.
  var fieldAskingForOthers: String? { get }

  /// The fields whose lists may get the values of files that they lack.
  var extensibleLists: Set<String> { get }

  /// The kinds whose records may refer to one of this kind: it stays when an import that made it is taken back.
  var namedBy: [RecordSchema] { get }

  /// Separates the keys of this kind's rows from those of others in the same database.
  var keySpace: String { get }

  /// What changes of the records hold in a tenant, so that they run one after another; nil for nothing.
  var lock: String? { get }

  /// The fields of a tenant's records, including custom fields.
  func schema(of tenant: TenantID) -> RecordSchema

  /// - Throws: UNAVAILABLE while the service does not know the tenant yet.
  func conventions(_ transaction: ReadTransaction) throws -> ImportConventions

  /// Whether a list has an entry of a text, or the text means one.
  func has(_ text: String, in field: RecordField, _ transaction: ReadTransaction) throws -> Bool

  /// An import in the form that the change log stores.
  func logged(_ job: ImportJob) -> [UInt8]

  /// Prepares a batch before its transaction begins.
  func prepare(_ tenant: TenantID, _ store: Store) async throws

  /// Why a running import must stop, such as that its creator has left; nil to continue. What it made is
  /// kept.
  ///
  /// - Throws: what prevents the service from deciding.
  func reasonToStop(_ job: ImportJob, _ transaction: ReadTransaction) throws -> String?

  /// Does slow work on a batch's drafts, outside of any transaction and off the loop.
  ///
  /// - Parameters:
  ///   - rows: of the file, in its order.
  ///   - tenant: the one that the file belongs to.
  ///   - conventions: of the tenant.
  /// - Returns: a function that creates the batch's intake.
  func intake(
    of rows: [ImportRow<Record>],
    _ tenant: TenantID,
    _ conventions: ImportConventions
  ) -> MakeIntake<Record>
}

extension ImportPlan {
  /// Why an import stops whose creator may no longer import.
  package var stopWithoutCreator: String {
    "whoever created the import is no longer active or may no longer import; what was created is kept"
  }

  package var relations: [String: ImportRelation] { [:] }
  package var descriptionField: String? { nil }
  package var importObject: String { "import" }
  package var essential: Set<String> { [] }
  package var fieldAskingForOthers: String? { nil }
  package var extensibleLists: Set<String> { [] }
  package var namedBy: [RecordSchema] { [] }

  /// Whether rows may name others of their kind: only then has the database a table of their links.
  var namesItsKind: Bool {
    relations.values.contains { $0.idPrefix == Record.schema.idPrefix }
  }

  package var keySpace: String {
    relations.isEmpty ? "" : RowKey.space(of: Record.schema.object)
  }
  package func schema(of tenant: TenantID) -> RecordSchema { Record.schema }
  package func reasonToStop(_ job: ImportJob, _: ReadTransaction) throws -> String? { nil }
  package func prepare(_ tenant: TenantID, _ store: Store) async throws {}

  package func has(_ text: String, in field: RecordField, _ transaction: ReadTransaction) throws
    -> Bool
  {
    try transaction.activeKey(text, in: field.rule.picklistTable) != nil
  }
}

/// Creates a batch's intake within the batch's transaction.
package typealias MakeIntake<Record: StoredRecord> =
  @Sendable (WriteTransaction, ImportJob) throws -> any ImportIntake<Record>

/// A service's rules for the rows of one batch; belongs to one transaction.
package protocol ImportIntake<Record> {
  associatedtype Record: StoredRecord

  /// The rules of the records.
  var rules: any RecordRules<Record> { get }

  /// Completes a row's draft before it is created, such as by replacing names with keys.
  ///
  /// - Parameters:
  ///   - draft: as in the file.
  ///   - row: its place in the batch, from 0.
  ///   - source: parts of the row that fit no field as they are.
  ///   - remarks: collects remarks for the person who imports.
  /// - Throws: INVALID_ARGUMENT to refuse the row.
  mutating func complete(
    _ draft: inout Record,
    row: Int,
    _ source: ImportSource,
    _ remarks: inout ImportRemarks
  ) throws

  /// Whether a draft lacks what its record cannot be without: then nothing is added to a list for it.
  func isSurelyRefused(_ draft: Record) -> Bool

  /// Whether a created record duplicates another.
  func isDuplicate(_ record: Record) -> Bool

  /// Saves the state that the rows of the batch share.
  mutating func finish() throws
}

extension ImportIntake {
  package func isSurelyRefused(_ draft: Record) -> Bool { false }
  package func isDuplicate(_ record: Record) -> Bool { false }
  package mutating func finish() throws {}
}

/// Tenant settings that affect how values of files are read.
package struct ImportConventions: Sendable {
  /// Currency of amounts without one.
  let currency: CurrencyCode
  /// Time zone of dates without one.
  let timeZone: TimeZone
  /// Region of phone numbers without a country code, and of habits of writing numbers and dates: ISO 3166-1 alpha-2.
  package let region: String

  package init(currency: CurrencyCode, timeZone: TimeZone, region: String) {
    self.currency = currency
    self.timeZone = timeZone
    self.region = region
  }
}
