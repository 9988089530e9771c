import AccessAPI
import MeshAccess
import MeshCore
import MeshRPC
import MeshRecords
import MeshStore

/// The handlers of teams, all of which are generic.
struct TeamsRPC: TeamsServiceHandlers, TeamMethods {
  let teams: Records<Team>

  /// - Parameters:
  ///   - store: holds the teams.
  ///   - gate: checks callers.
  ///   - idleLimit: how long an idle session of a tenant lasts.
  init(
    _ store: Store,
    _ gate: AccessGate,
    idleLimit: @escaping @Sendable (TenantID) -> IdleLimit
  ) {
    teams = Records(
      store,
      gate,
      // Two teams that swap places at once could end up below each other, and two new ones have one name.
      lock: "teams",
      admit: { call, transaction in
        try transaction.requireCurrentRole(call, idleLimit(call.tenant))
      },
      rules: { TeamRules(transaction: $0) }
    )
  }
}
