import MeshAccess
package import MeshCore
import MeshProto
package import MeshRPC
package import MeshStore

/// What a caller may do with one record.
package struct RecordPermissions: Sendable, Hashable {
  /// The actions, by name.
  package let actions: [String]
  /// Names of the fields that the caller sees, in the schema's order.
  package let visible: [String]
  /// Names of the fields that the caller may change.
  package let editable: [String]
}

extension Records {
  package func permissions(
    of id: IDWords,
    _ call: Call,
    in transaction: ReadTransaction
  ) throws -> RecordPermissions? {
    let readable = transaction.scope(call, .read, of: Record.self, gate)
    guard let record = try transaction.record(id, in: readable) else { return nil }
    func may(_ action: RecordAction) throws -> Bool {
      try transaction.scope(call, action, of: Record.self, gate).includes(record, in: transaction)
    }
    let mayEdit = try may(.edit)
    let actions = try gate.actions(call, kind.object).map(RecordAction.init).filter { action in
      // A verb of the object's own changes the record; see `change`.
      let isCommon = RecordAction.common.contains(action)
      return try action != .create && (isCommon || mayEdit) && may(action)
    }
    let fields = schema(call.tenant).fields
    let kept = try transaction.keptFields(of: record, call, gate).map(\.name)
    let settable = fields.filter {
      $0.isInput && !$0.traits.contains(.immutable) && !kept.contains($0.name)
    }
    return RecordPermissions(
      actions: actions.map(\.rawValue),
      visible: fields.filter { readable.visible.contains($0) }.map(\.name),
      editable: mayEdit ? settable.filter { readable.editable.contains($0) }.map(\.name) : []
    )
  }
}
