package import MeshRecords
import MeshTables

/// How a file is written and read.
package struct ImportFile<Record: StoredRecord>: Sendable {
  let reader: RowReader<Record>
  let format: TableFormat
  let conventions: ImportConventions
  let content = ContentWindow()
  /// What was read of a row that is longer than one step reads.
  let begun = UnfinishedBatch<Record>()
  /// The batch that is read while another is written; nil for one without a complete row.
  package let ahead = ImportLookahead<ReadBatch<Record>?>()
}
