import LeadsAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore

/// All SQL of what leads are made with: statuses, sources, rules and turns.
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

  /// In their order.
  func statuses() throws -> [PicklistEntry] {
    try rows("SELECT key, display_name FROM lead_statuses ORDER BY position, key") { row in
      PicklistEntry(key: try row.next(), name: try row.next())
    }
  }

  /// By name.
  func sources() throws -> [PicklistEntry] {
    try rows("SELECT key, display_name FROM lead_sources ORDER BY display_name, key") { row in
      PicklistEntry(key: try row.next(), name: try row.next())
    }
  }

  /// With each status's place in the order.
  func statusPage(_ page: PageRequest) throws -> Page<(status: PicklistEntry, position: Int)> {
    try self.page(
      "key, display_name, position",
      from: "lead_statuses",
      by: Keyset([.ascending("position")], unique: "key"),
      page,
      bound: ["lead_statuses"]
    ) { row in
      (PicklistEntry(key: try row.next(), name: try row.next()), try row.next(Int.self))
    }
  }

  func sourcePage(_ page: PageRequest) throws -> Page<PicklistEntry> {
    try self.page(
      "key, display_name",
      from: "lead_sources",
      by: Keyset([.ascending("display_name")], unique: "key"),
      page,
      bound: ["lead_sources"]
    ) { row in PicklistEntry(key: try row.next(), name: try row.next()) }
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
      members[id.words]?.had(turn: turn, leads: leads, on: day)
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

  /// Adds a status, or else a source.
  ///
  /// - Throws: ALREADY_EXISTS when the key is there.
  func add(_ entry: PicklistEntry, toStatuses isStatus: Bool) throws {
    guard try isStatus ? insertStatus(entry) : insertSource(entry) else {
      throw MeshError.alreadyExists("key", "must not be one that is there already, as \(entry.key)")
    }
    if isStatus {
      try record(
        Change(action: "create", object: "lead_status", id: entry.key, after: entry.statusBytes)
      )
    } else {
      try record(
        Change(action: "create", object: "lead_source", id: entry.key, after: entry.sourceBytes)
      )
    }
  }

  /// - Returns: false when the key is there already.
  private func insertStatus(_ status: PicklistEntry) throws -> Bool {
    try execute(
      """
      INSERT INTO lead_statuses (key, display_name, position)
      SELECT \(status.key), \(status.name), count(*) FROM lead_statuses WHERE TRUE
      ON CONFLICT (tenant_id, key) DO NOTHING
      """
    ) == 1
  }

  /// - Returns: false when the key is there already.
  private func insertSource(_ source: PicklistEntry) throws -> Bool {
    try execute(
      """
      INSERT INTO lead_sources (key, display_name) VALUES (\(source.key), \(source.name))
      ON CONFLICT (tenant_id, key) DO NOTHING
      """
    ) == 1
  }
}
