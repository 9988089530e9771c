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
  /// The rows of the batch that already are records, from earlier imports or earlier rows.
  private var imported: Set<RowKey> = []
  private var faults: [(fault: RowFault, part: Int)] = []
  private var links: [ImportLink] = []

  /// Creates a writer for the import, as read in the transaction.
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
  /// - Returns: the import afterwards.
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
    for (fault, part) in faults { try transaction.insert(fault, part: part, of: job.id) }
    // The next step reads nothing more, and goes on with the links.
    if batch.isLast, try makeLinks() { job.state = .succeeded }
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
      // In a row with too many values, any may stand under the wrong heading.
      if !check.isFine("") { try check.finish() }
      try create(from: row, at: place, &check)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      // Further errors of a field at fault only follow from its missing value.
      refuse(row, check.violations + violations.filter { check.isFine($0.field) })
    }
  }

  /// The row's violations; nil for a failure that the row did not cause.
  ///
  /// ABORTED counts as the row's fault: nobody else changes a record that is only being made, so it would be
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
  ///   - check: has the errors of the row's cells, and collects those of its references.
  /// - Throws: INVALID_ARGUMENT with the errors of `check` and of the record's rules.
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
    let made = job.validateOnly ? nil : id
    noteLinks(of: row, made: made)
    if made == nil { noteNames(of: row, calledAs: record) }
  }

  private mutating func refuse(_ row: ImportRow<Plan.Record>, _ violations: [FieldViolation]) {
    job.progress.refused += 1
    for (part, violation) in violations.enumerated() {
      faults.append((fault(of: row.line, violation, isCreated: false), part))
    }
    // Of a row with too many values, any may stand under the wrong heading.
    if row.violations.contains(where: { $0.field.isEmpty }) { return }
    noteLinks(of: row, besides: Set(violations.map(\.field)))
  }

  private func fault(of line: Int, _ violation: FieldViolation, isCreated: Bool) -> RowFault {
    let (field, reason) = (violation.field, violation.description)
    return RowFault(
      line: line,
      heading: reader.heading(of: field),
      field: field,
      reason: reason,
      isCreated: isCreated
    )
  }
}

// References of rows.
extension ImportWriter {
  private func isOfItsKind(_ relation: ImportRelation) -> Bool {
    relation.idPrefix == schema.idPrefix
  }

  /// Fills the fields that refer to records of other kinds; `check` collects each name that finds none.
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

  /// Notes the records of its own kind that a row names, to be linked when the whole file is read.
  ///
  /// - Parameters:
  ///   - row: of the batch.
  ///   - id: of its record; nil in a dry run, and for a row that is refused.
  private mutating func noteLinks(of row: ImportRow<Plan.Record>, made id: IDWords?) {
    for (name, text) in row.source.names {
      guard let relation = plan.relations[name], isOfItsKind(relation) else { continue }
      links.append(ImportLink(line: row.line, field: name, text: text, record: id))
    }
  }

  /// Notes the records that a refused row names: the report has all that is wrong with a row.
  ///
  /// - Parameters:
  ///   - row: of the batch.
  ///   - fields: those at fault already.
  private mutating func noteLinks(of row: ImportRow<Plan.Record>, besides fields: Set<String>) {
    let count = links.count
    noteLinks(of: row, made: nil)
    links.removeAll { $0.line == row.line && fields.contains($0.field) }
    guard links.count > count else { return }
    // It may name itself.
    var record = row.draft
    record.makeFields(schema)
    noteNames(of: row, calledAs: record)
  }

  /// Notes by what rows may name one that has no record.
  private mutating func noteNames(of row: ImportRow<Plan.Record>, calledAs record: Plan.Record) {
    guard plan.relations.values.contains(where: isOfItsKind) else { return }
    let title = schema.title.first.flatMap { schema[$0] }
    let names = [
      (ImportLink.title, title.flatMap { record.value(of: $0).text } ?? ""),
      (ImportLink.externalID, row.source.externalID),
    ]
    for (kind, name) in names {
      let text = TextForm.cleaned(name)
      guard (1...ImportLimits.nameLength).contains(text.unicodeScalars.count) else { continue }
      links.append(ImportLink(line: row.line, field: kind, text: text, record: nil))
    }
  }

  /// Makes the next links.
  ///
  /// - Returns: whether there are no more.
  private mutating func makeLinks() throws -> Bool {
    for (name, relation) in plan.relations.sorted(by: { $0.key < $1.key }) {
      guard isOfItsKind(relation), let field = schema[name] else { continue }
      let open = try transaction.importLinks(of: job.id, by: name)
      for link in open { try make(link, field, relation) }
      if open.count == ImportLimits.links { return false }
    }
    return true
  }

  /// Makes a link; when there is nothing to link to, the record stays without, and the report says so.
  private mutating func make(
    _ link: ImportLink,
    _ field: RecordField,
    _ relation: ImportRelation
  ) throws {
    try transaction.remove(link, of: job.id)
    do {
      guard let record = link.record else { return try check(link, relation) }
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
      let known = try transaction.faults(inLine: link.line, of: job.id)
      if known.count == 0 { job.progress.incomplete += 1 }
      for (part, violation) in violations.enumerated() {
        let named = FieldViolation(field: link.field, description: violation.description)
        let entry = fault(of: link.line, named, isCreated: !known.isRefused)
        try transaction.insert(entry, part: known.count + part, of: job.id)
      }
    }
  }

  /// Looks for what a row without a record names, among the records and the rows without one.
  ///
  /// - Throws: INVALID_ARGUMENT with what its record could not be linked for.
  private mutating func check(_ link: ImportLink, _ relation: ImportRelation) throws {
    var check = FieldCheck()
    let match = try names.match(link.text, relation)
    if !match.isByID,
      let row = try transaction.rows(namedBy: link, as: ImportLink.externalID, in: job.id).first
    {
      try refuseCircle(of: link, below: row, &check)
      return try check.finish()
    }
    let rows =
      match.isByID
      ? [] : try transaction.rows(namedBy: link, as: ImportLink.title, in: job.id)
    let count = match.ids.count + rows.count
    guard count == 1 else {
      let rule = ImportNames.rule(link.text, relation, isKnown: count > 1)
      throw MeshError.invalid(link.field, rule)
    }
    if let row = rows.first { try refuseCircle(of: link, below: row, &check) }
    if let id = match.ids.first {
      try transaction.checkNamed(Plan.Record.self, id, link.field, &check)
    }
    try check.finish()
  }

  /// Refuses a circle of rows, and too long a line of them, as the rules of their records would.
  private func refuseCircle(of link: ImportLink, below row: Int, _ check: inout FieldCheck) throws {
    let above = ImportLink.above(link.field)
    var next: Int? = row
    for _ in 0..<LineageRule.most {
      guard let line = next else { break }
      if line == link.line { return check.refuse(link.field, LineageRule.noCircle) }
      next = try transaction.row(above: line, by: link.field, in: job.id)
    }
    if next != nil { return check.refuse(link.field, LineageRule.notTooLong) }
    try transaction.add(
      ImportLink(line: link.line, field: above, text: "\(row)", record: nil),
      to: job.id
    )
  }
}
