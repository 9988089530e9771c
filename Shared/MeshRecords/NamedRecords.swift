package import MeshAccess
package import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore

/// The fields of a kind that name other records; whoever names a record must be allowed to read it.
package struct NamedRecords: Sendable {
  /// Answers which of some records of other services a caller may read.
  package typealias Elsewhere =
    @Sendable @LoopActor (_ refs: [RecordRef], Call) async throws -> Set<RecordRef>

  let fields: Set<String>
  let own: [any StoredRecord.Type]
  let elsewhere: Elsewhere

  /// - Parameters:
  ///   - fields: the names of the fields.
  ///   - own: the service's own kinds that they may name.
  ///   - elsewhere: answers for all other kinds.
  package init(
    in fields: Set<String>,
    own: [any StoredRecord.Type] = [],
    elsewhere: @escaping Elsewhere
  ) {
    (self.fields, self.own, self.elsewhere) = (fields, own, elsewhere)
  }
}

extension Records {
  /// Refuses an id, to be named by another record, of a record that the caller may not read and use.
  ///
  /// - Parameters:
  ///   - id: the record's; nil passes, as the rules of the naming record require a value.
  ///   - field: what errors call the id.
  ///   - action: what the caller must be allowed to do with it, besides reading it.
  ///   - call: whose caller names it.
  /// - Throws: INVALID_ARGUMENT.
  @Home
  package func requireNamed(
    _ id: IDWords?,
    _ field: String,
    _ action: RecordAction,
    _ call: Call
  ) async throws {
    guard let id else { return }
    let gate = gate
    try await store.read(call.tenant) { transaction in
      let readable: Scope<Record> = transaction.scope(call, .read, gate)
      guard let record = try transaction.record(id, in: readable) else {
        throw MeshError.invalid(field, "does not exist")
      }
      let scope: Scope<Record> = transaction.scope(call, action, gate)
      guard try scope.includes(record, in: transaction) else {
        throw MeshError.invalid(field, "must be one that you may \(action.rawValue)")
      }
    }
  }

  /// Refuses a draft that names, for the first time, records that its caller may not read.
  ///
  /// - Parameters:
  ///   - draft: as it came.
  ///   - fields: the fields of the draft that are set.
  ///   - id: of the record to change, which keeps the records that it names already; nil for a new one, and for many.
  ///   - call: of the caller whose draft it is.
  /// - Throws: INVALID_ARGUMENT with each of them; UNAVAILABLE while a service that has them does not answer.
  @LoopActor
  func refuseUnreadable(
    namedBy draft: Record,
    in fields: [RecordField],
    of id: IDWords?,
    _ call: Call
  ) async throws {
    guard let names else { return }
    let fields = fields.filter { names.fields.contains($0.name) }
    let refs = Set(fields.flatMap { draft.value(of: $0).ids })
    if refs.isEmpty { return }
    let (gate, own) = (gate, names.own)
    var allowed = try await store.read(call.tenant) { transaction in
      let scope: Scope<Record> = transaction.scope(call, .read, gate)
      let before = try id.flatMap { try transaction.record($0, in: scope) }
      let known = fields.flatMap { before?.value(of: $0).ids ?? [] }
      return try own.reduce(into: Set(known)) { allowed, kind in
        allowed.formUnion(try transaction.readable(kind, refs, call, gate))
      }
    }
    let prefixes = Set(own.map { $0.schema.idPrefix })
    let others = refs.subtracting(allowed).filter { !prefixes.contains($0.prefix) }
    if !others.isEmpty { allowed.formUnion(try await names.elsewhere(Array(others), call)) }
    var check = FieldCheck()
    check.refuse(fields, of: draft) { !allowed.contains($0) }
    try check.finish()
  }
}

extension ReadTransaction {
  /// Refuses a change in the background that names, for the first time, records of its service that its caller may
  /// not read.
  ///
  /// Other services cannot be asked by then on the caller's behalf.
  ///
  /// - Parameters:
  ///   - record: as it is to become.
  ///   - before: the record as it is.
  ///   - names: the fields that name records; nil where there are none.
  ///   - call: of the caller whose change it is.
  ///   - gate: checks the caller.
  /// - Throws: INVALID_ARGUMENT with each of them.
  func refuseUnreadable<Record: StoredRecord>(
    namedBy record: Record,
    before: Record,
    _ names: NamedRecords?,
    _ call: Call,
    _ gate: AccessGate
  ) throws {
    guard let names else { return }
    let fields = Record.schema.fields.filter { names.fields.contains($0.name) }
    let prefixes = Set(names.own.map { $0.schema.idPrefix })
    let known = Set(fields.flatMap { before.value(of: $0).ids })
    let refs = Set(fields.flatMap { record.value(of: $0).ids }).subtracting(known)
      .filter { prefixes.contains($0.prefix) }
    if refs.isEmpty { return }
    let allowed = try names.own.reduce(into: Set<RecordRef>()) { allowed, kind in
      allowed.formUnion(try readable(kind, refs, call, gate))
    }
    var check = FieldCheck()
    check.refuse(fields, of: record) { refs.contains($0) && !allowed.contains($0) }
    try check.finish()
  }

  /// The records of a kind, among some, that the caller may read.
  fileprivate func readable<Record: StoredRecord>(
    _: Record.Type,
    _ refs: Set<RecordRef>,
    _ call: Call,
    _ gate: AccessGate
  ) throws -> Set<RecordRef> {
    let ofKind = refs.filter { $0.prefix == Record.schema.idPrefix }
    let scope: Scope<Record> = self.scope(call, .read, gate)
    let found = Set(try records(ofKind.map(\.words), in: scope).compactMap(\.recordID))
    return ofKind.filter { found.contains($0.words) }
  }
}

extension FieldCheck {
  /// Refuses ids in fields of a record as those of records that do not exist.
  fileprivate mutating func refuse<Record: StoredRecord>(
    _ fields: [RecordField],
    of record: Record,
    where isUnknown: (RecordRef) -> Bool
  ) {
    for field in fields {
      for (index, ref) in record.value(of: field).ids.enumerated() where isUnknown(ref) {
        refuse(field.isList ? "\(field.name)[\(index)]" : field.name, "does not exist")
      }
    }
  }

  /// Refuses a list that names a record twice.
  package mutating func refuseRepeats(of refs: [RecordRef], _ field: String) {
    if Set(refs).count < refs.count { refuse(field, "must name each record once") }
  }
}

extension RecordField {
  fileprivate var isList: Bool {
    switch type {
    case .ids, .refs: true
    default: false
    }
  }
}
