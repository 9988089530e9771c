import MeshAccess
import MeshCore
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

/// Whoever imports a file or takes an import back, with the roles that they have when a transaction begins.
struct ImportPerson: Sendable {
  /// nil for the operator, who reaches every record.
  let member: MemberID?
  private let gate: AccessGate
  private let call: Call

  /// - Throws: UNAVAILABLE while it is not known who has access.
  init(_ member: MemberID?, of tenant: TenantID, _ gate: AccessGate) throws(MeshError) {
    self.member = member
    self.gate = gate
    let caller = Caller(tenant: tenant, identity: .system("imports"), onBehalfOf: member)
    call = try gate.asMember(Call(caller: caller))
  }

  /// The records of a kind with which they may do something.
  func scope<Record: StoredRecord>(
    _ action: RecordAction,
    _ transaction: ReadTransaction,
    of _: Record.Type = Record.self
  ) -> Scope<Record> {
    guard member != nil else {
      return transaction.scope(forCalculation: "imports of the operator")
    }
    return transaction.scope(call, action, gate)
  }

  /// Whether they may make records of a kind.
  func mayCreate(_ object: String) -> Bool {
    member == nil || gate.may(call, object, RecordAction.create.rawValue)
  }

  /// The fields that they may not change in a record, as by them they could keep it.
  func keptFields<Record: StoredRecord>(
    of record: Record,
    _ transaction: ReadTransaction
  ) throws -> [RecordField] {
    if member == nil { return [] }
    return try transaction.keptFields(of: record, call, gate)
  }
}

/// The records of a kind that a person reaches, asked once for a transaction.
///
/// What they may not read is unknown to their file: it is neither found nor told of.
struct ImportReach<Record: StoredRecord> {
  let person: ImportPerson
  let readable: Scope<Record>
  let mayCreate: Bool
  private let editable: Scope<Record>
  private let removable: Scope<Record>
  private let transaction: ReadTransaction

  init(_ person: ImportPerson, _ transaction: ReadTransaction) {
    self.person = person
    self.transaction = transaction
    readable = person.scope(.read, transaction)
    editable = person.scope(.edit, transaction)
    // What cannot be deleted is archived.
    let isDeleted = Record.schema["archived"] == nil
    removable = person.scope(isDeleted ? .delete : RecordAction("archive"), transaction)
    mayCreate = person.mayCreate(Record.schema.object)
  }

  /// The fields that the person sees, and those that they may set in a new record.
  var fields: ImportFields {
    ImportFields(visible: readable.visible, editable: readable.editable)
  }

  /// The fields that the person sees and may change in a record: who holds it is not for those with a share of it.
  ///
  /// - Parameters:
  ///   - record: that the person may edit.
  ///   - names: of the fields that a row fills.
  /// - Returns: the fields.
  /// - Throws: `StoreError`.
  func access(to record: Record, filling names: Set<String>) throws -> ImportFields {
    var access = ImportFields(visible: readable.visible, editable: readable.editable)
    let schema = Record.schema
    let holders = schema.holderFields + schema.guestFields
    if !names.isDisjoint(with: holders.map(\.name)) {
      for field in try person.keptFields(of: record, transaction) {
        access.editable.bits.remove(field.index)
      }
    }
    return access
  }

  func mayRead(_ record: Record) throws -> Bool {
    try readable.includes(record, in: transaction)
  }

  func mayEdit(_ record: Record) throws -> Bool {
    try mayRead(record) && editable.includes(record, in: transaction)
  }

  /// Whether the person may delete a record, or archive it where its kind cannot be deleted, and take that back.
  func mayRemove(_ record: Record) throws -> Bool {
    try mayRead(record) && removable.includes(record, in: transaction)
  }
}

/// What a person sees of records, and what they may change.
struct ImportFields: Sendable {
  var visible = FieldSet.all
  var editable = FieldSet.all

  /// Whether a file may fill a field: one that the person does not see is not theirs to fill either.
  func mayFill(_ field: RecordField) -> Bool {
    visible.contains(field) && editable.contains(field)
  }
}

extension ImportSteps {
  /// Whoever created an import.
  ///
  /// - Throws: UNAVAILABLE while it is not known who has access.
  func person(of job: ImportJob, _ tenant: TenantID) throws(MeshError) -> ImportPerson {
    try ImportPerson(job.onBehalfOf, of: tenant, gate)
  }

  /// The records that whoever created an import reaches.
  ///
  /// - Throws: UNAVAILABLE while it is not known who has access.
  func reach(
    of job: ImportJob,
    _ transaction: ReadTransaction
  ) throws -> ImportReach<Plan.Record> {
    ImportReach(try person(of: job, transaction.tenant), transaction)
  }
}
