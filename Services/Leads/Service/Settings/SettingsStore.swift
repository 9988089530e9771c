import LeadsAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore

/// All SQL of what leads are made with: rules and turns.
extension ReadTransaction {
  /// Grows with every change of what a tenant's leads are made with.
  ///
  /// - Throws: UNAVAILABLE while the service has not heard of the tenant, moments after its creation.
  func rulesVersion() throws -> Int64 {
    guard let version = try value("SELECT version FROM rules_versions", as: Int64.self) else {
      throw MeshError.tenantIsNew
    }
    return version
  }

  func scoringRules() throws -> [ScoringRule] {
    try records(where: "TRUE", in: scope(forCalculation: "scoring"), limit: 1_000)
  }

  /// Whose turn it is among those who work in the tenant.
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
  /// Begins to count a tenant's rules.
  ///
  /// - Returns: false when they are counted already.
  func beginRules() throws -> Bool {
    try execute(
      "INSERT INTO rules_versions (version) VALUES (1) ON CONFLICT (tenant_id) DO NOTHING"
    ) == 1
  }

  /// Takes note of a change of statuses, sources or rules, so that no cache of them is believed.
  func noteRulesChange() throws {
    try execute("UPDATE rules_versions SET version = version + 1 WHERE TRUE")
  }

  /// Keeps whose turns were taken.
  func saveTurns(of rotation: Rotation) throws {
    for assignee in rotation.assignees where rotation.moved.contains(assignee.member) {
      try execute(
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
