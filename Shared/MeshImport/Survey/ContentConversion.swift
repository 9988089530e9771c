import MeshCore
import MeshTables
import Synchronization

/// Makes the rows of a workbook, a web page or contacts into CSV in UTF-8, and unpacks archives.
///
/// A text within an archive stays as it is, in its own encoding.
///
/// The file and its rows are in files without a name, so that any size takes the same memory. Its work blocks a
/// thread.
final class ContentConversion: Sendable {
  private struct Files {
    let file: Spool
    let rows: Spool
  }

  private static let mostInMemory = 4 << 20

  private let files: Mutex<Files>

  init() {
    files = Mutex(
      Files(
        file: Spool(mostInMemory: Self.mostInMemory),
        rows: Spool(mostInMemory: Self.mostInMemory)
      )
    )
  }

  /// Adds the next bytes of the file.
  ///
  /// - Throws: `SpoolFault` when there is no room for it.
  func append(_ bytes: [UInt8]) throws {
    try files.withLock { try $0.file.append(bytes) }
  }

  /// Makes the rows.
  ///
  /// - Parameter part: the sheet or the file of an archive; empty for the first one.
  /// - Returns: what was read, and the bytes of the rows.
  /// - Throws: `ContainerFault` for what is not read; `SpoolFault`.
  func convert(part: String) throws -> (reading: TableReading, bytes: Int) {
    try files.withLock { files in
      let (file, rows) = (files.file, files.rows)
      let source = ByteSource(count: file.count) { try file.bytes(at: $0, count: $1) }
      let table = try TableFile(source)
      guard table.kind.isContainer else { throw ContainerFault.unreadable(table.kind) }
      var csv = CSVWriter(marksFormulas: false)
      let reading = try table.read(part: part.isEmpty ? nil : part) { piece in
        switch piece {
        case .row(let values):
          csv.row(values)
          if csv.bytes.count >= 1 << 16 { try rows.append(csv.take()) }
        case .bytes(let bytes): try rows.append(bytes)
        }
      }
      try rows.append(csv.take())
      return (reading, rows.count)
    }
  }

  /// Bytes of the rows.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try files.withLock { try $0.rows.bytes(at: offset, count: count) }
  }
}
