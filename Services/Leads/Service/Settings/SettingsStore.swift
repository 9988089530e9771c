import LeadsAPI
import MeshAccess
import MeshCore
import MeshPeers
import MeshRecords
import MeshStore

/// The version of a tenant's rules.
struct RulesVersion: Sendable, Equatable {
  /// Grows with every change of statuses, sources or scoring rules.
  let all: Int64
  /// Grows with every change of scoring rules.
  let scoring: Int64
}

/// All SQL of versions of rules and assignment turns.
extension ReadTransaction {
  /// - Throws: UNAVAILABLE until a new tenant has its defaults.
  func rulesVersion() throws -> RulesVersion {
    let version = try first("SELECT version, scoring FROM rules_versions") { row in
      RulesVersion(all: try row.next(), scoring: try row.next())
    }
    guard let version else { throw MeshError.tenantIsNew }
    return version
  }

  /// The rotation among the tenant's members.
  func rotation(of members: [IDWords: Assignee]) throws -> Rotation {
    var members = members
    var last: Int64 = 0
    try forEach("SELECT member_id, last_turn, count_day, leads_today FROM assignment_turns") {
      row in
      let id: MemberID = try row.next()
      let (turn, day, leads) = (
        try row.next(Int64.self), try row.next(String.self), try row.next(Int.self)
      )
      members[id.words]?.restore(lastTurn: turn, leads: leads, on: day)
      last = max(last, turn)
      return true
    }
    return Rotation(Array(members.values), after: last)
  }
}

extension WriteTransaction {
  /// Creates a tenant's rules version.
  ///
  /// - Returns: false when it exists already.
  func beginRules() throws -> Bool {
    try execute(
      "INSERT INTO rules_versions (version) VALUES (1) ON CONFLICT (tenant_id) DO NOTHING"
    ) == 1
  }

  /// Raises the version after a change of statuses, sources or rules, so that caches are invalid.
  func noteRulesChange() throws {
    try execute("UPDATE rules_versions SET version = version + 1 WHERE TRUE")
  }

  /// Raises both versions after a change of scoring rules.
  func noteScoringChange() throws {
    try execute("UPDATE rules_versions SET version = version + 1, scoring = scoring + 1 WHERE TRUE")
  }

  /// Saves the turns that members took.
  func saveTurns(of rotation: Rotation) throws {
    for assignee in rotation.assignees where rotation.moved.contains(assignee.member) {
      try post(
        """
        INSERT INTO assignment_turns (member_id, last_turn, count_day, leads_today)
        VALUES (
          \(assignee.member), \(assignee.lastTurn), \(assignee.day), \(assignee.leadsToday)
        ) ON CONFLICT (tenant_id, member_id) DO UPDATE SET
          last_turn = excluded.last_turn, count_day = excluded.count_day,
          leads_today = excluded.leads_today
        """
      )
    }
  }
}
