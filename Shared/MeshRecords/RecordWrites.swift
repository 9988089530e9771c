import MeshAccess
package import MeshCore
package import MeshProto
package import MeshStore

// The one path of every change to a record: the row, its search document and lookups, its participants, the
// change log and the rules' effects, in one transaction.
extension WriteTransaction {
  /// Makes a record of a draft.
  ///
  /// - Parameters:
  ///   - draft: what people filled in; fields that the server sets are ignored.
  ///   - schema: of the record, with the tenant's own fields.
  ///   - id: one that was reserved for it; nil for a new one.
  ///   - own: fields that the server sets and that are as in the draft, such as what it came from.
  ///   - found: errors that are already known; with any, nothing is made.
  ///   - rules: of the record.
  /// - Returns: the record as it was written.
  /// - Throws: INVALID_ARGUMENT with all errors; what the rules throw.
  package func create<Record: StoredRecord>(
    _ draft: Record,
    _ schema: RecordSchema = Record.schema,
    id: IDWords? = nil,
    keeping own: FieldBits = [],
    beside found: FieldCheck = FieldCheck(),
    by rules: any RecordRules<Record>
  ) throws -> Record {
    var record = Record()
    record.take(schema.inputs.union(own), from: draft)
    var check = found
    try record.conform(to: schema, &check)
    record.begin(id ?? ids.nextWords(), by: author, at: now)
    try rules.prepare(&record, before: nil, &check)
    try check.finish()
    record.makeFields(schema)
    try insert(record, schema, rules, isNew: true)
    try note("create", from: nil, to: record)
    try rules.wrote(before: nil, after: record)
    return record
  }

  /// Writes a changed record with its next version; the rules check it as they would a new one.
  ///
  /// - Parameters:
  ///   - before: as it is.
  ///   - changed: as it is about to be.
  ///   - action: what the change log calls it.
  ///   - schema: of the record, with the tenant's own fields.
  ///   - rules: of the record.
  /// - Returns: the record as it was written: as before when nothing changed.
  /// - Throws: INVALID_ARGUMENT with all errors; what the rules throw.
  package func update<Record: StoredRecord>(
    _ before: Record,
    to changed: Record,
    action: String = "update",
    _ schema: RecordSchema = Record.schema,
    by rules: any RecordRules<Record>
  ) throws -> Record {
    var record = changed
    var check = FieldCheck()
    try record.conform(to: schema, &check)
    for field in schema.fields where field.traits.contains(.immutable) {
      if check.isFine(field.name), record.value(of: field) != before.value(of: field) {
        check.refuse(field.name, "cannot be changed once it is set")
      }
    }
    try rules.prepare(&record, before: before, &check)
    try check.finish()
    return try save(record, before: before, action: action, schema, by: rules)
  }

  /// Writes a changed record with its next version, and checks nothing: `update` has checked what people
  /// wrote, and what the service itself sets needs no check.
  ///
  /// The rules only derive columns and act on what was written (`derive`, `wrote`). A change of background
  /// fields alone is no edit: see `writeBackground`.
  ///
  /// - Returns: the record as it was written.
  package func save<Record: StoredRecord>(
    _ changed: Record,
    before: Record,
    action: String = "update",
    _ schema: RecordSchema = Record.schema,
    by rules: any RecordRules<Record>
  ) throws -> Record {
    guard let id = before.recordID else { throw StoreError.decoding(column: 0, expected: "an id") }
    var record = changed
    record.makeFields(schema)
    var fields = record.changes(from: before)
    if fields.isEmpty { return before }
    if fields.isSubset(of: schema.background) {
      try writeBackground(fields, of: record, id, before: before, action: action, schema)
      try rules.wrote(before: before, after: record)
      return record
    }
    record.etag = (before.etag ?? Etag(version: 1)).next
    record.updateTime = now
    record.updatedBy = author.actor
    fields = record.changes(from: before)
    var columns = RecordColumns()
    record.bind(fields, to: &columns)
    record.bindKeys(fields, schema, &columns)
    rules.derive(record, &columns)
    try updateRecord(id, columns, in: schema.table)
    if fields.intersection(schema.searched).isEmpty == false { try index(record, schema) }
    try noteParticipants(of: record, schema, changed: fields)
    try noteLookups(of: record, schema, changed: fields)
    try keepTotals(from: before, to: record, changed: fields)
    try note(action, from: before, to: record)
    try rules.wrote(before: before, after: record)
    return record
  }

  /// Writes background fields that the service computed from a record that it read in an earlier
  /// transaction: a computation never overwrites what was written meanwhile.
  ///
  /// - Parameters:
  ///   - computed: the record with its new background fields; others are left alone.
  ///   - read: the record that they were computed from.
  ///   - schema: of the record, with the tenant's own fields.
  ///   - author: who the change log says changed them; nil for the service, on behalf of the transaction's author.
  /// - Returns: false when the record has changed since it was read, or is gone: then nothing is written, and the
  ///   service computes again.
  /// - Throws: what the store throws.
  package func write<Record: StoredRecord>(
    computed: Record,
    of read: Record,
    _ schema: RecordSchema = Record.schema,
    as author: Author? = nil
  ) throws -> Bool {
    let all: Scope<Record> = scope(forCalculation: "background")
    guard let id = read.recordID, let present = try record(id, in: all),
      present.changes(from: read).isEmpty
    else { return false }
    let fields = computed.changes(from: read).intersection(schema.background)
    if !fields.isEmpty {
      try writeBackground(fields, of: computed, id, before: read, schema, as: author)
    }
    return true
  }

  /// Writes background fields and nothing else.
  ///
  /// etag, update_time and updated_by stay, so that a form that was opened before can still be saved. The change
  /// log has only these fields, changed by the service.
  private func writeBackground<Record: StoredRecord>(
    _ fields: FieldBits,
    of record: Record,
    _ id: IDWords,
    before: Record,
    action: String = "update",
    _ schema: RecordSchema,
    as author: Author? = nil
  ) throws {
    var columns = RecordColumns()
    record.bind(fields, to: &columns)
    record.bindKeys(fields, schema, &columns)
    try updateRecord(id, columns, in: schema.table)
    if !fields.intersection(schema.searched).isEmpty { try index(record, schema) }
    try noteLookups(of: record, schema, changed: fields)
    var after = before
    after.take(fields, from: record)
    try keepTotals(from: before, to: after, changed: fields)
    let change = Change(
      action: action,
      object: schema.object,
      id: record.idText,
      before: before.part(fields).wireBytes(),
      after: record.part(fields).wireBytes(),
      isPartial: true
    )
    try self.record(change, by: author ?? systemAuthor)
  }

  /// Writes private columns of a record and nothing else: without a new version and without an entry in the
  /// change log.
  package func writePrivate<Record: StoredRecord>(
    _ columns: RecordColumns,
    of record: Record
  ) throws {
    guard let id = record.recordID else { return }
    try updateRecord(id, columns, in: Record.schema.table)
  }

  /// Deletes a record; it can be restored for 30 days.
  package func delete<Record: StoredRecord>(
    _ record: Record,
    by rules: any RecordRules<Record>
  ) throws {
    guard let id = record.recordID else { return }
    let schema = Record.schema
    try deleteRecord(id, from: schema.table)
    try SearchIndex(object: schema.object).remove(id, in: self)
    try noteLookups(of: nil, id, schema.lookups)
    try keepTotals(from: record, to: nil)
    try keepDeleted(schema.object, id, record.wireBytes())
    try note("delete", from: record, to: nil)
    try rules.wrote(before: record, after: nil)
  }

  /// Restores a deleted record under its id, with its next version.
  ///
  /// It is checked as a change of what it was: it keeps a status that was retired since, and an owner who has left.
  package func undelete<Record: StoredRecord>(
    _ id: IDWords,
    _ schema: RecordSchema = Record.schema,
    by rules: any RecordRules<Record>
  ) throws -> Record? {
    guard let kept = try deletedRecord(schema.object, id, at: now) else { return nil }
    let before = try Record(wire: kept.bytes)
    var record = before
    var check = FieldCheck()
    try record.conform(to: schema, &check)
    record.etag = (record.etag ?? Etag(version: 1)).next
    record.updateTime = now
    record.updatedBy = author.actor
    try rules.restore(&record)
    try rules.prepare(&record, before: before, &check)
    try check.finish()
    record.makeFields(schema)
    try insert(record, schema, rules, isNew: false)
    try forgetDeleted(schema.object, id)
    try note("undelete", from: nil, to: record)
    try rules.wrote(before: nil, after: record)
    return record
  }

  // MARK: Steps

  private func insert<Record: StoredRecord>(
    _ record: Record,
    _ schema: RecordSchema,
    _ rules: any RecordRules<Record>,
    isNew: Bool
  ) throws {
    try require(room: Limit(schema))
    var columns = record.allColumns(schema)
    rules.derive(record, &columns)
    try insertRecord(columns, into: schema.table)
    try index(record, schema, isNew: isNew)
    let all = FieldBits.first(schema.generated.count)
    try noteParticipants(of: record, schema, changed: all, isNew: isNew)
    try noteLookups(of: record, schema, changed: all)
    try keepTotals(from: nil, to: record)
  }

  func index<Record: StoredRecord>(
    _ record: Record,
    _ schema: RecordSchema,
    isNew: Bool = false
  ) throws {
    guard let id = record.recordID, !schema.searched.isEmpty else { return }
    var text = SearchText()
    for field in schema.searchable {
      guard case .text(let words) = record.value(of: field) else { continue }
      if field.rule.format == .phone { text.addPhone(words) } else { text.add(words) }
      // What conditions on an address read.
      if field.foldedColumn != nil { text.add(EmailAddress.folded(words)) }
    }
    let index = SearchIndex(object: schema.object)
    try isNew ? index.add(id, text, in: self) : index.put(id, text, in: self)
  }

  private func noteParticipants<Record: StoredRecord>(
    of record: Record,
    _ schema: RecordSchema,
    changed: FieldBits,
    isNew: Bool = false
  ) throws {
    guard let id = record.recordID, let field = schema[schema.holders.participants],
      changed.contains(field.index)
    else { return }
    var participants: [IDWords] = []
    if case .list(let values) = record.value(of: field) {
      participants = values.compactMap(\.id).map { IDWords(high: $0.high, low: $0.low) }
    }
    try isNew
      ? addParticipants(schema.object, id, participants)
      : setParticipants(schema.object, id, participants)
  }

  private func note<Record: StoredRecord>(
    _ action: String,
    from before: Record?,
    to after: Record?
  ) throws {
    guard let record = after ?? before else { return }
    try self.record(
      Change(
        action: action,
        object: Record.schema.object,
        id: record.idText,
        before: before?.wireBytes(),
        after: after?.wireBytes()
      )
    )
  }
}

extension RecordSchema {
  /// The columns that a record's table has for its generated fields, and the tenant's.
  package var columnNames: Set<String> {
    var names: Set = ["tenant_id"]
    for field in generated {
      switch field.type {
      case .money: names.formUnion([field.columnName + "_minor", field.columnName + "_currency"])
      default: names.insert(field.columnName)
      }
      if let key = field.sortKeyColumn { names.insert(key) }
      if let folded = field.foldedColumn { names.insert(folded) }
    }
    return names
  }
}

extension StoredRecord {
  /// The id and some fields.
  func part(_ fields: FieldBits) -> Self {
    var part = Self()
    part.take(fields, from: self)
    part.recordID = recordID
    return part
  }

  /// Sets the fields that the server sets in a new record.
  fileprivate mutating func begin(_ id: IDWords, by author: Author, at now: Timestamp) {
    recordID = id
    etag = Etag(version: 1)
    createTime = now
    updateTime = now
    createdBy = author.actor
    updatedBy = author.actor
  }

  fileprivate func allColumns(_ schema: RecordSchema) -> RecordColumns {
    let all = FieldBits.first(schema.generated.count)
    var columns = RecordColumns()
    bind(all, to: &columns)
    bindKeys(all, schema, &columns)
    return columns
  }

  /// Adds the columns that follow from some fields: the keys for sorting and comparing records.
  func bindKeys(
    _ fields: FieldBits,
    _ schema: RecordSchema,
    _ columns: inout RecordColumns
  ) {
    for key in schema.sortKeys where key.sources.contains(where: fields.contains) {
      let text = key.sources.lazy.compactMap { self[field: $0].text }.first ?? ""
      columns.set(key.column, CollationKey.make(text))
    }
    for (index, column) in schema.foldedKeys where fields.contains(index) {
      columns.set(column, EmailAddress.folded(self[field: index].text ?? ""))
    }
  }
}
