package import MeshCore

/// The members of a tenant's teams, in memory: used for each scope.
package protocol TeamDirectory: Sendable {
  func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership

  /// Whether a tenant has a team, at work.
  func isActive(_ team: TeamID, _ tenant: TenantID) -> Bool

  /// Whether a tenant has a team, at work or not.
  func knows(_ team: TeamID, _ tenant: TenantID) -> Bool

  /// Who leads the active teams that a member is in, each once and in order; never the member themself.
  func managers(of member: MemberID, _ tenant: TenantID) -> [MemberID]
}

extension TeamDirectory {
  package func knows(_ team: TeamID, _ tenant: TenantID) -> Bool { isActive(team, tenant) }

  package func managers(of member: MemberID, _ tenant: TenantID) -> [MemberID] { [] }
}

/// The teams whose records a member reaches.
package struct TeamMembership: Sendable, Equatable {
  /// Teams that the member belongs to or manages: what is shared with one is shared with the member.
  package let own: [TeamID]
  /// These and the teams below them.
  package let teams: [TeamID]
  /// The members of these teams.
  package let members: [MemberID]

  package init(own: [TeamID] = [], teams: [TeamID] = [], members: [MemberID] = []) {
    self.own = own
    self.teams = teams
    self.members = members
  }
}

/// A tenant without teams.
package struct NoTeams: TeamDirectory {
  package init() {}

  package func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership {
    TeamMembership()
  }

  package func isActive(_ team: TeamID, _ tenant: TenantID) -> Bool { false }
}
