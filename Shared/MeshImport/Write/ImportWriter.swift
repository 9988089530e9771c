import MeshAccess
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

/// Makes and changes the records of a batch's rows within one transaction.
///
/// Records, links, the report and the progress change together or not at all, so an import
/// continues after a crash from its last durable state.
struct ImportWriter<Plan: ImportPlan> {
  let transaction: WriteTransaction
  let plan: Plan
  let schema: RecordSchema
  let reader: RowReader<Plan.Record>
  /// The records that whoever imports reaches.
  let reach: ImportReach<Plan.Record>
  /// The fields that whoever imports may not set.
  private let forbidden: [RecordField]
  private let before: ImportJob
  var job: ImportJob
  var intake: any ImportIntake<Plan.Record>
  var remarks: ImportRemarks
  var names: ImportNames
  /// Which records the rows of the batch became in earlier imports, or earlier in this one.
  var known: [RowKey: IDWords] = [:]
  /// The records of `known` that are not deleted.
  var present: [IDWords: Plan.Record] = [:]
  /// Those that are in the trash, as they were, or archived, which is to their kind what being deleted is to others.
  var trash: [IDWords: Plan.Record] = [:]
  /// The keys under which rows are remembered whose records of others are unknown to whoever imports.
  var ownKeys: [RowKey: RowKey] = [:]
  var links: [ImportLink] = []
  /// What is wrong with values of the row that is being written, by field, where a code says it.
  var causes: [String: ImportValueFault] = [:]
  private(set) var faults: [(fault: ImportRowFault, part: Int)] = []
  private(set) var rowRemarks: [(remark: RowRemark, part: Int)] = []
  /// The record of the row that was written last; nil when it was refused.
  var written: Plan.Record?
  private var kept: [(line: Int, isRefused: Bool, content: [UInt8])] = []
  /// Rows of the batch for which there was no room in the report.
  private var unkept = 0

  /// Creates a writer for the import, as read in the transaction.
  init(
    _ transaction: WriteTransaction,
    _ plan: Plan,
    _ job: ImportJob,
    _ intake: any ImportIntake<Plan.Record>,
    _ reader: RowReader<Plan.Record>,
    _ reach: ImportReach<Plan.Record>
  ) throws {
    self.transaction = transaction
    self.plan = plan
    schema = plan.schema(of: transaction.tenant)
    before = job
    self.job = job
    self.intake = intake
    self.reader = reader
    self.reach = reach
    let fields = reach.fields
    forbidden = schema.fields.filter { $0.isInput && !fields.mayFill($0) }
    let system = job.mapping.sourceSystem
    names = ImportNames(
      transaction,
      from: system,
      as: reach.person,
      suggests: job.validateOnly
    )
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
    try find(batch.rows)
    if job.validateOnly {
      try transaction.attempt(rehearsing: true) { () throws -> Void in
        try makeRecords(of: batch)
      }
    } else {
      try makeRecords(of: batch)
    }
    for link in links { try transaction.add(link, to: job.id) }
    job.progress.passedOver += batch.passedOver
    job.progress.position = batch.end
    try report()
    // The next step reads nothing more, and goes on with the links.
    if batch.isLast, try makeLinks() { job.state = .succeeded }
    if !batch.isLast, job.progress.refused >= ImportLimits.refusedRows {
      job.fail("\(job.progress.refused) rows were refused, so that the others were not read")
    }
    for (remark, rows) in remarks.counts { try transaction.add(remark, rows: rows, to: job.id) }
    return try transaction.save(job, before: before, plan)
  }

  private mutating func makeRecords(of batch: ImportBatch<Plan.Record>) throws {
    for (place, row) in batch.rows.enumerated() { try write(row, at: place) }
    try intake.finish()
  }

  /// Saves what the report says of the batch's rows.
  private func report() throws {
    for (fault, part) in faults { try transaction.insert(fault, part: part, of: job.id) }
    for row in kept {
      try transaction.keep(row.content, line: row.line, refused: row.isRefused, of: job.id)
    }
    if unkept > 0 {
      let text =
        "More than \(ImportLimits.keptRows) rows were refused or have remarks; these are the further ones, which "
        + "cannot be had as a file"
      let remark = ImportRemark(field: "", value: "", text: text)
      try transaction.add(remark, rows: unkept, to: job.id)
    }
    if rowRemarks.isEmpty { return }
    let room = try ImportLimits.rowRemarks - transaction.rowRemarkCount(of: job.id)
    for (remark, part) in rowRemarks.prefix(max(room, 0)) {
      try transaction.insert(remark, part: part, of: job.id)
    }
  }

  // MARK: Rows

  /// Makes of a row what becomes of it, and counts it.
  mutating func write(_ row: ImportRow<Plan.Record>, at place: Int) throws {
    job.progress.rows += 1
    written = nil
    causes.removeAll()
    remarks.beginRow()
    // In a row with too many values, any may stand under the wrong heading.
    if !row.violations.isEmpty { return refuse(row, row.violations) }
    var row = row
    switch try match(&row) {
    case .same(let record):
      written = record
      job.progress.unchanged += 1
    case .known(let record): try update(record, by: row, at: place)
    case .deleted(let id, let key):
      if job.choices.deletedRecords == .restore, try restore(id, row, at: place, as: key) {
        return
      }
      try make(row, at: place, as: key)
    case .new(let key): try make(row, at: place, as: key)
    }
  }

  /// Makes the record of a row, or refuses the row.
  private mutating func make(
    _ row: ImportRow<Plan.Record>,
    at place: Int,
    as key: RowKey
  ) throws {
    guard reach.mayCreate else {
      let rule = "is about a \(schema.object) that is not known, and you may not create any"
      return refuse(row, [FieldViolation(field: "", description: rule)])
    }
    for (field, text, other) in row.source.replaced {
      remarks.replace(field, text, with: other)
    }
    var check = FieldCheck()
    do {
      try create(from: row, at: place, as: key, &check)
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
  static func violations(of error: any Error) -> [FieldViolation]? {
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
  ///   - key: under which the row is remembered.
  ///   - check: collects the errors of its references.
  /// - Throws: INVALID_ARGUMENT with the errors of `check` and of the record's rules.
  private mutating func create(
    from row: ImportRow<Plan.Record>,
    at place: Int,
    as key: RowKey,
    _ check: inout FieldCheck
  ) throws {
    var (draft, row) = (row.draft, row)
    addNotes(of: row, to: &draft)
    _ = try relate(&draft, row, &check)
    setOwner(of: &draft)
    let links = leaveOutForbidden(&draft, &row)
    remarks.isRowRefused = !check.violations.isEmpty || intake.isSurelyRefused(draft)
    defer { remarks.isRowRefused = false }
    do {
      try intake.complete(&draft, row: place, row.source, &remarks)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      if let fault = error as? ImportValueFault { causes[fault.field] = fault }
      check.take(violations)
    }
    let record = try create(draft, &row, check)
    guard let id = record.recordID else { return }
    try remember(record, as: key)
    job.progress.created += 1
    if intake.isDuplicate(record), try isOriginalKnown(of: record) { job.progress.duplicates += 1 }
    try note(.created, record)
    take(row.remarks, of: row)
    let made = job.validateOnly ? nil : id
    noteLinks(of: row, made: made, links)
    if made == nil { noteNames(of: row, calledAs: record) }
  }

  /// Leaves out of a new record what whoever imports may not set.
  ///
  /// - Returns: the fields by which it is to be linked to others of its kind; nil for all.
  private func leaveOutForbidden(
    _ draft: inout Plan.Record,
    _ row: inout ImportRow<Plan.Record>
  ) -> Set<String>? {
    if forbidden.isEmpty { return nil }
    let names = Set(row.source.names.keys)
    for field in forbidden {
      let value = draft.value(of: field)
      draft.set(field, to: .none)
      guard row.filled.contains(field.name) || names.contains(field.name) else { continue }
      let text = row.source.names[field.name] ?? value.words
      remarkKept(field.name, text, "was left out: you may not set it", &row)
    }
    return names.subtracting(forbidden.map(\.name))
  }

  /// Whether whoever imports may read what a record duplicates: otherwise they are told of none.
  private func isOriginalKnown(of record: Plan.Record) throws -> Bool {
    guard !reach.readable.isWhole, let original = record.original else { return true }
    return try transaction.record(original, in: reach.readable) != nil
  }

  /// Creates a record; values that its rules do not take are left out if it can be without them.
  private mutating func create(
    _ draft: Plan.Record,
    _ row: inout ImportRow<Plan.Record>,
    _ check: FieldCheck
  ) throws -> Plan.Record {
    var (rest, told) = (draft, row)
    let origin = setOrigin(of: &rest)
    var first: (any Error)?
    while true {
      do {
        let made = try transaction.create(
          rest,
          schema,
          keeping: origin,
          beside: check,
          by: intake.rules
        )
        row = told
        return made
      } catch {
        guard check.violations.isEmpty, let violations = Self.violations(of: error) else {
          throw error
        }
        let found =
          dispensableFields(of: violations, in: row)
          ?? fieldAskingForOthers(of: violations, in: row)
        // Each try is without another value.
        let fields = (found ?? []).filter { !rest.value(of: $0.0).isNone }
        if fields.isEmpty { throw first ?? error }
        first = first ?? error
        for (field, violation) in fields {
          leaveOut(field, violation, rest, &told)
          rest.set(field, to: .none)
        }
      }
    }
  }

  /// Adds what a row of ours says of a record that is not here, as far as there is room.
  private func addNotes(of row: ImportRow<Plan.Record>, to draft: inout Plan.Record) {
    guard !row.source.notes.isEmpty, let field = plan.descriptionField.flatMap({ schema[$0] })
    else {
      return
    }
    let own = draft.value(of: field).text ?? ""
    let text = ((own.isEmpty ? [] : [own]) + row.source.notes).joined(separator: "\n")
    let most = field.rule.maxLength
    if most == 0 || text.unicodeScalars.count <= most { draft.set(field, to: .text(text)) }
  }

  /// Has a record name the import that makes it, if its kind has a field for that.
  ///
  /// - Returns: the field.
  private func setOrigin(of draft: inout Plan.Record) -> FieldBits {
    guard let field = schema["import_id"] else { return [] }
    draft.set(field, to: .text(job.id.description))
    return [field.index]
  }

  /// The owner that was chosen, for a record whose row names none.
  private func setOwner(of draft: inout Plan.Record) {
    guard let owner = schema[schema.holders.owner], draft.value(of: owner).isNone,
      let chosen = TypeID(job.choices.ownerId)
    else { return }
    draft.set(owner, to: .id(chosen))
  }

  private mutating func refuse(_ row: ImportRow<Plan.Record>, _ violations: [FieldViolation]) {
    job.progress.refused += 1
    remarks.dropRow()
    var reasons: [String] = []
    // One at least: it says that the row is refused.
    let most = job.progress.keepsRow ? ImportLimits.faultsOfRow : 1
    for (part, violation) in violations.enumerated() {
      let fault = fault(in: row.line, violation, isTaken: false, causes[violation.field])
      if part < most { faults.append((fault, part)) }
      reasons.append(fault.words)
    }
    keep(row, refused: true, reasons)
    // Of a row with too many values, any may stand under the wrong heading.
    if row.violations.contains(where: { $0.field.isEmpty }) { return }
    noteLinks(of: row, besides: Set(violations.map(\.field)))
  }

  /// An entry of the report; it has the cause where that is what the violation says.
  func fault(
    in line: Int,
    _ violation: FieldViolation,
    isTaken: Bool,
    _ cause: ImportValueFault?
  ) -> ImportRowFault {
    ImportRowFault(
      line: line,
      heading: reader.heading(of: violation.field),
      field: violation.field,
      reason: violation.description,
      isTaken: isTaken,
      cause: cause?.rule == violation.description ? cause : nil
    )
  }

  // MARK: Reports

  /// Takes remarks on a row that was taken.
  mutating func take(_ found: [RowRemark], of row: ImportRow<Plan.Record>) {
    if found.isEmpty { return }
    job.progress.remarked += 1
    for (part, remark) in found.enumerated() { rowRemarks.append((remark, part)) }
    let reasons = found.map { remark in
      let value = remark.value.isEmpty ? "" : "\(remark.value.quoted) "
      return (remark.heading.isEmpty ? "" : "\(remark.heading): ") + value + remark.text
    }
    keep(row, refused: false, reasons)
  }

  private mutating func keep(
    _ row: ImportRow<Plan.Record>,
    refused isRefused: Bool,
    _ reasons: [String]
  ) {
    guard job.progress.keepsRow else {
      unkept += 1
      return
    }
    var csv = CSVWriter()
    let reason = reasons.joined(separator: "; ").cut(maxBytes: ImportLimits.reasonBytes)
    csv.row(row.values + [reason])
    kept.append((row.line, isRefused, csv.take()))
  }

  /// Remembers which record a row is.
  mutating func remember(_ record: Plan.Record, as key: RowKey) throws {
    guard let id = record.recordID else { return }
    try transaction.remember(ownKeys[key] ?? key, from: job.mapping.sourceSystem, as: id)
    known[key] = id
    present[id] = record
    written = record
  }
}
