import LeadsAPI
import MeshCore
import MeshRecords
import MeshStore

/// Makes leads of a batch's rows within one transaction.
///
/// Leads, links, turns, the report and how far the import is change together or not at all, so that
/// an import goes on after a crash from where it durably was.
struct ImportWriter {
  private let transaction: WriteTransaction
  private let reader: RowReader
  private let before: ImportJob
  private var job: ImportJob
  private let rules: LeadRules
  private var remarks: [ImportRemark: Int] = [:]
  private var addedKeys = false
  /// What this import has remarked upon so far, by field and value, so that every row counts.
  private var known: [String: ImportRemark] = [:]

  /// A writer of the import as it stands in the transaction, under rules that were read there.
  init(
    _ transaction: WriteTransaction,
    job: ImportJob,
    rules: LeadRules,
    reader: RowReader
  ) throws {
    self.transaction = transaction
    before = job
    self.job = job
    self.rules = rules
    self.reader = reader
    for (remark, _) in try transaction.importRemarks(of: job.id) {
      known[Self.place(remark.field, remark.value)] = remark
    }
  }

  /// Values are the same in any case, as they are where keys are matched.
  private static func place(_ field: String, _ value: String) -> String {
    "\(field)=\(value.lowercased())"
  }

  /// Works through a batch.
  ///
  /// - Returns: the import as it is then.
  mutating func write(_ batch: ImportBatch) throws -> ImportJob {
    for row in batch.rows { try write(row) }
    try rules.saveTurns()
    if addedKeys { try transaction.noteRulesChange() }
    for (remark, rows) in remarks { try transaction.add(remark, rows: rows, to: job.id) }
    job.progress.bytes = batch.endOffset
    job.progress.line = batch.endLine
    if batch.isLast { job.state = .succeeded }
    return try transaction.save(job, before: before)
  }

  private mutating func write(_ draft: RowReader.Draft) throws {
    job.progress.rows += 1
    if try transaction.hasImported(draft.key, from: job.mapping.sourceSystem) {
      job.progress.unchanged += 1
      return
    }
    do {
      try create(from: draft)
    } catch let error as MeshError where error.code == .invalidArgument {
      try refuse(draft, error.violations)
    }
  }

  private mutating func create(from draft: RowReader.Draft) throws {
    if !draft.violations.isEmpty { throw MeshError.invalid(draft.violations) }
    var filled = draft.lead
    filled.status = try key("status", draft.status)
    filled.source = try key("source", draft.source)
    let lead = try transaction.create(filled, by: rules)
    guard let id = lead.id else { return }
    try transaction.remember(draft.key, from: job.mapping.sourceSystem, as: id)
    job.progress.created += 1
    if lead.duplicateOf != nil { job.progress.duplicates += 1 }
  }

  private mutating func refuse(
    _ draft: RowReader.Draft,
    _ violations: [FieldViolation]
  ) throws {
    job.progress.refused += 1
    let field = violations.first?.field ?? ""
    try transaction.insert(
      RefusedRow(
        line: draft.line,
        heading: reader.heading(of: field),
        field: field,
        reason: violations.map(\.description).joined(separator: "; ")
      ),
      of: job.id
    )
  }

  /// The key that a status or source of the file means in this tenant.
  ///
  /// One the tenant has not is added where the importer's creator may configure the tenant; else the
  /// lead gets the default. Both are remarked upon.
  private mutating func key(_ field: String, _ text: String) throws -> String {
    let name = TextForm.cleaned(text)
    if name.isEmpty { return "" }
    let isStatus = field == "status"
    let table = isStatus ? rules.intake.statuses : rules.intake.sources
    if let match = table.match(name) {
      if let remark = known[Self.place(field, name)] { remarks[remark, default: 0] += 1 }
      return match.key
    }
    guard job.mayConfigure, name.unicodeScalars.count <= 100, let key = TenantKey.make(of: name)
    else {
      remark(field, name, "is not known here; these leads have the default")
      return ""
    }
    if table.contains(key) { return key }
    let entry = PicklistEntry(key: key, name: name)
    try transaction.add(entry, toStatuses: isStatus)
    rules.add(entry, toStatuses: isStatus)
    addedKeys = true
    remark(field, name, "was added with the key \(key)")
    return key
  }

  private mutating func remark(_ field: String, _ value: String, _ text: String) {
    let remark = ImportRemark(field: field, value: String(value.prefix(200)), text: text)
    known[Self.place(remark.field, remark.value)] = remark
    remarks[remark, default: 0] += 1
  }
}
