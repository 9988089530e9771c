import MeshCore
package import MeshRPC
package import MeshStore

extension Author {
  /// Who the change log says made the changes of `call`.
  package init(_ call: Call) {
    self.init(
      actor: call.caller.actor,
      onBehalfOf: call.caller.onBehalfOf?.description,
      origin: call.origin
    )
  }
}
