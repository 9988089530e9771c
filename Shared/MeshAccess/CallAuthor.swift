package import MeshCore
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

  /// The member who writes, or on whose behalf a service does, as in an import; nil for a service alone.
  package var member: MemberID? { MemberID(actor) ?? onBehalfOf.flatMap { MemberID($0) } }
}
