import MeshAccess
package import MeshCore
package import MeshProto
import MeshRecords
package import MeshStore

/// How the rules of a kind watch other services' records.
///
/// A table of the service has a row for each record that a rule watches, with the columns rule_id, record_id (the
/// key), is_queued, checks, event_time, wait_end and made_id, and an index on record_id. An event queues a record, and
/// so does the end of its wait and, while it waits, each change; `WatchRunner` then reads it from its service and
/// evaluates the rule's condition. It waits from its event as long as the condition holds, and is forgotten when that does not. Once
/// the rule has made something for a record, it no longer watches it.
package struct Watching<Rule: WatchRule>: Sendable {
  /// Makes what a rule makes for a record, in a transaction, and returns its id.
  package typealias Make = @Sendable (Rule, any RecordMessage, WriteTransaction) throws -> IDWords?

  let table: String
  private let timer: String
  package let kinds: [WatchedKind]
  let lock: String
  private let effect: Make

  /// - Parameters:
  ///   - table: the table described above.
  ///   - timer: the name of the timers that end waits.
  ///   - kinds: the kinds of records that rules watch.
  ///   - lock: the tenant's lock that `make` needs.
  ///   - make: has no effect outside the transaction.
  package init(
    in table: String,
    timer: String,
    _ kinds: [WatchedKind],
    lock: String,
    make: @escaping Make
  ) {
    self.table = table
    self.timer = timer
    self.kinds = kinds
    self.lock = lock
    effect = make
  }

  /// The kind of record that a rule watches; nil for an unknown one.
  package func kind(of rule: Rule) -> WatchedKind? {
    kinds.first { rule.event.hasPrefix("\($0.object)_") }
  }

  /// Reactions to every change of the records, for the service to declare.
  package var reactions: [Reaction] {
    kinds.map { kind in
      Reaction(to: kind.service, [kind.object], start: .nextChange) { change, transaction in
        guard let (record, events) = try kind.events(of: change) else { return }
        try queue(record, for: events, at: change.time, in: transaction)
      }
    }
  }

  /// The timers that end waits, for the service to declare.
  package var timers: [TimerKind] {
    [
      TimerKind(timer) { timer, transaction in
        let (rule, record) = (Array(timer.payload.prefix(16)), Array(timer.payload.dropFirst(16)))
        let isIt: SQL = "rule_id = \(rule) AND record_id = \(record) AND made_id IS NULL"
        try transaction.post(
          "UPDATE \(rows) SET is_queued = TRUE, checks = checks + 1 WHERE \(isIt)"
        )
      }
    ]
  }

  private var rows: SQL { SQL(name: table) }

  private func key(_ rule: IDWords, _ record: IDWords) -> String {
    "\(rule.typeIDSuffix)/\(record.typeIDSuffix)"
  }

  /// Queues a record for the rules of some events, and for those in whose wait it is.
  private func queue(
    _ record: IDWords,
    for events: [String],
    at time: Timestamp,
    in transaction: WriteTransaction
  ) throws {
    let all = SQL(name: Rule.schema.table)
    let rules = try transaction.rows(
      "SELECT id FROM \(all) WHERE event IN (\(list: events)) AND active ORDER BY id"
    ) { row in try row.next([UInt8].self) }
    for rule in rules {
      try transaction.post(
        """
        INSERT INTO \(rows) (rule_id, record_id, is_queued, checks, event_time)
        VALUES (\(rule), \(record.bytes), TRUE, 1, \(time))
        ON CONFLICT (tenant_id, rule_id, record_id) DO UPDATE SET
          is_queued = \(rows).made_id IS NULL, checks = \(rows).checks + 1,
          event_time = excluded.event_time
        """
      )
    }
    try transaction.post(
      """
      UPDATE \(rows) SET is_queued = TRUE, checks = checks + 1
      WHERE record_id = \(record.bytes) AND wait_end IS NOT NULL
      """
    )
  }

  // MARK: What becomes of a record

  /// Makes what the rule makes for a record that was read, lets the record wait, or forgets it.
  ///
  /// It does nothing when the record or the rule has changed since.
  ///
  /// - Parameters:
  ///   - look: the record and the rule.
  ///   - rule: as it was when its condition was evaluated; nil when it no longer exists.
  ///   - record: the record if it meets the condition; nil otherwise.
  ///   - transaction: of the tenant.
  /// - Throws: what making it throws.
  func settle(
    _ look: WatchLook,
    _ rule: Rule?,
    _ record: (any RecordMessage)?,
    in transaction: WriteTransaction
  ) throws {
    let isIt: SQL = "rule_id = \(look.rule.bytes) AND record_id = \(look.record.bytes)"
    let isSame: SQL = "\(isIt) AND checks = \(look.number) AND is_queued"
    let now = transaction.now
    guard
      let known = try transaction.first(
        "SELECT event_time, wait_end FROM \(rows) WHERE \(isSame)",
        { (event: try $0.next(Timestamp.self), waitEnd: try $0.next(Timestamp?.self)) }
      ), try transaction.rule(Rule.self, look.rule)?.etag == rule?.etag
    else { return }
    guard let rule, rule.active != false, let record else {
      return try forget(look, in: transaction)
    }
    let end = known.waitEnd ?? known.event + .seconds(60 * Int64(rule.waitMinutes))
    if rule.waitMinutes == 0 || end <= now {
      _ = try make(by: rule, for: record, in: transaction)
      return
    }
    if known.waitEnd == nil {
      try transaction.setTimer(
        timer,
        key: key(look.rule, look.record),
        at: end,
        payload: look.rule.bytes + look.record.bytes
      )
    }
    try transaction.post(
      "UPDATE \(rows) SET is_queued = FALSE, wait_end = \(end) WHERE \(isIt)"
    )
  }

  /// Makes what a rule makes for a record, without a wait.
  ///
  /// - Returns: false when it was made before.
  /// - Throws: what making it throws.
  package func make(
    by rule: Rule,
    for record: any RecordMessage,
    in transaction: WriteTransaction
  ) throws -> Bool {
    guard let id = rule.recordID, let of = record.recordID else { return false }
    let isIt: SQL = "rule_id = \(id.bytes) AND record_id = \(of.bytes)"
    let made: SQL = "SELECT 1 FROM \(rows) WHERE \(isIt) AND made_id IS NOT NULL"
    if try transaction.value(made, as: Int.self) != nil { return false }
    guard let new = try effect(rule, record, transaction) else { return false }
    try transaction.cancelTimer(timer, key: key(id, of))
    try transaction.post(
      """
      INSERT INTO \(rows) (rule_id, record_id, is_queued, checks, event_time, made_id)
      VALUES (\(id.bytes), \(of.bytes), FALSE, 1, \(transaction.now), \(new.bytes))
      ON CONFLICT (tenant_id, rule_id, record_id) DO UPDATE SET
        is_queued = FALSE, wait_end = NULL, made_id = excluded.made_id
      """
    )
    return true
  }

  /// Forgets a record, unless something was made for it.
  func forget(_ look: WatchLook, in transaction: WriteTransaction) throws {
    try transaction.cancelTimer(timer, key: key(look.rule, look.record))
    let isIt: SQL = "rule_id = \(look.rule.bytes) AND record_id = \(look.record.bytes)"
    try transaction.post("DELETE FROM \(rows) WHERE \(isIt) AND made_id IS NULL")
  }

  /// Forgets the waiting records of a rule that is deleted, is switched off or gets another event.
  ///
  /// A service calls it in the transaction of each change of a rule.
  package func wrote(before: Rule?, after: Rule?, in transaction: WriteTransaction) throws {
    guard let before, let id = before.recordID else { return }
    if after?.event == before.event, after?.active != false { return }
    try transaction.cancelTimers(timer, keyPrefix: "\(id.typeIDSuffix)/")
    try transaction.post("DELETE FROM \(rows) WHERE rule_id = \(id.bytes) AND made_id IS NULL")
  }
}

/// A queued record, and the rule whose condition will be evaluated.
struct WatchLook: Sendable {
  let rule: IDWords
  let record: IDWords
  /// Grows with each event: an earlier look is stale.
  let number: Int64
}

extension ReadTransaction {
  /// The next queued records.
  func looks<Rule: WatchRule>(of watching: Watching<Rule>, limit: Int) throws -> [WatchLook] {
    try rows(
      """
      SELECT rule_id, record_id, checks FROM \(SQL(name: watching.table)) WHERE is_queued
      ORDER BY rule_id, record_id LIMIT \(limit)
      """
    ) { row in
      WatchLook(
        rule: try row.next(),
        record: try row.next(),
        number: try row.next()
      )
    }
  }

  /// All of the tenant's rules of a kind, by id.
  package func watchRules<Rule: WatchRule>(_: Rule.Type = Rule.self) throws -> [IDWords: Rule] {
    let all: [Rule] = try records(
      where: "TRUE",
      in: scope(forCalculation: "rules"),
      limit: 1_000
    )
    let known = all.compactMap { rule in rule.recordID.map { ($0, rule) } }
    return Dictionary(known, uniquingKeysWith: { first, _ in first })
  }

  fileprivate func rule<Rule: WatchRule>(_: Rule.Type, _ id: IDWords) throws -> Rule? {
    try record(id, in: scope(forCalculation: "rules"))
  }
}
