import MeshAccess
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

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
  private var names: ImportNames
  /// The rows of the batch that are records already, from before or from further up in it.
  private var imported: Set<RowKey> = []
  private var faults: [(fault: RefusedRow, part: Int)] = []
  private var links: [ImportLink] = []

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
    let system = job.mapping.sourceSystem
    names = ImportNames(transaction, from: system, suggests: job.validateOnly)
    remarks = ImportRemarks(
      known: try transaction.importRemarks(of: job.id).map(\.remark),
      isDryRun: job.validateOnly,
      heading: reader.heading
    )
  }

  /// Writes a batch.
  ///
  /// - Returns: the import after it.
  mutating func write(_ batch: ImportBatch<Plan.Record>) throws -> ImportJob {
    imported = try transaction.imported(batch.rows.map(\.key), from: job.mapping.sourceSystem)
    if job.validateOnly {
      try transaction.attempt(rehearsing: true) { () throws -> Void in
        try makeRecords(of: batch)
      }
    } else {
      try makeRecords(of: batch)
    }
    for link in links { try transaction.add(link, to: job.id) }
    job.progress.blank += batch.blank
    job.progress.bytes = batch.endOffset
    job.progress.line = batch.endLine
    if batch.isLast {
      let open = plan.relations.isEmpty ? [] : try transaction.importLinks(of: job.id)
      for link in open { try make(link) }
      // The next step reads nothing more, and goes on with the links.
      if open.count < ImportLimits.links { job.state = .succeeded }
    }
    for (fault, part) in faults { try transaction.insert(fault, part: part, of: job.id) }
    for (remark, rows) in remarks.counts { try transaction.add(remark, rows: rows, to: job.id) }
    return try transaction.save(job, before: before, plan)
  }

  private mutating func makeRecords(of batch: ImportBatch<Plan.Record>) throws {
    for (place, row) in batch.rows.enumerated() { try write(row, at: place) }
    try intake.finish()
  }

  private mutating func write(_ row: ImportRow<Plan.Record>, at place: Int) throws {
    job.progress.rows += 1
    if imported.contains(row.key) {
      job.progress.unchanged += 1
      return
    }
    for (field, value) in row.source.replaced {
      let text = value.to.isEmpty ? "was left out" : "was read as \(value.to.quoted)"
      remarks.add(field, value.from, text)
    }
    var check = FieldCheck()
    check.take(row.violations)
    do {
      // Of a row with too many values, any may stand under the wrong heading.
      if !check.isFine("") { try check.finish() }
      try create(from: row, at: place, &check)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      // What else a rule says of a field at fault follows from the value that it lacks.
      refuse(row, check.violations + violations.filter { check.isFine($0.field) })
    }
  }

  /// The row's violations; nil for a failure that the row did not cause.
  ///
  /// ABORTED is the row's too: nobody else changes a record that is only being made, so that it would be
  /// ABORTED each time.
  private static func violations(of error: any Error) -> [FieldViolation]? {
    guard let fault = error as? MeshError ?? (error as? any ClientError)?.meshError else {
      return nil
    }
    switch fault.code {
    case .invalidArgument, .failedPrecondition, .aborted:
      return fault.violations.isEmpty
        ? [FieldViolation(field: "", description: fault.message)] : fault.violations
    default: return nil
    }
  }

  /// Creates the record of a row, if nothing is wrong with it.
  ///
  /// - Parameters:
  ///   - row: of the batch.
  ///   - place: of the row in the batch.
  ///   - check: has what is wrong with the row's cells, and takes what is wrong with its names.
  /// - Throws: INVALID_ARGUMENT with what `check` has and all that the record's rules find wrong.
  private mutating func create(
    from row: ImportRow<Plan.Record>,
    at place: Int,
    _ check: inout FieldCheck
  ) throws {
    var draft = row.draft
    try relate(&draft, row, &check)
    remarks.isRowRefused = !check.violations.isEmpty
    defer { remarks.isRowRefused = false }
    do {
      try intake.complete(&draft, row: place, row.source, &remarks)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      check.take(violations)
    }
    let record = try transaction.create(draft, schema, beside: check, by: intake.rules)
    guard let id = record.recordID else { return }
    try transaction.remember(row.key, from: job.mapping.sourceSystem, as: id)
    imported.insert(row.key)
    job.progress.created += 1
    if intake.isDuplicate(record) { job.progress.duplicates += 1 }
    noteLinks(of: row, record, id)
  }

  private mutating func refuse(_ row: ImportRow<Plan.Record>, _ violations: [FieldViolation]) {
    job.progress.refused += 1
    for (part, violation) in violations.enumerated() {
      faults.append((fault(violation.field, violation.description, line: row.line), part))
    }
  }

  private func fault(_ field: String, _ reason: String, line: Int) -> RefusedRow {
    RefusedRow(line: line, heading: reader.heading(of: field), field: field, reason: reason)
  }
}

// What rows name.
extension ImportWriter {
  private func isOfItsKind(_ relation: ImportRelation) -> Bool {
    relation.idPrefix == schema.idPrefix
  }

  /// Fills the fields that name records of other kinds; `check` takes every name that finds none.
  private mutating func relate(
    _ draft: inout Plan.Record,
    _ row: ImportRow<Plan.Record>,
    _ check: inout FieldCheck
  ) throws {
    for (name, text) in row.source.names.sorted(by: { $0.key < $1.key }) {
      guard check.isFine(name), let relation = plan.relations[name], let field = schema[name],
        !isOfItsKind(relation)
      else { continue }
      do {
        draft.set(field, to: .id(try names.id(of: text, relation, name)))
      } catch let error as MeshError where error.code == .invalidArgument {
        remarks.refuse(name, text, "names no \(relation.object)")
        check.take(error.violations)
      }
    }
  }

  /// Notes whom of its own kind a row names, for when the whole file is read.
  private mutating func noteLinks(
    of row: ImportRow<Plan.Record>,
    _ record: Plan.Record,
    _ id: IDWords
  ) {
    for (name, text) in row.source.names {
      guard let relation = plan.relations[name], isOfItsKind(relation) else { continue }
      links.append(
        ImportLink(line: row.line, field: name, text: text, record: job.validateOnly ? nil : id)
      )
    }
    guard job.validateOnly, plan.relations.values.contains(where: isOfItsKind) else { return }
    let title = schema.title.first.flatMap { schema[$0] }
    let texts = [title.flatMap { record.value(of: $0).text } ?? "", row.source.externalID]
    for text in texts.map({ TextForm.cleaned($0) })
    where (1...ImportLimits.nameLength).contains(text.unicodeScalars.count) {
      links.append(ImportLink(line: row.line, field: "", text: text, record: nil))
    }
  }

  /// Makes a link; when there is nothing to link to, the record stays without, and the report says so.
  private mutating func make(_ link: ImportLink) throws {
    try transaction.remove(link, of: job.id)
    guard let relation = plan.relations[link.field], let field = schema[link.field] else { return }
    do {
      guard let record = link.record else {
        let ids = try names.ids(of: link.text, relation)
        if try ids.isEmpty && !transaction.isInFile(link.text, of: job.id) {
          let rule = ImportNames.rule(link.text, relation, isKnown: false)
          throw MeshError.invalid(link.field, rule)
        }
        return
      }
      let all: Scope<Plan.Record> = transaction.scope(forCalculation: "imports")
      guard let before = try transaction.record(record, in: all) else { return }
      var linked = before
      linked.set(field, to: .id(try names.id(of: link.text, relation, link.field)))
      try transaction.attempt { () throws -> Void in
        _ = try transaction.update(before, to: linked, by: intake.rules)
      }
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      remarks.unlink(link.field, link.text)
      let earlier = faults.filter { $0.fault.line == link.line }.count
      for (part, violation) in violations.enumerated() {
        faults.append((fault(link.field, violation.description, line: link.line), earlier + part))
      }
    }
  }
}
