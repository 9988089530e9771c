/// A sheet of a workbook.
package struct Sheet: Sendable {
  package let name: String
  package let isHidden: Bool
  /// By which the workbook's relationships name its file.
  let relationship: String
}
