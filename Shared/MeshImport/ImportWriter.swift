import MeshCore
import MeshProto
import MeshRecords
import MeshStore

/// Creates the records of a batch's rows within one transaction.
///
/// Records, links, the report and the progress change together or not at all, so an import
/// continues after a crash from its last durable state.
struct ImportWriter<Plan: ImportPlan> {
  private let transaction: WriteTransaction
  private let plan: Plan
  private let schema: RecordSchema
  private let reader: RowReader<Plan.Record>
  private let before: ImportJob
  private var job: ImportJob
  private var intake: any ImportIntake<Plan.Record>
  private var remarks: ImportRemarks
  /// The rows of the batch that are records already, from before or from further up in it.
  private var imported: Set<RowKey> = []

  /// A writer for the import, as read in the transaction.
  init(
    _ transaction: WriteTransaction,
    _ plan: Plan,
    _ job: ImportJob,
    _ intake: any ImportIntake<Plan.Record>,
    _ reader: RowReader<Plan.Record>
  ) throws {
    self.transaction = transaction
    self.plan = plan
    schema = plan.schema(of: transaction.tenant)
    before = job
    self.job = job
    self.intake = intake
    self.reader = reader
    remarks = ImportRemarks(
      known: try transaction.importRemarks(of: job.id).map(\.remark),
      heading: reader.heading
    )
  }

  /// Writes a batch.
  ///
  /// - Returns: the import after it.
  mutating func write(_ batch: ImportBatch<Plan.Record>) throws -> ImportJob {
    imported = try transaction.imported(batch.rows.map(\.key), from: job.mapping.sourceSystem)
    for (place, row) in batch.rows.enumerated() { try write(row, at: place) }
    try intake.finish()
    for (remark, rows) in remarks.counts { try transaction.add(remark, rows: rows, to: job.id) }
    job.progress.blank += batch.blank
    job.progress.bytes = batch.endOffset
    job.progress.line = batch.endLine
    if batch.isLast { job.state = .succeeded }
    return try transaction.save(job, before: before, plan)
  }

  private mutating func write(_ row: ImportRow<Plan.Record>, at place: Int) throws {
    job.progress.rows += 1
    if imported.contains(row.key) {
      job.progress.unchanged += 1
      return
    }
    do {
      if !row.violations.isEmpty { throw MeshError.invalid(row.violations) }
      try create(from: row, at: place)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      try refuse(row, violations)
    }
  }

  /// The row's violations; nil for a failure that the row did not cause.
  private static func violations(of error: any Error) -> [FieldViolation]? {
    guard let fault = error as? MeshError ?? (error as? any ClientError)?.meshError else {
      return nil
    }
    switch fault.code {
    case .invalidArgument, .failedPrecondition:
      return fault.violations.isEmpty
        ? [FieldViolation(field: "", description: fault.message)] : fault.violations
    default: return nil
    }
  }

  private mutating func create(from row: ImportRow<Plan.Record>, at place: Int) throws {
    var draft = row.draft
    try intake.complete(&draft, row: place, &remarks)
    let record = try transaction.create(draft, schema, by: intake.rules)
    guard let id = record.recordID else { return }
    try transaction.remember(row.key, from: job.mapping.sourceSystem, as: id)
    imported.insert(row.key)
    job.progress.created += 1
    if intake.isDuplicate(record) { job.progress.duplicates += 1 }
  }

  private mutating func refuse(
    _ row: ImportRow<Plan.Record>,
    _ violations: [FieldViolation]
  ) throws {
    job.progress.refused += 1
    for (part, violation) in violations.enumerated() {
      try transaction.insert(
        RefusedRow(
          line: row.line,
          heading: reader.heading(of: violation.field),
          field: violation.field,
          reason: violation.description
        ),
        part: part,
        of: job.id
      )
    }
  }
}
