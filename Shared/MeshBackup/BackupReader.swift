import MeshCrypto
import MeshZip

/// One entry of a backup, as it is read.
enum BackupEntry {
  case manifest(BackupManifest)
  case table(TableHead)
  case row(ArraySlice<UInt8>)
  case tableEnd(RowCount)
}

/// Reads a backup's file and holds it to what it says of itself: seals, order, counts and checksums.
struct BackupReader: ~Copyable {
  private static let readSize = 256 << 10

  private let take: (BackupEntry) throws -> Void
  private var waiting: [UInt8] = []
  private var manifest: BackupManifest?
  private var table: TableHead?
  private var digest = TableDigest()
  private var tables: Set<[String]> = []
  private var rows = 0
  private var isComplete = false

  private init(_ take: @escaping (BackupEntry) throws -> Void) { self.take = take }

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - key: what it was sealed with.
  ///   - progress: counts its bytes and rows, from 0 on.
  ///   - take: gets each entry; what it got is genuine, but there may be less than there was until this
  ///     returns.
  /// - Returns: what it is of, and what is in it.
  /// - Throws: `.unreadable` for a file that is not whole and as it was written; what `take` throws.
  static func read(
    _ path: String,
    key: [UInt8],
    _ progress: BackupProgress,
    _ take: (BackupEntry) throws -> Void
  ) throws -> (manifest: BackupManifest, summary: BackupSummary) {
    let file = try InputFile(path)
    return try withoutActuallyEscaping(take) { take in
      var opener = StreamOpener(BackupFormat.kind, key: key)
      var gzip = GunzipBody()
      var reader = BackupReader { entry in
        if case .row = entry { progress.addRow() }
        try take(entry)
      }
      while true {
        let bytes = try file.read(readSize)
        try progress.add(bytes: bytes.count)
        let plain = bytes.isEmpty ? try opener.finish() : try opener.add(bytes)
        try gzip.add(plain) { piece in try reader.add(piece) }
        if bytes.isEmpty { break }
      }
      guard gzip.isComplete, reader.isComplete, let manifest = reader.manifest else {
        throw BackupError.unreadable("it ends too early")
      }
      let summary = BackupSummary(
        services: manifest.services.map(\.name),
        time: manifest.time,
        tables: reader.tables.count,
        rows: reader.rows,
        bytes: progress.current.bytes
      )
      return (manifest, summary)
    }
  }

  private mutating func add(_ piece: [UInt8]) throws {
    waiting += piece
    var start = 0
    while let entry = try next(from: start) {
      try read(entry.kind, waiting[entry.content])
      start = entry.content.upperBound
    }
    waiting.removeFirst(start)
  }

  /// The entry that begins at a place, once all of it is there.
  private func next(from start: Int) throws -> (kind: BackupFormat.Entry, content: Range<Int>)? {
    guard waiting.count - start >= 5 else { return nil }
    guard let kind = BackupFormat.Entry(rawValue: waiting[start]) else {
      throw BackupError.malformed
    }
    let count = waiting[start + 1..<start + 5].reduce(0) { $0 << 8 | Int($1) }
    guard count <= kind.limit else { throw BackupError.malformed }
    guard waiting.count - start - 5 >= count else { return nil }
    return (kind, start + 5..<start + 5 + count)
  }

  private mutating func read(_ kind: BackupFormat.Entry, _ content: ArraySlice<UInt8>) throws {
    guard !isComplete, (kind == .manifest) == (manifest == nil) else { throw BackupError.malformed }
    switch (kind, table) {
    case (.manifest, nil):
      let manifest = try BackupManifest(json: Array(content))
      self.manifest = manifest
      try take(.manifest(manifest))
    case (.table, nil):
      let head = try TableHead(json: Array(content))
      guard manifest?.services.contains(where: { $0.name == head.service }) == true,
        tables.insert([head.service, head.table]).inserted
      else { throw BackupError.malformed }
      table = head
      try take(.table(head))
    case (.row, .some):
      digest.add(content)
      rows += 1
      try take(.row(content))
    case (.tableEnd, let head?):
      var done = TableDigest()
      swap(&done, &digest)
      let count = done.end()
      guard try RowCount(json: Array(content)) == count else {
        throw BackupError.unreadable("the rows of \(head.table) are not those that were written")
      }
      table = nil
      try take(.tableEnd(count))
    case (.end, nil):
      let end = BackupEnd(tables: tables.count, rows: rows)
      guard try BackupEnd(json: Array(content)) == end else {
        throw BackupError.unreadable("tables are missing")
      }
      isComplete = true
    default: throw BackupError.malformed
    }
  }
}
