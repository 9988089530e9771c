import MeshAccess
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import TypeAPI

// References of rows.
extension ImportWriter {
  private func isOfItsKind(_ relation: ImportRelation) -> Bool {
    relation.idPrefix == schema.idPrefix
  }

  /// Fills the fields that refer to records of other kinds.
  ///
  /// - Parameters:
  ///   - draft: of the row.
  ///   - row: of the batch.
  ///   - check: collects each name that finds no record; of lists, such as of members, such a name is left out.
  /// - Returns: the names of the fields that it filled.
  /// - Throws: what the store throws.
  mutating func relate(
    _ draft: inout Plan.Record,
    _ row: ImportRow<Plan.Record>,
    _ check: inout FieldCheck
  ) throws -> Set<String> {
    var filled: Set<String> = []
    for (name, text) in row.source.names.sorted(by: { $0.key < $1.key }) {
      guard check.isFine(name), let relation = plan.relations[name], let field = schema[name],
        !isOfItsKind(relation)
      else { continue }
      do {
        let others = row.source.otherNames[name] ?? []
        draft.set(field, to: .id(try names.id(of: [text] + others, relation, name)))
        filled.insert(name)
      } catch let error as MeshError where error.code == .invalidArgument {
        if relation.isList, !plan.essential.contains(name) {
          let question = try names.question(for: text, relation)
          remarks.add(name, text, "names no \(relation.object), and was left out" + question)
        } else {
          remarks.refuse(name, text, "names no \(relation.object)")
          check.take(error.violations)
        }
      }
    }
    return filled
  }

  /// Notes the records of its own kind that a row names, to be linked when the whole file is read.
  ///
  /// - Parameters:
  ///   - row: of the batch.
  ///   - id: of its record; nil in a dry run, and for a row that is refused.
  mutating func noteLinks(of row: ImportRow<Plan.Record>, made id: IDWords?) {
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
  mutating func noteLinks(of row: ImportRow<Plan.Record>, besides fields: Set<String>) {
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
  mutating func noteNames(of row: ImportRow<Plan.Record>, calledAs record: Plan.Record) {
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
  mutating func makeLinks() throws -> Bool {
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
      let written = try transaction.attempt {
        try transaction.update(before, to: linked, by: intake.rules)
      }
      try noteVersion(of: written)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      remarks.unlink(link.field, link.text)
      let known = try transaction.faults(inLine: link.line, of: job.id)
      if known.count == 0 { job.progress.incomplete += 1 }
      for (part, violation) in violations.enumerated() {
        let named = FieldViolation(field: link.field, description: violation.description)
        let entry = problem(in: link.line, named, isCreated: !known.isRefused)
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
