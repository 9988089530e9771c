import MeshAccess
package import MeshCore
import MeshLoop
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

extension ImportSteps {
  /// Takes back what an import did to the next records.
  ///
  /// - Returns: whether there is more to do.
  @Home
  package func undo(_ job: ImportJob, _ tenant: TenantID) async throws -> Bool {
    try await plan.prepare(tenant, store)
    let conventions = try await conventions(of: job, tenant)
    let makeIntake = plan.intake(of: [], tenant, conventions)
    return try await store.write(
      tenant,
      as: Author(actor: actor, onBehalfOf: job.undoneBy?.description),
      lock: plan.lock,
      priority: .background
    ) { transaction in
      guard let before = try transaction.importJob(job.id), before.state == .undoing else {
        return false
      }
      let intake = try makeIntake(transaction, before)
      let person = try ImportPerson(before.undoneBy, of: tenant, gate)
      let reach = ImportReach<Plan.Record>(person, transaction)
      var undo = ImportUndoer(transaction, plan, before, intake, reach)
      return try undo.step().state == .undoing
    }
  }
}

/// Takes back what an import did to some records, within one transaction.
///
/// What has been changed since is left alone: the whole record if the import created it, or the edited fields if it
/// only updated it. So is anything that the person undoing may not delete or change, and every opt-out.
struct ImportUndoer<Plan: ImportPlan> {
  private let transaction: WriteTransaction
  private let plan: Plan
  private let before: ImportJob
  private var job: ImportJob
  private var intake: any ImportIntake<Plan.Record>
  /// The records that whoever takes the import back reaches.
  private let reach: ImportReach<Plan.Record>

  init(
    _ transaction: WriteTransaction,
    _ plan: Plan,
    _ job: ImportJob,
    _ intake: any ImportIntake<Plan.Record>,
    _ reach: ImportReach<Plan.Record>
  ) {
    self.transaction = transaction
    self.plan = plan
    before = job
    self.job = job
    self.intake = intake
    self.reach = reach
  }

  /// Takes back the next effects.
  ///
  /// - Returns: the import afterwards.
  mutating func step() throws -> ImportJob {
    let effects = try transaction.importEffects(of: job.id, limit: ImportLimits.undone)
    for effect in effects {
      if try undo(effect) {
        try transaction.forget(effect, of: job.id)
      } else {
        try transaction.putOff(effect, of: job.id)
      }
    }
    if effects.count < ImportLimits.undone, try undoRest() { job.state = .undone }
    try intake.finish()
    return try transaction.save(job, before: before, plan)
  }

  /// Takes back what other records stood in the way of, as those of which a task is made up: what each transaction
  /// takes back may free more for the next.
  ///
  /// - Returns: whether nothing is left to take back.
  private mutating func undoRest() throws -> Bool {
    let rest = try transaction.effectsPutOff(of: job.id, limit: ImportLimits.undone)
    var kept: [ImportEffect] = []
    for effect in rest {
      if try undo(effect) {
        try transaction.forget(effect, of: job.id)
      } else {
        kept.append(effect)
      }
    }
    // Once none of them can go, none ever will.
    if !kept.isEmpty, kept.count < rest.count { return false }
    for effect in kept { try transaction.forget(effect, of: job.id) }
    job.undo.left += kept.count
    return rest.count < ImportLimits.undone
  }

  /// - Returns: false when the rules of a record that the import made keep it: a lead was converted, or a task has
  ///   open parts.
  private mutating func undo(_ effect: ImportEffect) throws -> Bool {
    let all: Scope<Plan.Record> = transaction.scope(forCalculation: "undoing")
    // One that is in the trash already has nothing to take back.
    guard let present = try transaction.record(effect.record, in: all) else { return true }
    do {
      switch effect.kind {
      case .created, .restored, .putOff:
        guard present.etag?.version == effect.version, try reach.mayRemove(present),
          try !isNamed(effect.record)
        else {
          job.undo.left += 1
          return true
        }
        try transaction.attempt { () throws -> Void in try remove(present) }
        job.undo.deleted += 1
      case .updated: try putBack(present, effect)
      }
      return true
    } catch {
      guard ImportWriter<Plan>.violations(of: error) != nil else { throw error }
      if effect.kind != .updated { return false }
      job.undo.left += 1
      return true
    }
  }

  /// Whether a record refers to one that the import made, other than those that it takes back as well.
  private func isNamed(_ id: IDWords) throws -> Bool {
    let object = Plan.Record.schema.object
    return try transaction.isNamed(id, object, by: plan.namedBy) { kind in
      let table = SQL(name: kind.table)
      // An archived record does not hold on to the ones that it names.
      let isPresent: SQL = kind["archived"] == nil ? "TRUE" : "NOT \(table).archived"
      return """
        \(isPresent) AND NOT EXISTS (
          SELECT 1 FROM import_effects
          WHERE import_effects.import_id = \(job.id) AND import_effects.record_id = \(table).id
            AND import_effects.kind <> 'updated' AND import_effects.version = \(table).version
        )
        """
    }
  }

  /// Deletes a record, or archives it where its kind cannot be deleted.
  private func remove(_ record: Plan.Record) throws {
    guard let archived = Plan.Record.schema["archived"] else {
      return try transaction.delete(record, by: intake.rules)
    }
    var changed = record
    changed.set(archived, to: .bool(true))
    _ = try transaction.update(record, to: changed, action: "archive", by: intake.rules)
  }

  private mutating func putBack(_ present: Plan.Record, _ effect: ImportEffect) throws {
    guard let old = effect.before, let new = effect.after else { return }
    guard try reach.mayEdit(present) else {
      job.undo.left += 1
      return
    }
    let (was, became) = (try Plan.Record(wire: old), try Plan.Record(wire: new))
    var changed = present
    var isWhole = true
    let schema = plan.schema(of: transaction.tenant)
    let indexes = became.changes(from: was)
    let fields = schema.fields.filter { indexes.contains($0.index) }
    let access = try reach.access(to: present, filling: Set(fields.map(\.name)))
    for field in fields {
      let value = became.value(of: field)
      // Who refused is asked again by a person, not by an undo.
      let isKept =
        !access.mayFill(field) || RecordChange<Plan.Record>.isRefusal(value, field)
      if !isKept, present.value(of: field) == value {
        changed.set(field, to: was.value(of: field))
      } else {
        isWhole = false
      }
    }
    if !changed.changes(from: present).isEmpty {
      let wanted = changed
      _ = try transaction.attempt {
        try transaction.update(present, to: wanted, schema, by: intake.rules)
      }
    }
    if isWhole { job.undo.putBack += 1 } else { job.undo.left += 1 }
  }
}
