import LeadsAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore

/// All SQL of what leads are made with: settings, statuses, sources, rules and assignees.
extension ReadTransaction {
  /// - Throws: UNAVAILABLE while the service has not heard of the tenant, moments after its creation.
  func tenantSettings() throws -> TenantSettings {
    let settings = try first(
      "SELECT default_region, time_zone, currency FROM tenant_settings"
    ) { row in
      TenantSettings(
        defaultRegion: try row.next(),
        timeZone: try row.next(),
        currency: CurrencyCode(try row.next()) ?? .usd
      )
    }
    guard let settings else { throw Self.unknownTenant }
    return settings
  }

  private static var unknownTenant: MeshError {
    .unavailable("the tenant is being set up; try again in a moment")
  }

  /// Grows with every change of what leads are made with.
  ///
  /// - Throws: UNAVAILABLE while the service has not heard of the tenant, moments after its creation.
  func rulesVersion() throws -> Int64 {
    guard let version = try value("SELECT version FROM tenant_settings", as: Int64.self) else {
      throw Self.unknownTenant
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

  func assignees() throws -> [Assignee] {
    try rows(
      """
      SELECT member_id, takes_leads, daily_cap, is_active, last_turn, count_day, leads_today
      FROM assignees ORDER BY member_id
      """
    ) { row in
      Assignee(
        member: try row.next(),
        takesLeads: try row.next(),
        dailyCap: try row.next(),
        isActive: try row.next(),
        lastTurn: try row.next(),
        day: try row.next(),
        leadsToday: try row.next()
      )
    }
  }
}

extension WriteTransaction {
  func save(_ settings: TenantSettings) throws {
    try execute(
      """
      INSERT INTO tenant_settings (version, default_region, time_zone, currency)
      VALUES (
        1, \(settings.defaultRegion), \(settings.timeZone), \(settings.currency.description)
      ) ON CONFLICT (tenant_id) DO UPDATE SET
        version = tenant_settings.version + 1, default_region = excluded.default_region, time_zone = excluded.time_zone,
        currency = excluded.currency
      """
    )
  }

  /// Takes note of a change of statuses, sources or rules, so that no cache of them is believed.
  func noteRulesChange() throws {
    try execute("UPDATE tenant_settings SET version = version + 1 WHERE TRUE")
  }

  /// Takes over what Access says of a member; whose turn it is stays.
  func save(_ assignee: Assignee) throws {
    try execute(
      """
      INSERT INTO assignees (
        member_id, takes_leads, daily_cap, is_active, last_turn, count_day, leads_today
      ) VALUES (
        \(assignee.member), \(assignee.takesLeads), \(assignee.dailyCap), \(assignee.isActive),
        \(assignee.lastTurn), \(assignee.day), \(assignee.leadsToday)
      ) ON CONFLICT (tenant_id, member_id) DO UPDATE SET
        takes_leads = excluded.takes_leads, daily_cap = excluded.daily_cap,
        is_active = excluded.is_active
      """
    )
  }

  /// Keeps whose turns were taken.
  func saveTurns(of rotation: Rotation) throws {
    for assignee in rotation.assignees where rotation.moved.contains(assignee.member) {
      try execute(
        """
        UPDATE assignees SET last_turn = \(assignee.lastTurn), count_day = \(assignee.day),
          leads_today = \(assignee.leadsToday)
        WHERE member_id = \(assignee.member)
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
