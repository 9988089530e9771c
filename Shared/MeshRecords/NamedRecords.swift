package import MeshAccess
package import MeshCore
import MeshLoop
import MeshProto
package import MeshRPC
import MeshStore

// Records that a draft names: whoever names one must be allowed to read it.

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

  /// Tells which of some records of other services a caller may read.
  package typealias ReadableElsewhere = @LoopActor (_ ids: [TypeID]) async throws -> Set<TypeID>

  /// Refuses records that a draft names anew and that its caller may not read; those that it names already stay.
  ///
  /// - Parameters:
  ///   - draft: as it came; nil is left to its method.
  ///   - names: the fields that name others.
  ///   - mask: the fields of the draft that count; "*" for all.
  ///   - own: the service's records that they may name.
  ///   - call: whose draft it is.
  ///   - elsewhere: is asked for all others.
  /// - Throws: INVALID_ARGUMENT with each of them; what `elsewhere` throws.
  @LoopActor
  package func checkNamed(
    by draft: Record?,
    in names: [String],
    mask: [String] = ["*"],
    own: [any RecordCollection],
    _ call: Call,
    elsewhere: ReadableElsewhere
  ) async throws {
    let fields = names.filter { mask.contains($0) || mask.contains("*") }
      .compactMap { Record.schema[$0] }
    guard let draft, fields.contains(where: { !draft.value(of: $0).isNone }) else { return }
    try draft.requireBounded(by: schema(call.tenant))
    let gate = gate
    let (known, readable) = try await store.read(call.tenant) { transaction in
      let scope: Scope<Record> = transaction.scope(call, .read, gate)
      let before = try draft.recordID.flatMap { try transaction.record($0, in: scope) }
      let known = Set(fields.flatMap { before?.named(in: $0) ?? [] })
      var readable: Set<TypeID> = []
      for collection in own {
        let ids = fields.flatMap { draft.named(in: $0) }
          .filter { $0.prefix == collection.kind.idPrefix }
        let words = ids.map { IDWords(high: $0.high, low: $0.low) }
        let found = try collection.permissions(.read, words, call, in: transaction)
        readable.formUnion(ids.filter { found[IDWords(high: $0.high, low: $0.low)] != nil })
      }
      return (known, readable)
    }
    let prefixes = Set(own.map(\.kind.idPrefix))
    let others = fields.flatMap { draft.named(in: $0) }
      .filter { !prefixes.contains($0.prefix) && !known.contains($0) }
    let allowed = known.union(readable).union(others.isEmpty ? [] : try await elsewhere(others))
    var check = FieldCheck()
    for field in fields {
      for (index, id) in draft.named(in: field).enumerated() where !allowed.contains(id) {
        check.refuse(field.isList ? "\(field.name)[\(index)]" : field.name, "does not exist")
      }
    }
    try check.finish()
  }
}

extension RecordMessage {
  /// The ids in a field.
  fileprivate func named(in field: RecordField) -> [TypeID] {
    switch value(of: field) {
    case .id(let id): [id]
    case .list(let values): values.compactMap(\.id)
    default: []
    }
  }
}

extension RecordField {
  fileprivate var isList: Bool {
    if case .id = type { false } else { true }
  }
}
