package import MeshAccess
package import MeshCore
import Synchronization

/// The teams of each tenant, as the test says.
package final class BenchTeams: TeamDirectory {
  private let trees = Mutex<[TenantID: TeamTree]>([:])

  package init() {}

  package func set(_ teams: [TeamID: TeamPlace], of tenant: TenantID) {
    trees.withLock { $0[tenant] = TeamTree(teams) }
  }

  package func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership {
    trees.withLock { $0[tenant] }?.membership(of: member) ?? TeamMembership()
  }

  package func isActive(_ team: TeamID, _ tenant: TenantID) -> Bool {
    trees.withLock { $0[tenant] }?.isActive(team) ?? false
  }

  package func managers(of member: MemberID, _ tenant: TenantID) -> [MemberID] {
    trees.withLock { $0[tenant] }?.managers(of: member) ?? []
  }
}
