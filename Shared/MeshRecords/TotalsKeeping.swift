import MeshCore
import MeshProto
import MeshStore

// The totals that a kind declares (`RecordTotals`), kept in the transaction of each change of a record.
extension WriteTransaction {
  /// Makes the kept totals of a kind count a record as it is now, and no longer as it was.
  ///
  /// - Parameters:
  ///   - before: nil if it did not exist.
  ///   - after: nil if it is gone.
  ///   - changed: the fields that differ; all by default.
  /// - Throws: what the store throws.
  func keepTotals<Record: StoredRecord>(
    from before: Record?,
    to after: Record?,
    changed: FieldBits = .first(128)
  ) throws {
    for totals in Record.schema.totals where !totals.sources.intersection(changed).isEmpty {
      let (old, new) = (before.map { totals.entry(of: $0) }, after.map { totals.entry(of: $0) })
      if let old, let new, old.key == new.key {
        let sums = zip(new.sums, old.sums).map { $0 - $1 }
        if sums.contains(where: { $0 != 0 }) { try add(sums, to: new.key, totals) }
        continue
      }
      if let old { try add(old.sums.map { -$0 }, to: old.key, totals) }
      if let new { try add(new.sums, to: new.key, totals) }
    }
  }

  private func add(_ sums: [Int64], to key: [SQLValue], _ totals: RecordTotals) throws {
    var (keyColumns, sumColumns) = (RecordColumns(), RecordColumns())
    for (name, value) in zip(totals.keys.map(\.column) + ["currency"], key) {
      keyColumns.set(name, value)
    }
    for (name, value) in zip(totals.sumColumns, sums) { sumColumns.set(name, value) }
    try add(sumColumns, toTotals: keyColumns, in: totals.table)
  }
}

/// What a record adds to a row of totals.
private struct TotalsEntry {
  /// The values of the keys, and the currency.
  let key: [SQLValue]
  let sums: [Int64]
}

extension RecordTotals {
  fileprivate func entry(of record: some RecordMessage) -> TotalsEntry {
    let schema = type(of: record).schema
    let money = schema[amount].flatMap { record.value(of: $0).money }
    let minor = Int128(money?.amountMinor ?? 0)
    var sums = [1] + Self.halves(of: minor)
    if let field = schema[percent] {
      var share: Int64 = 0
      if case .integer(let value) = record.value(of: field) { share = value }
      sums += Self.halves(of: minor * Int128(share))
    }
    if let field = schema[number] {
      var value: Int64 = 0
      if case .integer(let known) = record.value(of: field) { value = known }
      sums.append(value)
    }
    let values = keys.map { $0.value(in: record) }
    return TotalsEntry(key: values + [.text(money?.currency.text ?? "")], sums: sums)
  }

  private static func halves(of sum: Int128) -> [Int64] {
    [Int64(truncatingIfNeeded: sum >> 32), Int64(truncatingIfNeeded: sum & 0xffff_ffff)]
  }
}

extension RecordTotals.Key {
  /// The value under which a record is counted.
  fileprivate func value(in record: some RecordMessage) -> SQLValue {
    guard let field = type(of: record).schema[self.field] else { return .text("") }
    switch record.value(of: field) {
    case .text(let text): return .text(text)
    case .id(let id): return .blob(IDWords(high: id.high, low: id.low).bytes)
    case .bool(let flag): return .boolean(flag)
    case .date(let date): return .text(isMonth ? date.monthText : date.description)
    default: return Self.none(of: field.type)
    }
  }

  /// The value that stands for a missing one.
  static func none(of type: FieldType) -> SQLValue {
    switch type {
    case .id: .blob([])
    case .bool: .boolean(false)
    default: .text("")
    }
  }
}
