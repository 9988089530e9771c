import MeshCore
package import MeshRPC
package import MeshStore

extension Author {
  /// The author that the change log records for the changes of `call`.
  package init(_ call: Call) {
    self.init(
      actor: call.caller.actor,
      onBehalfOf: call.caller.onBehalfOf?.description,
      origin: call.origin
    )
  }
}
