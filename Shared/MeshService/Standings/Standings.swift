import MeshAPI
import MeshAccess
import MeshCore

/// What Access and Tenants say at present about members, teams, sessions and tenants.
///
/// Every service keeps it, to check each call.
///
/// A token is valid for 15 minutes; that its member was deactivated, got another role or team, or
/// logged out, or that the tenant was suspended, is known here within moments.
struct Standings: StandingDirectory, TeamDirectory {
  enum Object {
    static let member = "member_standing"
    static let team = "team_standing"
    static let session = "session_end"
    static let tenant = "tenant_standing"
  }

  /// The roles of each member with access; none for one without.
  let members: Replica<[String]>
  let teams: Replica<TeamPlace>
  private let trees = TeamTrees()
  /// Sessions that ended before their tokens did.
  let sessions: Replica<Bool>
  /// Whether each tenant is open.
  let tenants: Replica<Bool>

  /// - Parameter news: is informed of every change.
  init(_ news: StandingNews = StandingNews()) {
    members = Replica(
      of: MemberStanding.self,
      object: Object.member,
      idPrefix: "member",
      in: "access",
      changed: { tenant, _, _ in news.changed(tenant) },
      { $0.active ? $0.roles : [] }
    )
    let trees = trees
    teams = Replica(
      of: TeamStanding.self,
      object: Object.team,
      idPrefix: "team",
      in: "access",
      changed: { tenant, _, _ in
        trees.forget(tenant)
        news.changed(tenant)
      },
      { TeamPlace($0) }
    )
    sessions = Replica(
      of: SessionEnd.self,
      object: Object.session,
      idPrefix: "session",
      in: "access",
      changed: { tenant, _, _ in news.changed(tenant) },
      { $0.time != nil ? true : nil }
    )
    tenants = Replica(
      of: TenantStanding.self,
      object: Object.tenant,
      idPrefix: "tenant",
      in: "tenants",
      changed: { tenant, _, _ in news.changed(tenant) },
      { $0.open }
    )
  }

  var replicas: [any Replicated] { [members, teams, sessions, tenants] }

  func roles(of member: MemberID, in tenant: TenantID) throws(MeshError) -> [String]? {
    try requireComplete()
    guard tenants[tenant, tenant] == true else { return [] }
    return members[tenant, member] ?? []
  }

  private func requireComplete() throws(MeshError) {
    guard members.isComplete, teams.isComplete, sessions.isComplete, tenants.isComplete else {
      throw .unavailable("it is not known yet who has access; try again in a moment")
    }
  }

  func roles(of claims: TokenClaims) throws(MeshError) -> [String] {
    try requireComplete()
    let isOpen = tenants[claims.tenant, claims.tenant]
    // A token is signed after its member and tenant exist; it may take a moment until they are known here.
    guard let isOpen, let roles = members[claims.tenant, claims.member] else {
      throw .unavailable("the member is not known here yet; try again in a moment")
    }
    guard isOpen else {
      throw MeshError(
        code: .permissionDenied,
        reason: .tenantSuspended,
        message: "the tenant is suspended"
      )
    }
    guard !roles.isEmpty, sessions[claims.tenant, claims.session] == nil else {
      throw .unauthenticated("the session has ended; log in again")
    }
    return roles
  }

  // MARK: Teams

  func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership {
    tree(of: tenant).membership(of: member)
  }

  func isActive(_ team: TeamID, _ tenant: TenantID) -> Bool { tree(of: tenant).isActive(team) }

  func knows(_ team: TeamID, _ tenant: TenantID) -> Bool { tree(of: tenant).knows(team) }

  func managers(of member: MemberID, _ tenant: TenantID) -> [MemberID] {
    tree(of: tenant).managers(of: member)
  }

  private func tree(of tenant: TenantID) -> TeamTree {
    trees.tree(of: tenant) { teams.values(of: tenant) }
  }
}
