package import MeshCore
package import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
package import MeshStore

/// Evaluates the rules that watch queued records, tenant by tenant.
///
/// It reads the records from their services, and evaluates conditions on another thread. `Watching` says what follows.
@LoopActor
package final class WatchRunner<Rule: WatchRule> {
  /// How often it looks for tenants with queued records.
  private nonisolated static var pause: Duration { .seconds(1) }
  /// The most records in one step.
  private nonisolated static var mostTogether: Int { 100 }
  /// How long a service may take to return them.
  private nonisolated static var patience: Duration { .seconds(10) }

  private let watching: Watching<Rule>
  private let store: Store
  private let log: Log
  private let queue: WorkQueue<TenantID>

  package nonisolated init(_ watching: Watching<Rule>, _ store: Store, _ log: Log) {
    self.watching = watching
    self.store = store
    self.log = log
    queue = WorkQueue()
  }

  /// Runs until cancelled.
  package func run() async {
    let table = watching.table
    await queue.run(
      first: {
        try await self.store.systemRead { transaction in
          try transaction.rows(
            "SELECT DISTINCT tenant_id FROM \(SQL(name: table)) WHERE is_queued"
          ) { row in try row.next(TenantID.self) }
        }
      },
      again: Self.pause,
      step: { try await self.lookNext($0) },
      failed: { tenant, error in
        self.log.warning("rule_step_failed", ["tenant": .id("\(tenant)"), "error": .cause(error)])
      },
      notResumed: { self.log.warning("rules_not_resumed", ["error": .cause($0)]) }
    )
  }

  /// Evaluates the rules of the next of a tenant's queued records.
  ///
  /// - Returns: whether there may be more.
  /// - Throws: an error that may pass; the records are read again.
  package func lookNext(_ tenant: TenantID) async throws -> Bool {
    let watching = watching
    let (looks, rules) = try await store.read(tenant, priority: .background) { transaction in
      (
        try transaction.looks(of: watching, limit: Self.mostTogether),
        try transaction.watchRules(Rule.self)
      )
    }
    if looks.isEmpty { return false }
    let options = CallOptions(
      timeout: Self.patience,
      authorization: .system(store.service, tenant: tenant)
    )
    var records: [IDWords: any RecordMessage] = [:]
    for kind in watching.kinds {
      let named = looks.filter { look in
        rules[look.rule].flatMap { watching.kind(of: $0) }?.object == kind.object
      }
      records.merge(try await kind.records(Set(named.map(\.record)), options)) { first, _ in first }
    }
    let known = records
    let met = await BlockingPool.shared.run { looks.met(by: rules, known, watching) }
    try await settle(met, rules, of: tenant)
    return looks.count == Self.mostTogether
  }

  private func settle(
    _ met: [(look: WatchLook, record: (any RecordMessage)?)],
    _ rules: [IDWords: Rule],
    of tenant: TenantID
  ) async throws {
    let (watching, author) = (watching, Author(actor: "system:\(store.service)"))
    let refused = try await store.write(
      tenant,
      as: author,
      lock: watching.lock,
      priority: .background
    ) { transaction in
      try met.compactMap { look, record -> IDWords? in
        do {
          try transaction.attempt {
            try watching.settle(look, rules[look.rule], record, in: transaction)
          }
          return nil
        } catch  where error.isRefusal {
          try watching.forget(look, in: transaction)
          return look.rule
        }
      }
    }
    for rule in Set(refused).sorted() {
      let id = "\(Rule.schema.idPrefix)_\(rule.typeIDSuffix)"
      log.warning("rule_makes_nothing", ["tenant": .id("\(tenant)"), "rule": .id(id)])
    }
  }
}

extension [WatchLook] {
  /// Each look with its record, if that meets the rule's condition.
  fileprivate func met<Rule: WatchRule>(
    by rules: [IDWords: Rule],
    _ records: [IDWords: any RecordMessage],
    _ watching: Watching<Rule>
  ) -> [(look: WatchLook, record: (any RecordMessage)?)] {
    var matchers: [IDWords: @Sendable (any RecordMessage) -> Bool] = [:]
    return map { look in
      guard let rule = rules[look.rule], let record = records[look.record],
        let matches = matchers[look.rule]
          ?? watching.kind(of: rule)?.conditions.matcher(rule.condition)
      else { return (look: look, record: nil) }
      matchers[look.rule] = matches
      return (look: look, record: matches(record) ? record : nil)
    }
  }
}
