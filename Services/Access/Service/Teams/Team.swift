import AccessAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshService
import MeshStore

extension Team {
  /// The team as record access needs it.
  var place: TeamPlace {
    TeamPlace(
      isActive: active ?? true,
      parent: parentTeamId,
      manager: managerId,
      members: memberIds
    )
  }

  /// All teams, for services that begin to follow them.
  static let standings = StandingSource.teams(
    "tenant_id, id, \(Team.columns)",
    from: "teams"
  ) { row in Team(row: row, at: row.place).place }
}

/// The rules of teams: who may be in one, and where it may stand; every service is informed of changes.
struct TeamRules: RecordRules {
  static let mostMembers = 500

  let transaction: WriteTransaction

  func prepare(_ team: inout Team, before: Team?, _ check: inout FieldCheck) throws {
    team.active = team.active ?? true
    var known: Set<MemberID> = []
    team.memberIds = team.memberIds.filter { known.insert($0).inserted }
    if team.memberIds.count > Self.mostMembers {
      check.refuse("member_ids", "must have at most \(Self.mostMembers) members")
      return
    }
    try checkPeople(of: team, before: before, &check)
    try checkPlace(of: team, &check)
    if check.violations.isEmpty { try checkName(of: team) }
  }

  /// Teams that shared a name before that was refused keep it until they are renamed; a team that comes back
  /// has no name yet.
  private func checkName(of team: Team) throws {
    let name = UnicodeText.folded(team.name)
    let same = try transaction.teamNames().filter { UnicodeText.folded($0.name) == name }
    if same.contains(where: { $0.id == team.id }) { return }
    if let same = same.first {
      let rule = "must differ from the name of the team \(same.name.quoted)"
      throw MeshError.alreadyExists("name", rule)
    }
  }

  /// Members of the team before the change stay, even without access.
  private func checkPeople(
    of team: Team,
    before: Team?,
    _ check: inout FieldCheck
  ) throws {
    let joining = Set(team.memberIds).subtracting(before?.memberIds ?? [])
    let manager = team.managerId == before?.managerId ? nil : team.managerId
    let active = try transaction.active(Array(joining) + [manager].compactMap(\.self))
    if let manager, !active.contains(manager) {
      check.refuse("manager_id", "must be an active member")
    }
    if let missing = joining.subtracting(active).min() {
      check.refuse("member_ids", "must be active members; \(missing) is not")
    }
  }

  private func checkPlace(of team: Team, _ check: inout FieldCheck) throws {
    guard let id = team.id, let parent = team.parentTeamId else { return }
    var hierarchy = try transaction.teamHierarchy()
    hierarchy.place(id, below: parent)
    if let rule = hierarchy.violation(of: id) { check.refuse("parent_team_id", rule) }
  }

  func wrote(before: Team?, after: Team?) throws {
    if let after, let id = after.id {
      if before?.place != after.place { try transaction.record(.standing(of: id, after.place)) }
    } else if let id = before?.id {
      if try transaction.hasTeams(below: id) {
        let rule = "other teams are part of this one; give them another place first"
        throw MeshError.failedPrecondition(rule)
      }
      try transaction.record(.end(of: id))
    }
  }
}
