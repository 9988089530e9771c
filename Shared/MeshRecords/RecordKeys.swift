import MeshAccess
import MeshCrypto
package import MeshCore
package import MeshProto
package import MeshStore

// Keys by which records are sorted, compared and found, and fields that are made of others. When another release
// or another ICU makes them differently, they are made anew in the background, a few records per transaction.

/// How keys are made.
package enum RecordKeys {
  /// Incremented whenever keys or words are made of values in another way.
  private static let form: UInt8 = 3

  /// Differs whenever stored keys may differ from those that would be made now.
  package static let version = [form] + CollationKey.version

  /// Records whose keys one transaction makes.
  package static let batch = 200
}

extension RecordSchema {
  /// How the keys of its records are made: changes when other fields have keys or words, or are made of
  /// others.
  package var keyForm: [UInt8] {
    var parts = sortKeys.map { "\($0.column) \($0.sources.map { fields[$0].name })" }
    parts += foldedKeys.map(\.column)
    parts += generated.filter { $0.traits.contains(.searchable) }.map(\.name)
    parts += made.map { "\(fields[$0.index].name) \(fields[$0.index].rule.madeOf)" }
    let hash = SHA256.hash(Array(parts.joined(separator: "\n").utf8))
    return RecordKeys.version + hash.prefix(8)
  }
}

extension Records {
  /// Makes the keys and words of some records anew, without a new version of the records.
  ///
  /// - Returns: the records that stay as they are because their keys would clash with another's.
  package func makeKeys(of ids: [IDWords], in transaction: WriteTransaction) throws -> [IDWords] {
    let schema = schema(transaction.tenant)
    let rules = try rules(transaction)
    let all: Scope<Record> = transaction.scope(forCalculation: "keys")
    var clashing: [IDWords] = []
    for id in ids {
      guard var record = try transaction.record(id, in: all) else { continue }
      record.makeFields(schema)
      var columns = RecordColumns()
      record.bind(FieldBits(schema.made.map(\.index)), to: &columns)
      record.bindKeys(.first(schema.generated.count), schema, &columns)
      rules.derive(record, &columns)
      do {
        try transaction.attempt { try transaction.writePrivate(columns, of: record) }
      } catch StoreError.unique {
        clashing.append(id)
      }
      try transaction.index(record, schema)
    }
    return clashing
  }
}
