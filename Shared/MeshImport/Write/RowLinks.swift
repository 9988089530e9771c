import MeshAccess
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
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
      let texts = [text] + (row.source.otherNames[name] ?? [])
      do {
        draft.set(field, to: .id(try names.id(of: texts, relation, name)))
        filled.insert(name)
      } catch let fault as ImportValueFault {
        if relation.isList, !plan.essential.contains(name) {
          for text in texts {
            let other = try names.fault(of: text, relation, name)
            remarks.add(name, text, other.remark, .leftOut, other.suggestion.question)
          }
        } else {
          remarks.refuse(name, text, fault.remark)
          check.refuse(name, fault.rule)
          causes[name] = fault
        }
      }
    }
    return filled
  }

  /// Notes the records of its own kind that a row names, to be linked when the whole file is read.
  ///
  /// - Parameters:
  ///   - row: of the batch.
  ///   - id: of its record; nil for a row that is refused, and in a dry run for one that makes or changes a record.
  ///   - fields: by which it is to be linked; nil for all.
  mutating func noteLinks(
    of row: ImportRow<Plan.Record>,
    made id: IDWords?,
    _ fields: Set<String>? = nil
  ) {
    for (name, text) in row.source.names {
      guard let relation = plan.relations[name], isOfItsKind(relation),
        fields?.contains(name) ?? true
      else { continue }
      links.append(ImportLink(line: row.line, field: name, text: text, record: id))
    }
  }

  /// The fields by which a record that is known is to be linked to others of its kind.
  ///
  /// - Parameters:
  ///   - row: about the record; it gets a remark for each other that the record does not get.
  ///   - before: the record as it is.
  ///   - access: the fields of the record that the person sees and may change.
  /// - Returns: the names of fields that do not have what the row names.
  /// - Throws: what the store throws.
  mutating func linkedFields(
    of row: inout ImportRow<Plan.Record>,
    to before: Plan.Record,
    _ access: ImportFields
  ) throws -> Set<String> {
    var fields: Set<String> = []
    for (name, text) in row.source.names.sorted(by: { $0.key < $1.key }) {
      guard let relation = plan.relations[name], isOfItsKind(relation), let field = schema[name]
      else { continue }
      let old = before.value(of: field)
      if access.visible.contains(field), case .id(let present) = old,
        try names.match(text, relation).ids == [IDWords(high: present.high, low: present.low)]
      {
        continue
      }
      if RecordChange<Plan.Record>.mayLink(old, field, choice, access) {
        fields.insert(name)
      } else {
        row.remarks.append(remark(on: (field, text, old.words), row, access))
      }
    }
    return fields
  }

  /// What the person wants of records that are known.
  private var choice: ImportChoices.Known { job.choices.knownRecords ?? .fillEmpty }

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
    noteNames(of: row, calledAs: record, isRefused: true)
  }

  /// Notes by what rows may name one that has no record.
  mutating func noteNames(
    of row: ImportRow<Plan.Record>,
    calledAs record: Plan.Record,
    isRefused: Bool = false
  ) {
    guard plan.relations.values.contains(where: isOfItsKind) else { return }
    let title = schema.title.first.flatMap { schema[$0] }
    let names = [
      (ImportLink.title, title.flatMap { record.value(of: $0).text } ?? ""),
      (ImportLink.externalID, knownForm(of: row.source.externalID)),
    ]
    for (kind, name) in names {
      let text = TextForm.cleaned(name)
      guard (1...ImportLimits.nameLength).contains(text.unicodeScalars.count) else { continue }
      links.append(
        ImportLink(line: row.line, field: kind, text: text, record: nil, isRefused: isRefused)
      )
    }
  }

  /// The form of an id by which rows without a record are known.
  private func knownForm(of id: String) -> String {
    RowKey.forms(of: id, from: job.mapping.sourceSystem).first ?? id
  }

  /// Makes the next links.
  ///
  /// - Returns: whether there are no more.
  mutating func makeLinks() throws -> Bool {
    // A row of this batch may have made what a text did not find before.
    names.forget()
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
      guard let record = link.record, !job.validateOnly else {
        try check(link, relation)
        // A trial notes the records of those rows alone that change nothing else.
        if link.record != nil { countAsUpdated() }
        return
      }
      let all: Scope<Plan.Record> = transaction.scope(forCalculation: "imports")
      guard let before = try transaction.record(record, in: all) else { return }
      var linked = before
      linked.set(field, to: .id(try names.id(of: link.text, relation, link.field)))
      try save(linked, before, link, field)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      remarks.unlink(link.field, link.text)
      let known = try transaction.faults(inLine: link.line, of: job.id)
      if known.count == 0 { job.progress.incomplete += 1 }
      for (part, violation) in violations.enumerated() {
        let named = FieldViolation(field: link.field, description: violation.description)
        let cause =
          error as? ImportValueFault
          ?? ImportValueFault(circle: violation, by: link.text, relation, link.field)
        let entry = fault(in: link.line, named, isTaken: !known.isRefused, cause)
        try transaction.insert(entry, part: known.count + part, of: job.id)
      }
    }
  }

  /// Writes a record with a link, unless it has got another by now that is to stay.
  private mutating func save(
    _ linked: Plan.Record,
    _ before: Plan.Record,
    _ link: ImportLink,
    _ field: RecordField
  ) throws {
    guard let id = before.recordID, !linked.changes(from: before).isEmpty else { return }
    let effect = try transaction.importEffect(on: id, of: job.id)
    let old = before.value(of: field)
    let isNew = effect?.kind == .created && old.isNone
    let access = try isNew ? ImportFields() : reach.access(to: before, filling: [field.name])
    guard isNew || RecordChange<Plan.Record>.mayLink(old, field, choice, access) else {
      let text = "was not stored: the \(schema.object) got another from a row before"
      return remarks.add(link.field, link.text, text, .kept)
    }
    let written = try transaction.attempt {
      try transaction.update(before, to: linked, by: intake.rules)
    }
    if effect == nil { countAsUpdated() }
    try noteUpdate(from: before, to: written)
  }

  /// Counts a row as updated of which nothing but a link is stored.
  private mutating func countAsUpdated() {
    guard job.progress.unchanged > 0 else { return }
    job.progress.unchanged -= 1
    job.progress.updated += 1
  }

  /// Looks for what a row without a record names, among the records and the rows without one.
  ///
  /// - Throws: INVALID_ARGUMENT with what its record could not be linked for.
  private mutating func check(_ link: ImportLink, _ relation: ImportRelation) throws {
    var check = FieldCheck()
    let match = try names.match(link.text, relation)
    let byID = ImportLink(
      line: link.line,
      field: link.field,
      text: knownForm(of: link.text),
      record: link.record
    )
    if !match.isByID,
      let row = try transaction.rows(namedBy: byID, as: ImportLink.externalID, in: job.id).first
    {
      try refuseCircle(of: link, below: row, &check)
      return try check.finish()
    }
    let rows =
      match.isByID
      ? [] : try transaction.rows(namedBy: link, as: ImportLink.title, in: job.id)
    let count = match.ids.count + rows.count
    guard count == 1 else {
      throw ImportValueFault(naming: link.text, relation, link.field, isKnown: count > 1)
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
