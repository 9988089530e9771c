import Glibc
package import MeshCore
package import MeshStore

/// What a backup has in it.
package struct BackupSummary: Hashable, Sendable {
  package let services: [String]
  /// The moment of which the rows are.
  package let time: Timestamp
  package let tables: Int
  package let rows: Int
  /// The size of the file.
  package let bytes: Int
}

/// Makes backups.
package enum Backup {
  /// Writes what is in services' stores, as it is at one moment, to a file.
  ///
  /// The services may run. The file has its name once it is whole and was read back.
  ///
  /// - Parameters:
  ///   - stores: all of an installation's.
  ///   - path: a file that is not there yet.
  ///   - key: 32 bytes that seal it.
  ///   - now: the moment, as the manifest tells it.
  ///   - progress: tells how far it is, and ends it.
  /// - Returns: what is in it.
  /// - Throws: why there is no file; what a killed process leaves is for `removeLeftovers`.
  package static func make(
    of stores: [StoreConfiguration],
    to path: String,
    key: [UInt8],
    at now: Timestamp,
    _ progress: BackupProgress
  ) throws(BackupError) -> BackupSummary {
    guard access(path, F_OK) != 0 else { throw .file(path: path, reason: "it exists already") }
    let part = "\(path).part"
    let file = try OutputFile(part)
    do throws(BackupError) {
      return try BackupError.convert {
        var writer = BackupWriter(file, key: key, progress)
        try writer.begin()
        try write(stores, at: now, to: &writer, progress)
        try writer.finish()
        progress.restart("checking the file")
        let (_, summary) = try BackupReader.read(part, key: key, progress) { _ in }
        guard rename(part, path) == 0 else { throw BackupError.system(path) }
        try syncFolder(of: path)
        return summary
      }
    } catch {
      unlink(part)
      throw error
    }
  }

  private static func write(
    _ stores: [StoreConfiguration],
    at now: Timestamp,
    to writer: inout BackupWriter,
    _ progress: BackupProgress
  ) throws {
    progress.begin("waiting for a moment without writes")
    let snapshots = try StoreSnapshot.take(stores)
    let manifest = BackupManifest(
      time: now,
      services: snapshots.map {
        BackupManifest.Service(name: $0.service, schema: $0.schema, epoch: $0.epoch)
      }
    )
    try writer.add(.manifest, manifest.json)
    var (tables, rows) = (0, 0)
    for snapshot in snapshots {
      progress.begin("reading \(snapshot.service)")
      for table in snapshot.tables {
        let head = TableHead(service: snapshot.service, table: table.name, columns: table.columns)
        try writer.add(.table, head.json)
        var digest = TableDigest()
        try snapshot.rows(of: table) { row in
          digest.add(row)
          progress.addRow()
          try writer.add(.row, row)
        }
        let count = digest.end()
        try writer.add(.tableEnd, count.json)
        tables += 1
        rows += count.rows
      }
    }
    try writer.add(.end, BackupEnd(tables: tables, rows: rows).json)
  }
}
