import MeshCore
import MeshProto
import MeshRecords
import MeshStore

// What an import did, so that it can be undone.
extension ImportWriter {
  func note(_ kind: ImportEffect.Kind, _ record: Plan.Record) throws {
    guard let id = record.recordID, let etag = record.etag else { return }
    let effect = ImportEffect(record: id, kind: kind, version: etag.version)
    try transaction.note(effect, of: job.id)
  }

  /// Notes a change; of several changes of a record the first says what it was before.
  ///
  /// Of a record that the import made, the version is noted alone.
  func noteUpdate(from before: Plan.Record, to after: Plan.Record) throws {
    guard let id = after.recordID, let etag = after.etag else { return }
    var effect =
      try transaction.importEffect(on: id, of: job.id)
      ?? ImportEffect(record: id, kind: .updated, version: etag.version)
    effect.version = etag.version
    if effect.kind == .updated {
      var fields = after.changes(from: before).intersection(schema.inputs)
      var old = before
      if let bytes = effect.before, let last = effect.after {
        let (first, reached) = (try Plan.Record(wire: bytes), try Plan.Record(wire: last))
        let changed = reached.changes(from: first)
        old.take(changed, from: first)
        fields = fields.union(changed)
      }
      var (was, became) = (Plan.Record(), Plan.Record())
      was.take(fields, from: old)
      became.take(fields, from: after)
      (effect.before, effect.after) = (was.wireBytes(), became.wireBytes())
    }
    try transaction.note(effect, of: job.id)
  }
}
