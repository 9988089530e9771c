import AccessAPI
import MeshAccess
import MeshCore
import MeshStore

/// SQL of teams, besides that of every record.
extension ReadTransaction {
  /// The place of each of the tenant's teams in the hierarchy.
  func teamHierarchy() throws -> TeamHierarchy {
    var hierarchy = TeamHierarchy()
    let teams = try rows("SELECT id, parent_team_id FROM teams") { row in
      (try row.next(TeamID.self), try row.next(TeamID?.self))
    }
    for (id, parent) in teams { hierarchy.place(id, below: parent) }
    return hierarchy
  }

  /// The members and places of the tenant's teams, for record access.
  func teamTree() throws -> TeamTree {
    let places = try rows("SELECT id, \(Team.columns) FROM teams") { row in
      let id = try row.next(TeamID.self)
      return (id, Team(row: row, at: row.place).place)
    }
    return TeamTree(Dictionary(uniqueKeysWithValues: places))
  }

  /// The names of the tenant's teams.
  func teamNames() throws -> [(id: TeamID, name: String)] {
    try rows("SELECT id, name FROM teams") { row in
      (id: try row.next(TeamID.self), name: try row.next(String.self))
    }
  }

  /// Whether a team has other teams below it.
  func hasTeams(below team: TeamID) throws -> Bool {
    try value("SELECT 1 FROM teams WHERE parent_team_id = \(team) LIMIT 1", as: Int.self) != nil
  }

  /// Those of some members who have access.
  func active(_ members: [MemberID]) throws -> Set<MemberID> {
    if members.isEmpty { return [] }
    let named = SQL.isOne("members.id", of: members.map(\.words))
    let found = try rows("SELECT members.id FROM members WHERE \(named) AND members.active") {
      row in
      try row.next(MemberID.self)
    }
    return Set(found)
  }
}
