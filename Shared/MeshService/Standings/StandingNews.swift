package import MeshCore
package import MeshLoop

/// Informs whoever keeps members' connections open that what is known of some of them has changed.
@LoopActor
package final class StandingNews {
  /// Called with the tenant after a member's access or roles, a session's end or the tenant's own state
  /// became known here.
  package var changed: @LoopActor (TenantID) -> Void = { _ in }

  package nonisolated init() {}
}
