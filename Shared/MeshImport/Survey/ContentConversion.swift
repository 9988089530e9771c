import MeshCore
import MeshTables
import Synchronization

/// Makes the rows of a workbook, a web page or contacts into CSV in UTF-8, and unpacks archives.
///
/// A text within an archive stays as it is, in its own encoding.
///
/// The file and its rows are in files without a name, so that any size takes the same memory. Its work blocks a
/// thread, until it is stopped.
final class ContentConversion: Sendable {
  private struct Files {
    let file: Spool
    let rows: Spool
  }

  private static let mostInMemory = 4 << 20

  /// What `convert` throws once it was stopped.
  struct Stopped: Error {}

  private let files: Mutex<Files>
  private let isStopped = Atomic(false)
  /// Held until nothing is left of the conversion.
  private let place: ConversionPlace

  init(in place: ConversionPlace) {
    self.place = place
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
  /// - Throws: `ContainerFault` for what is not read; `SpoolFault`; `Stopped`.
  func convert(part: String) throws -> (table: ConvertedTable, bytes: Int) {
    try files.withLock { files in
      let (file, rows) = (files.file, files.rows)
      let source = ByteSource(count: file.count) { offset, count in
        try self.check()
        return try file.bytes(at: offset, count: count)
      }
      var limits = ContainerLimits()
      limits.check = { try self.check() }
      let table = try TableFile(source, limits: limits)
      guard table.kind.isContainer else { throw ContainerFault.unreadable(table.kind) }
      var csv = CSVWriter(marksFormulas: false)
      let converted = try table.read(part: part.isEmpty ? nil : part) { piece in
        switch piece {
        case .row(let values):
          csv.row(values)
          if csv.bytes.count >= 1 << 16 { try rows.append(csv.take()) }
        case .bytes(let bytes): try rows.append(bytes)
        }
      }
      try rows.append(csv.take())
      return (converted, rows.count)
    }
  }

  /// Ends `convert` soon, as nobody wants the rows any more.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  private func check() throws(Stopped) {
    if isStopped.load(ordering: .relaxed) { throw Stopped() }
  }

  /// Bytes of the rows.
  func bytes(at offset: Int, count: Int) throws -> [UInt8] {
    try files.withLock { try $0.rows.bytes(at: offset, count: count) }
  }
}
