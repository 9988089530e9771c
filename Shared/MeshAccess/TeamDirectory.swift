package import MeshCore

/// The members of a tenant's teams, in memory: used for each scope.
package protocol TeamDirectory: Sendable {
  func membership(of member: MemberID, _ tenant: TenantID) -> TeamMembership
}

/// The teams whose records a member reaches.
package struct TeamMembership: Sendable {
  /// Teams that the member belongs to or manages, and those below them.
  package let teams: [TeamID]
  /// The members of these teams.
  package let members: [MemberID]

  package init(teams: [TeamID] = [], members: [MemberID] = []) {
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
}
