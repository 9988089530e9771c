package import MeshStore

/// Fills empty stores with what a backup has.
package struct Restore: Sendable {
  private let path: String
  private let key: [UInt8]

  /// - Parameters:
  ///   - path: the backup's file.
  ///   - key: what it was sealed with.
  package init(_ path: String, key: [UInt8]) {
    self.path = path
    self.key = key
  }

  /// Reads the whole file, and writes nothing.
  ///
  /// - Returns: what it is of, and what is in it.
  /// - Throws: `.unreadable` for a file that is not whole and as it was written.
  package func check(
    _ progress: BackupProgress
  ) throws(BackupError) -> (manifest: BackupManifest, summary: BackupSummary) {
    progress.restart("checking the file")
    return try BackupError.convert { try BackupReader.read(path, key: key, progress) { _ in } }
  }

  /// Fills stores whose services have made their tables, and reads back what was written.
  ///
  /// Nothing is kept in any store before the last step, which commits one store after the other.
  ///
  /// - Parameters:
  ///   - stores: one for each of the manifest's services, empty.
  ///   - progress: tells how far it is, and ends it.
  /// - Throws: why not all were filled. They are empty then, except that those keep their rows which were
  ///   committed before the commit of another failed (decision 27).
  package func fill(
    _ stores: [StoreConfiguration],
    _ progress: BackupProgress
  ) throws(BackupError) {
    progress.restart("writing")
    try BackupError.convert {
      var fillings: [StoreFilling] = []
      var (head, filling): (TableHead?, StoreFilling?) = (nil, nil)
      var written: [(filling: StoreFilling, head: TableHead, count: RowCount)] = []
      let read = try BackupReader.read(path, key: key, progress) { entry in
        switch entry {
        case .manifest(let manifest): fillings = try Self.open(stores, manifest)
        case .table(let next):
          progress.begin("writing \(next.service)")
          head = next
          filling = fillings.first { $0.service == next.service }
          try filling?.begin(next.table, next.columns)
        case .row(let row): try filling?.add(row)
        case .tableEnd(let count):
          try filling?.endTable()
          if let filling, let head { written.append((filling, head, count)) }
        }
      }
      for (filling, head, count) in written {
        progress.begin("reading \(head.service) back")
        try Self.verify(filling, head, count, progress)
      }
      try Self.finish(fillings, read.manifest, progress)
    }
  }

  private static func open(
    _ stores: [StoreConfiguration],
    _ manifest: BackupManifest
  ) throws -> [StoreFilling] {
    try manifest.services.map { service in
      guard let store = stores.first(where: { $0.service == service.name }) else {
        throw BackupError.store("there is no store for the service \(service.name)")
      }
      return try StoreFilling(store, service.schema)
    }
  }

  private static func verify(
    _ filling: StoreFilling,
    _ head: TableHead,
    _ count: RowCount,
    _ progress: BackupProgress
  ) throws {
    var digest = TableDigest()
    try filling.rows(of: head.table, head.columns) { row in
      digest.add(row)
      try progress.add(bytes: 0)
    }
    guard digest.end() == count else {
      throw BackupError.different("the table \(head.table) of \(head.service)")
    }
  }

  private static func finish(
    _ fillings: [StoreFilling],
    _ manifest: BackupManifest,
    _ progress: BackupProgress
  ) throws {
    var epochs: [UInt64: UInt64] = [:]
    for service in manifest.services { epochs[service.epoch] = .random(in: .min ... .max) }
    for (filling, service) in zip(fillings, manifest.services) {
      progress.begin("indexing \(service.name)")
      try filling.finish(epoch: epochs[service.epoch] ?? 0, epochs)
      try progress.add(bytes: 0)
    }
    for filling in fillings { try filling.commit() }
  }
}
