import MeshAccess
import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

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
}
