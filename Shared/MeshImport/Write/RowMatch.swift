import MeshCore
import MeshRecords

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
