package import MeshCore
package import MeshProto
package import MeshStore

// What reactions read off the changes of other services.
extension ChangeEntry {
  /// The member who made the change, directly or through a service.
  package var member: MemberID? { MemberID(actor) ?? onBehalfOf.flatMap { MemberID($0) } }

  /// The record before and after the change; of a partial one, the fields that it changed.
  package func images<Record: Message>(
    of _: Record.Type = Record.self
  ) throws -> (before: Record?, after: Record?) {
    (try before.map { try Record(wire: $0) }, try after.map { try Record(wire: $0) })
  }
}
