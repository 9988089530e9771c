package import MeshCore
package import MeshProto
package import MeshRecords
package import MeshStore

/// What a service says of the files that it takes in: which records they become, from which systems
/// they come, and its own rules.
package protocol ImportPlan<Record>: Sendable {
  associatedtype Record: StoredRecord

  /// The systems whose headings are known; a file that is no other's is the last one's.
  var systems: [KnownSystem] { get }

  /// The fields of a tenant's records, its own included.
  func schema(of tenant: TenantID) -> RecordSchema

  /// - Throws: UNAVAILABLE while the service has not heard of the tenant.
  func conventions(_ transaction: ReadTransaction) throws -> ImportConventions

  /// An import as the change log keeps it.
  func logged(_ job: ImportJob) -> [UInt8]

  /// Does what must be done before a batch's transaction begins.
  func prepare(_ tenant: TenantID, _ store: Store) async throws

  /// Looks at a batch's drafts outside of any transaction and off the loop, for what takes time.
  ///
  /// - Parameters:
  ///   - drafts: as the file says; not yet in the form that the schema says.
  ///   - conventions: of the tenant.
  /// - Returns: makes the batch's intake.
  func intake(of drafts: [Record], _ conventions: ImportConventions) -> MakeIntake<Record>
}

extension ImportPlan {
  package func schema(of tenant: TenantID) -> RecordSchema { Record.schema }
  package func prepare(_ tenant: TenantID, _ store: Store) async throws {}
}

/// Makes what writes a batch, in the batch's transaction.
package typealias MakeIntake<Record: StoredRecord> =
  @Sendable (WriteTransaction, ImportJob) throws -> any ImportIntake<Record>

/// Writes the rows of one batch as its service wants them; made for one transaction.
package protocol ImportIntake<Record> {
  associatedtype Record: StoredRecord

  /// The rules of the records.
  var rules: any RecordRules<Record> { get }

  /// Completes a row's draft before it is created, such as by the keys that its texts mean.
  ///
  /// - Parameters:
  ///   - draft: as the file says.
  ///   - remarks: takes what the person should know of.
  /// - Throws: INVALID_ARGUMENT, which refuses the row.
  mutating func complete(_ draft: inout Record, _ remarks: inout ImportRemarks) throws

  /// Whether a record that was created repeats another.
  func isDuplicate(_ record: Record) -> Bool

  /// Keeps what the rows of the batch share.
  mutating func finish() throws
}

extension ImportIntake {
  package mutating func complete(_ draft: inout Record, _ remarks: inout ImportRemarks) throws {}
  package func isDuplicate(_ record: Record) -> Bool { false }
  package mutating func finish() throws {}
}

/// What a tenant has set that decides how values of files are read.
package struct ImportConventions: Sendable {
  /// Of amounts without one.
  let currency: CurrencyCode
  /// In which days begin.
  let timeZone: TimeZone
  /// Of phone numbers without a country code, ISO 3166-1 alpha-2.
  package let region: String

  package init(currency: CurrencyCode, timeZone: TimeZone, region: String) {
    self.currency = currency
    self.timeZone = timeZone
    self.region = region
  }
}
