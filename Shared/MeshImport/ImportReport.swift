/// An import with its remarks.
package struct ImportReport: Sendable {
  package internal(set) var job: ImportJob
  /// Ordered by the number of rows they affect, most first.
  package let remarks: [(remark: ImportRemark, rows: Int)]
  /// The first remarks on rows, by line.
  package let rowRemarks: [RowRemark]
}
