/// How much of a container is read, however small its file is.
package struct ContainerLimits: Sendable {
  /// Bytes that its entries may have, decompressed, all that is read of them together.
  package var inflatedBytes = 1 << 30
  /// Bytes of all cells that are handed on, with one more for each cell.
  package var tableBytes = 512 << 20
  /// Bytes of one row.
  package var rowBytes = 16 << 20
  /// Bytes that are kept of a cell: one more than a row's reader takes, so that it notices.
  package var cellBytes = (1 << 20) + 1
  /// Cells of a web page that are there only as others take several columns or rows.
  package var spreadCells = 1 << 25
  /// Bytes of each file of a workbook that lists what is in it.
  package var listBytes = 8 << 20
  /// Bytes of texts that are kept in memory before they go to a file without a name.
  package var spooledBytes = 8 << 20

  /// Asked again and again while a container is read; throws when nobody wants it any more.
  package var check: @Sendable () throws -> Void = {}

  package init() {}
}
