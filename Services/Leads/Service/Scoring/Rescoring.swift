import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

/// The progress of rescoring all of a tenant's leads after a change of rules.
struct Rescoring: Sendable, Equatable {
  var isRunning: Bool
  /// Grows with each change of rules: a step that was begun under older rules is discarded.
  var generation: Int64
  /// The last lead processed; nil at the beginning.
  var lastLead: LeadID?
  var leadsDone: Int
  var leadsChanged: Int
  var startTime: Timestamp
  var endTime: Timestamp?
}

/// All SQL of rescorings.
extension ReadTransaction {
  /// nil when the rules never changed.
  func rescoring() throws -> Rescoring? {
    try first(
      """
      SELECT is_running, generation, last_lead_id, leads_done, leads_changed, start_time, end_time
      FROM rescorings
      """
    ) { row in
      Rescoring(
        isRunning: try row.next(),
        generation: try row.next(),
        lastLead: try row.next(),
        leadsDone: try row.next(),
        leadsChanged: try row.next(),
        startTime: try row.next(),
        endTime: try row.next()
      )
    }
  }
}

extension SystemReadTransaction {
  /// Tenants whose leads are being scored again.
  func rescoringTenants() throws -> [TenantID] {
    try rows("SELECT tenant_id FROM rescorings WHERE is_running ORDER BY start_time") { row in
      try row.next()
    }
  }
}

extension WriteTransaction {
  /// Starts from the beginning, also if a rescoring is running.
  func startRescoring() throws {
    let generation = (try rescoring()?.generation ?? 0) + 1
    try save(
      Rescoring(
        isRunning: true,
        generation: generation,
        lastLead: nil,
        leadsDone: 0,
        leadsChanged: 0,
        startTime: now,
        endTime: nil
      )
    )
  }

  func save(_ rescoring: Rescoring) throws {
    try execute(
      """
      INSERT INTO rescorings (
        is_running, generation, last_lead_id, leads_done, leads_changed, start_time, end_time
      ) VALUES (
        \(rescoring.isRunning), \(rescoring.generation), \(rescoring.lastLead),
        \(rescoring.leadsDone), \(rescoring.leadsChanged), \(rescoring.startTime),
        \(rescoring.endTime)
      ) ON CONFLICT (tenant_id) DO UPDATE SET
        is_running = excluded.is_running, generation = excluded.generation,
        last_lead_id = excluded.last_lead_id, leads_done = excluded.leads_done,
        leads_changed = excluded.leads_changed, start_time = excluded.start_time,
        end_time = excluded.end_time
      """
    )
  }

  /// Rescores the next leads.
  ///
  /// - Returns: whether there are more.
  func rescoreNext(_ count: Int, _ cache: RulesCache) throws -> Bool {
    guard var rescoring = try rescoring(), rescoring.isRunning else { return false }
    let rules = LeadRules(self, try intakeRules(cache))
    let leads = try leads(after: rescoring.lastLead, limit: count)
    for lead in leads {
      var changed = lead
      changed.take(rules.intake.scorer.score(lead))
      if changed == lead { continue }
      _ = try save(changed, before: lead, by: rules)
      rescoring.leadsChanged += 1
    }
    rescoring.leadsDone += leads.count
    rescoring.lastLead = leads.last?.id ?? rescoring.lastLead
    if leads.count < count {
      rescoring.isRunning = false
      rescoring.endTime = now
    }
    try save(rescoring)
    return rescoring.isRunning
  }
}
