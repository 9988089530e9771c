package import MeshAccess
package import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore

/// The records that those of a kind name in some fields: whoever names one must be allowed to read it.
package struct NamedRecords: Sendable {
  /// Tells which of some records of other services a caller may read.
  package typealias Elsewhere =
    @Sendable @LoopActor (_ refs: [RecordRef], Call) async throws -> Set<RecordRef>

  let fields: Set<String>
  let own: [any StoredRecord.Type]
  let elsewhere: Elsewhere

  /// - Parameters:
  ///   - fields: the names of the fields.
  ///   - own: the service's own kinds that they may name.
  ///   - elsewhere: is asked for all others.
  package init(
    in fields: Set<String>,
    own: [any StoredRecord.Type] = [],
    elsewhere: @escaping Elsewhere
  ) {
    (self.fields, self.own, self.elsewhere) = (fields, own, elsewhere)
  }
}

extension Records {
  /// Refuses a record that another one is going to name, and with which the caller may not do something.
  ///
  /// - Parameters:
  ///   - id: the record's; nil is left to the rules of the other one.
  ///   - field: what errors call the id.
  ///   - action: what the caller must be allowed to do with it, beside reading it.
  ///   - call: who names it.
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

  /// Refuses records that a draft names anew and that its caller may not read, if the kind has such fields.
  ///
  /// - Parameters:
  ///   - draft: as it came.
  ///   - fields: those of the draft that count.
  ///   - id: of the record that is changed, which keeps what it names already; nil for a new one, and for many.
  ///   - call: of the caller whose draft it is.
  /// - Throws: INVALID_ARGUMENT with each of them; UNAVAILABLE while nobody can tell.
  @LoopActor
  func refuseUnreadable(
    namedBy draft: Record,
    in fields: [RecordField],
    of id: IDWords?,
    _ call: Call
  ) async throws {
    guard let names else { return }
    let fields = fields.filter { names.fields.contains($0.name) }
    let refs = Set(fields.flatMap { draft.named(in: $0) })
    if refs.isEmpty { return }
    let (gate, own) = (gate, names.own)
    var allowed = try await store.read(call.tenant) { transaction in
      let scope: Scope<Record> = transaction.scope(call, .read, gate)
      let before = try id.flatMap { try transaction.record($0, in: scope) }
      let known = fields.flatMap { before?.named(in: $0) ?? [] }
      return try own.reduce(into: Set(known)) { allowed, kind in
        allowed.formUnion(try transaction.readable(kind, refs, call, gate))
      }
    }
    let prefixes = Set(own.map { $0.schema.idPrefix })
    let others = refs.subtracting(allowed).filter { !prefixes.contains($0.prefix) }
    if !others.isEmpty { allowed.formUnion(try await names.elsewhere(Array(others), call)) }
    var check = FieldCheck()
    for field in fields {
      for (index, ref) in draft.named(in: field).enumerated() where !allowed.contains(ref) {
        check.refuse(field.isList ? "\(field.name)[\(index)]" : field.name, "does not exist")
      }
    }
    try check.finish()
  }
}

extension ReadTransaction {
  /// Those of some records that are of a kind and that the caller may read.
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

extension RecordMessage {
  /// The ids in a field.
  fileprivate func named(in field: RecordField) -> [RecordRef] {
    switch value(of: field) {
    case .id(let ref): [ref]
    case .list(let values): values.compactMap(\.id)
    default: []
    }
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
