import MeshCore
import MeshStore
import TypeAPI

/// What an import did to a record.
struct ImportEffect: Sendable, Equatable {
  enum Kind: String, Sendable {
    case created, updated, restored
    /// It was made or restored, and cannot be deleted before others are.
    case putOff = "put_off"
  }

  let record: IDWords
  let kind: Kind
  /// The version in which the import left the record.
  var version: Int64
  /// The changed fields as they were, and as the import left them; nil for records that it made.
  var before: [UInt8]?
  var after: [UInt8]?
}

extension ReadTransaction {
  func importEffect(on record: IDWords, of id: ImportID) throws -> ImportEffect? {
    try first(
      """
      SELECT record_id, kind, version, before, after FROM import_effects
      WHERE import_id = \(id) AND record_id = \(record.bytes)
      """,
      ImportEffect.init
    )
  }

  /// The next effects to take back, the newest records first: they may name the older ones.
  func importEffects(of id: ImportID, limit: Int) throws -> [ImportEffect] {
    try rows(
      """
      SELECT record_id, kind, version, before, after FROM import_effects
      WHERE import_id = \(id) AND kind <> 'put_off' ORDER BY record_id DESC LIMIT \(limit)
      """,
      ImportEffect.init
    )
  }

  /// The next effects that were put off, the oldest records first.
  func effectsPutOff(of id: ImportID, limit: Int) throws -> [ImportEffect] {
    try rows(
      """
      SELECT record_id, kind, version, before, after FROM import_effects
      WHERE import_id = \(id) AND kind = 'put_off' ORDER BY record_id LIMIT \(limit)
      """,
      ImportEffect.init
    )
  }
}

extension ImportEffect {
  fileprivate init(_ row: inout Row) throws {
    record = try row.next()
    kind = Kind(rawValue: try row.next()) ?? .updated
    version = try row.next()
    before = try row.next()
    after = try row.next()
  }
}

extension WriteTransaction {
  /// Notes what an import did; of a record that it did something to before, the kind of the first effect stays.
  func note(_ effect: ImportEffect, of id: ImportID) throws {
    try post(
      """
      INSERT INTO import_effects (import_id, record_id, kind, version, before, after)
      VALUES (
        \(id), \(effect.record.bytes), \(effect.kind.rawValue), \(effect.version),
        \(effect.before), \(effect.after)
      )
      ON CONFLICT (tenant_id, import_id, record_id) DO UPDATE SET
        version = excluded.version, before = excluded.before, after = excluded.after
      """
    )
  }

  /// Leaves an effect until all others are taken back.
  func putOff(_ effect: ImportEffect, of id: ImportID) throws {
    try post(
      """
      UPDATE import_effects SET kind = 'put_off'
      WHERE import_id = \(id) AND record_id = \(effect.record.bytes)
      """
    )
  }

  func forget(_ effect: ImportEffect, of id: ImportID) throws {
    try post(
      "DELETE FROM import_effects WHERE import_id = \(id) AND record_id = \(effect.record.bytes)"
    )
  }
}
