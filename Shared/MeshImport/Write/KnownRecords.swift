import MeshAccess
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

/// What a row is, beside the records that are there.
enum RowMatch<Record: StoredRecord> {
  /// It was imported before as it is, and became a record.
  case same(Record)
  /// It is about a record.
  case known(Record)
  /// It became a record that was deleted.
  case deleted(IDWords, key: RowKey)
  /// It is about nobody who is known; it is remembered under the key.
  case new(RowKey)
}

// Rows about records that are known.
extension ImportWriter {
  /// Looks for the records that the rows of a batch became before, among those that whoever imports may read.
  mutating func find(_ rows: [ImportRow<Plan.Record>]) throws {
    let keys = rows.flatMap { [$0.idKey, $0.valuesKey].compactMap(\.self) + $0.otherIDKeys }
    known = try transaction.imported(keys, from: job.mapping.sourceSystem)
    knowByOtherForms(rows)
    // A file of our own has the ids that records have here.
    for row in rows {
      guard let key = row.idKey, known[key] == nil,
        let id = IDWords(row.source.externalID, prefix: schema.idPrefix)
      else { continue }
      known[key] = id
    }
    let ids = Array(Set(known.values))
    if ids.isEmpty { return }
    // An export of ours has archived ones as they are.
    let own = Set(
      rows.filter(\.source.isOwn)
        .compactMap { IDWords($0.source.externalID, prefix: schema.idPrefix) }
    )
    var hidden: Set<IDWords> = []
    for record in try records(ids) {
      guard let id = record.recordID else { continue }
      if try !reach.mayRead(record) {
        hidden.insert(id)
      } else if record.isArchived, !own.contains(id) {
        trash[id] = record
      } else {
        present[id] = record
      }
    }
    for id in ids where present[id] == nil && trash[id] == nil && !hidden.contains(id) {
      guard let record = try deleted(id) else { continue }
      if try reach.mayRead(record) { trash[id] = record } else { hidden.insert(id) }
    }
    // What never was a record of ours says nothing.
    for row in rows {
      guard let key = row.idKey, let id = known[key], present[id] == nil, trash[id] == nil,
        id == IDWords(row.source.externalID, prefix: schema.idPrefix)
      else { continue }
      known[key] = nil
    }
    try forget(hidden)
    knowByOtherForms(rows)
  }

  /// Knows rows by the records that other forms of their ids became.
  private mutating func knowByOtherForms(_ rows: [ImportRow<Plan.Record>]) {
    for row in rows {
      guard let key = row.idKey else { continue }
      for other in row.otherIDKeys where known[key] == nil { known[key] = known[other] }
    }
  }

  private func records(_ ids: [IDWords]) throws -> [Plan.Record] {
    let all: Scope<Plan.Record> = transaction.scope(forCalculation: "imports")
    let isOne: SQL = "id IN (\(list: ids.map(\.bytes)))"
    return try transaction.records(where: isOne, in: all, limit: ids.count)
  }

  /// Makes records unknown that whoever imports may not read: rows about them are those of others whom only this
  /// person's imports have, and the imports of others go on knowing theirs.
  private mutating func forget(_ hidden: Set<IDWords>) throws {
    guard let member = reach.person.member else { return }
    let keys = known.filter { hidden.contains($0.value) }.map(\.key)
    if keys.isEmpty { return }
    for key in keys {
      known[key] = nil
      ownKeys[key] = key.own(to: member)
    }
    let own = try transaction.imported(Array(ownKeys.values), from: job.mapping.sourceSystem)
    if own.isEmpty { return }
    for record in try records(Array(Set(own.values))) {
      if let id = record.recordID, try reach.mayRead(record) { present[id] = record }
    }
    for (key, other) in ownKeys {
      if let id = own[other], present[id] != nil { known[key] = id }
    }
  }

  /// What a row is; one with a known id of another person gets a remark.
  func match(_ row: inout ImportRow<Plan.Record>) throws -> RowMatch<Plan.Record> {
    var key = row.idKey ?? row.valuesKey
    if let idKey = row.idKey, let id = known[idKey] {
      let record = present[id] ?? trash[id]
      let same = SameRecord(schema, visible: reach.fields.visible)
      if let record, !same.agrees(record, row.draft) {
        key = row.valuesKey
        if known[key] == nil { remarkOther(record, &row) }
      } else if let record, present[id] != nil {
        return job.choices.knownRecords == .create ? .new(idKey) : .known(record)
      } else {
        return .deleted(id, key: idKey)
      }
    }
    if let id = known[row.valuesKey] {
      guard let record = present[id] else { return .deleted(id, key: row.valuesKey) }
      return .same(record)
    }
    if let choice = job.choices.knownRecords, choice != .create,
      let record = try transaction.sameRecord(as: row.draft, in: reach.readable),
      try reach.mayEdit(record)
    {
      return .known(record)
    }
    return .new(key)
  }

  /// A record as it was in the trash; nil when it is gone for good.
  private func deleted(_ id: IDWords) throws -> Plan.Record? {
    try transaction.deletedRecord(schema.object, id, at: transaction.now)
      .map { try Plan.Record(wire: $0.bytes) }
  }

  private func remarkOther(_ record: Plan.Record, _ row: inout ImportRow<Plan.Record>) {
    let title = record.showing(reach.fields.visible).title(schema)
    let name = title.isEmpty ? "another \(schema.object)" : title.quoted
    row.remarks.append(
      RowRemark(
        line: row.line,
        heading: job.mapping.externalID ?? "",
        value: row.source.externalID,
        text: "is the same id as that of \(name), but all other values differ; "
          + "a new \(schema.object) was made"
      )
    )
  }

  // MARK: Updates

  /// Changes a record as a row says, as far as the person wants it.
  ///
  /// - Parameters:
  ///   - before: the record as it is.
  ///   - row: of the batch.
  ///   - place: of the row in the batch.
  ///   - isRestored: whether the row has taken it out of the trash, and is counted for that.
  /// - Throws: what the store throws.
  mutating func update(
    _ before: Plan.Record,
    by row: ImportRow<Plan.Record>,
    at place: Int,
    isRestored: Bool = false
  ) throws {
    var (draft, row) = (row.draft, row)
    let said = row.remarks.count
    guard try reach.mayEdit(before) else {
      let text = "is about a \(schema.object) that you may not change; it was left as it is"
      remarkKept("", "", text, &row)
      if !isRestored { job.progress.unchanged += 1 }
      return take(row.remarks, of: row)
    }
    var check = FieldCheck()
    var fields = row.filled.union(try relate(&draft, row, &check))
    do {
      try intake.complete(&draft, row: place, row.source, &remarks)
    } catch {
      guard let violations = Self.violations(of: error) else { throw error }
      check.take(violations)
    }
    for violation in check.violations {
      fields.remove(violation.field)
      remarkKept(violation.field, "", "was left as it is: it \(violation.description)", &row)
    }
    let naming = fields.union(row.source.names.keys)
    let access = try reach.access(to: before, filling: naming)
    let change = RecordChange(
      before,
      draft,
      fields,
      schema,
      job.choices.knownRecords ?? .fillEmpty,
      gathering: plan.gathering,
      access
    )
    for kept in change.kept { row.remarks.append(remark(on: kept, row, access)) }
    let links = try linkedFields(of: &row, to: before, access)
    var changed: Plan.Record?
    if !change.record.changes(from: before).isEmpty {
      changed = try save(change.record, before, &row)
    }
    guard let changed, let id = changed.recordID else {
      noteLinks(of: row, made: isRestored && job.validateOnly ? nil : before.recordID, links)
      if !isRestored { job.progress.unchanged += 1 }
      // A row that was imported before with the same values needs no remark.
      if isRestored || row.remarks.count > said { take(row.remarks, of: row) }
      return try remember(before, as: key(of: row))
    }
    if !isRestored { job.progress.updated += 1 }
    present[id] = changed
    try remember(changed, as: key(of: row))
    try noteUpdate(from: before, to: changed)
    take(row.remarks, of: row)
    noteLinks(of: row, made: job.validateOnly ? nil : id, links)
  }

  private func key(of row: ImportRow<Plan.Record>) -> RowKey { row.idKey ?? row.valuesKey }

  /// Writes a changed record; values that its rules do not take stay as they were.
  ///
  /// - Returns: nil when the record was left as it is, with a remark.
  private mutating func save(
    _ changed: Plan.Record,
    _ before: Plan.Record,
    _ row: inout ImportRow<Plan.Record>
  ) throws -> Plan.Record? {
    var record = changed
    for _ in 0..<2 {
      do {
        let wanted = record
        return try transaction.attempt {
          try transaction.update(before, to: wanted, schema, by: intake.rules)
        }
      } catch {
        guard let violations = Self.violations(of: error) else { throw error }
        guard let fields = spareFields(of: violations, in: row) else {
          let reason = violations.map(\.description).joined(separator: "; ")
          remarkKept("", "", "the \(schema.object) was left as it is: \(reason)", &row)
          return nil
        }
        for (field, violation) in fields {
          leaveOut(field, violation, record, &row)
          record.set(field, to: before.value(of: field))
        }
      }
    }
    return nil
  }

  /// The fields that violations are about, if a record can be without what the row says of them.
  func spareFields(
    of violations: [FieldViolation],
    in row: ImportRow<Plan.Record>
  ) -> [(RecordField, FieldViolation)]? {
    var fields: [(RecordField, FieldViolation)] = []
    for violation in violations {
      guard let field = schema[violation.field], !field.traits.contains(.required),
        row.filled.contains(field.name) || row.source.names[field.name] != nil,
        !plan.essential.contains(field.name)
      else { return nil }
      fields.append((field, violation))
    }
    return fields
  }

  /// The field whose value asks for others that the row does not have; nil if the row does not fill it.
  func demandingField(
    of violations: [FieldViolation],
    in row: ImportRow<Plan.Record>
  ) -> [(RecordField, FieldViolation)]? {
    guard let field = plan.demanding.flatMap({ schema[$0] }), row.filled.contains(field.name) else {
      return nil
    }
    let faults = violations.map { violation in
      let label = schema[violation.field]?.label ?? violation.field
      return "\(label) \(violation.description)"
    }
    let text = "asks for more: \(faults.joined(separator: "; "))"
    return [(field, FieldViolation(field: field.name, description: text))]
  }

  func leaveOut(
    _ field: RecordField,
    _ violation: FieldViolation,
    _ record: Plan.Record,
    _ row: inout ImportRow<Plan.Record>
  ) {
    // As the file says it: the record may have a list's key by now.
    let read = row.draft.value(of: field)
    let value = row.source.names[field.name] ?? (read.isNone ? record.value(of: field) : read).words
    remarkKept(field.name, value, "was left out: it \(violation.description)", &row)
  }

  func remarkKept(
    _ field: String,
    _ value: String,
    _ text: String,
    _ row: inout ImportRow<Plan.Record>
  ) {
    row.remarks.append(
      RowRemark(
        line: row.line,
        heading: reader.heading(of: field),
        value: value,
        text: text
      )
    )
  }

  func remark(
    on kept: (field: RecordField, new: String, old: String),
    _ row: ImportRow<Plan.Record>,
    _ access: ImportFields
  ) -> RowRemark {
    let name = row.source.names[kept.field.name]
    let text =
      if !access.mayFill(kept.field) {
        "was not stored: you may not change it"
      } else if name != nil {
        "is not the one that the \(schema.object) has, which was not overwritten"
      } else {
        "differs from \(kept.old.cut(maxBytes: 100).quoted), which was not overwritten"
      }
    return RowRemark(
      line: row.line,
      heading: reader.heading(of: kept.field.name),
      value: name ?? kept.new,
      text: text
    )
  }

  // MARK: The trash

  /// Takes the record of a row out of the trash, and changes it as the row says.
  ///
  /// - Parameters:
  ///   - id: of the record.
  ///   - row: of the batch.
  ///   - place: of the row in the batch.
  ///   - key: under which the row is remembered.
  /// - Returns: false when it is no longer there, or its rules do not take it back.
  /// - Throws: what the store throws.
  mutating func restore(
    _ id: IDWords,
    _ row: ImportRow<Plan.Record>,
    at place: Int,
    as key: RowKey
  ) throws -> Bool {
    let restored: Plan.Record?
    do {
      guard let kept = trash[id], try reach.mayRemove(kept) else { return false }
      restored = try transaction.attempt { try takeBack(kept) }
    } catch {
      guard Self.violations(of: error) != nil else { throw error }
      return false
    }
    guard let restored else { return false }
    try remember(restored, as: key)
    job.progress.restored += 1
    try note(.restored, restored)
    try update(restored, by: row, at: place, isRestored: true)
    return true
  }

  /// Takes a record out of the trash, or out of the archive.
  private func takeBack(_ record: Plan.Record) throws -> Plan.Record? {
    guard record.isArchived, let field = schema["archived"] else {
      return try record.recordID.flatMap {
        try transaction.undelete($0, schema, by: intake.rules)
      }
    }
    var changed = record
    changed.set(field, to: .bool(false))
    return try transaction.update(
      record,
      to: changed,
      action: "unarchive",
      schema,
      by: intake.rules
    )
  }
}
