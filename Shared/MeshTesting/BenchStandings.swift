package import MeshAccess
package import MeshCore
import Synchronization

/// The roles that members have, as the test says.
package final class BenchStandings: StandingDirectory {
  private let current = Mutex<[MemberID: [String]]>([:])

  package init() {}

  package func set(_ roles: [String], of member: MemberID) {
    current.withLock { $0[member] = roles }
  }

  package func roles(of claims: TokenClaims) -> [String] { claims.roles }

  package func roles(of member: MemberID, in tenant: TenantID) -> [String]? {
    current.withLock { $0[member] }
  }
}
