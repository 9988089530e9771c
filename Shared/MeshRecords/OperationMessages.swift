package import MeshCore
import MeshProto
package import MeshStore
package import RecordsAPI

extension BulkOperation {
  private static func prefix(of service: String) -> String { "\(service)_operation" }

  /// The id that a text names; nil unless it is an operation of that service.
  package static func id(_ text: String, of service: String) -> IDWords? {
    IDWords(text, prefix: prefix(of: service))
  }

  fileprivate func idText(of service: String) -> String {
    "\(Self.prefix(of: service))_\(id.typeIDSuffix)"
  }
}

extension RecordsAPI.Operation {
  /// An operation as clients see it.
  package init(_ operation: BulkOperation, of service: String) {
    self.init(
      id: operation.idText(of: service),
      state: OperationState(rawValue: Int32(operation.state.rawValue)),
      total: Int64(operation.total),
      done: Int64(operation.done),
      failed: Int64(operation.failed),
      undone: Int64(operation.undone),
      undoFailed: Int64(operation.undoFailed),
      object: operation.object,
      action: operation.action.rawValue,
      createTime: operation.createTime,
      endTime: operation.endTime
    )
  }
}
