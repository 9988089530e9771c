import LeadsAPI
import MeshCore
import MeshLoop
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

extension ReadTransaction {
  /// Leads that wait for a score.
  fileprivate func leadsToScore(limit: Int) throws -> [LeadID] {
    try rows("SELECT lead_id FROM leads_to_score ORDER BY lead_id LIMIT \(limit)") { row in
      try row.next()
    }
  }

  fileprivate func isToBeScored(_ id: LeadID) throws -> Bool {
    try value("SELECT 1 FROM leads_to_score WHERE lead_id = \(id)", as: Int.self) != nil
  }
}

extension SystemReadTransaction {
  /// Tenants with leads that wait for a score.
  func tenantsWithLeadsToScore() throws -> [TenantID] {
    try rows("SELECT DISTINCT tenant_id FROM leads_to_score") { row in try row.next() }
  }

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

  /// Sees to it that a lead is scored next.
  func queueScore(of id: LeadID) throws {
    try post(
      "INSERT INTO leads_to_score (lead_id) VALUES (\(id)) ON CONFLICT (tenant_id, lead_id) DO NOTHING"
    )
  }

  fileprivate func unqueueScore(of id: LeadID) throws {
    try post("DELETE FROM leads_to_score WHERE lead_id = \(id)")
  }

  /// Writes the scores of a batch, of which nothing remains to do for leads that are as they were read.
  ///
  /// - Returns: whether there may be more to do.
  fileprivate func save(_ batch: ScoredBatch) throws -> Bool {
    guard try rulesVersion().scoring == batch.version else { return true }
    for (id, lead, score) in batch.queued {
      guard let lead, let score else {
        try unqueueScore(of: id)
        continue
      }
      var changed = lead
      changed.take(score)
      if try write(computed: changed, of: lead) { try unqueueScore(of: id) }
    }
    guard let walk = batch.walk, var rescoring = try rescoring(), rescoring.isRunning,
      rescoring.generation == walk.generation, rescoring.lastLead == walk.after
    else { return batch.mayHaveMore }
    for (lead, score) in walk.changed {
      var changed = lead
      changed.take(score)
      if try write(computed: changed, of: lead) {
        rescoring.leadsChanged += 1
      } else if let id = lead.id {
        try queueScore(of: id)
      }
    }
    rescoring.leadsDone += walk.count
    rescoring.lastLead = walk.last ?? rescoring.lastLead
    if walk.isEnd {
      rescoring.isRunning = false
      rescoring.endTime = now
    }
    try save(rescoring)
    return batch.mayHaveMore || rescoring.isRunning
  }
}

/// Leads that were scored outside of a transaction that writes.
private struct ScoredBatch: Sendable {
  /// The next leads of a rescoring.
  struct Walk: Sendable {
    let generation: Int64
    let after: LeadID?
    let last: LeadID?
    let count: Int
    let isEnd: Bool
    /// Those whose score is another one now.
    let changed: [(lead: Lead, score: Score)]
  }

  /// The version of the rules that they were scored by.
  let version: Int64
  /// Those that wait for a score; no lead for one that is gone.
  let queued: [(id: LeadID, lead: Lead?, score: Score?)]
  /// Whether more may be waiting.
  let mayHaveMore: Bool
  let walk: Walk?
}

/// Scores leads in the background: those that wait for it, then the next of a rescoring.
struct Rescorer: Sendable {
  let store: Store
  let cache: RulesCache

  /// Reads a batch of leads and scores them, neither on the writer's thread, and writes what is new in one
  /// transaction.
  ///
  /// - Parameters:
  ///   - tenant: whose leads.
  ///   - count: the most leads to take.
  ///   - priority: whether anyone waits for it.
  /// - Returns: whether there is more to do.
  /// - Throws: as the store does; nothing was changed.
  func advance(
    _ tenant: TenantID,
    by count: Int,
    priority: StorePriority = .background
  ) async throws -> Bool {
    let cache = cache
    let read = try await store.read(tenant, priority: priority) { transaction in
      let rules = try transaction.intakeRules(cache)
      let ids = try transaction.leadsToScore(limit: count)
      let queued = try ids.map { ($0, try transaction.lead($0)) }
      let rescoring = try transaction.rescoring()
      let isWalking = queued.isEmpty && rescoring?.isRunning == true
      let leads = isWalking ? try transaction.leads(after: rescoring?.lastLead, limit: count) : []
      return (scoring: rules.scoring, queued, rescoring: isWalking ? rescoring : nil, leads)
    }
    guard let scoring = read.scoring, !read.1.isEmpty || read.rescoring != nil else { return false }
    let batch = await BlockingPool.shared.run {
      let scorer = scoring.scorer
      let walk = read.rescoring.map { rescoring in
        ScoredBatch.Walk(
          generation: rescoring.generation,
          after: rescoring.lastLead,
          last: read.3.last?.id,
          count: read.3.count,
          isEnd: read.3.count < count,
          changed: read.3.map { ($0, scorer.score($0)) }.filter { lead, score in
            var changed = lead
            changed.take(score)
            return changed != lead
          }
        )
      }
      return ScoredBatch(
        version: scoring.version,
        queued: read.1.map { id, lead in (id, lead, lead.map(scorer.score)) },
        mayHaveMore: !read.1.isEmpty,
        walk: walk
      )
    }
    let author = Author(actor: "system:leads")
    return try await store.write(tenant, as: author, priority: priority) { transaction in
      try transaction.save(batch)
    }
  }

  /// Scores a lead that waits for it, and whose caller does.
  func settle(_ id: LeadID, of tenant: TenantID) async throws {
    while try await store.read(tenant, { try $0.isToBeScored(id) }) {
      _ = try await advance(tenant, by: RescoringRunner.batchLeads, priority: .people)
    }
  }
}
