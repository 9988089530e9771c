import MeshCore
import MeshCrypto
import MeshZip

/// The form of a backup's file: a sealed stream of a gzip file of entries.
///
/// An entry is a letter, the length of its content in four bytes and the content: `M`, the manifest; for
/// each table `T`, its name and columns, `R` for each row, and `E`, their number and checksum; at the end
/// `Z`, the numbers of all. Rows are as `StoreSnapshot.rows` gives them, the rest is JSON.
enum BackupFormat {
  static let kind = "\(anyKind)1"
  /// What the kinds of all releases begin with.
  static let anyKind = "leadmesh backup "

  enum Entry: UInt8 {
    case manifest = 0x4D
    case table = 0x54
    case row = 0x52
    case tableEnd = 0x45
    case end = 0x5A

    /// The most bytes of its content.
    var limit: Int { self == .row ? 256 << 20 : 1 << 20 }
  }
}

/// Writes a backup's file.
struct BackupWriter: ~Copyable {
  /// Bytes of entries that are compressed together.
  private static let pieceSize = 256 << 10

  private let file: OutputFile
  private let progress: BackupProgress
  private var sealer: StreamSealer
  private var body = GzipBody(Gzip())
  private var piece: [UInt8] = []

  init(_ file: OutputFile, key: [UInt8], _ progress: BackupProgress) {
    self.file = file
    self.progress = progress
    sealer = StreamSealer(BackupFormat.kind, key: key)
  }

  /// Writes what tells that the file is a backup.
  mutating func begin() throws(BackupError) { try file.write(sealer.add([])) }

  mutating func add(_ entry: BackupFormat.Entry, _ content: [UInt8]) throws(BackupError) {
    guard content.count <= entry.limit else {
      throw .store("an entry has more than \(entry.limit >> 20) MiB")
    }
    piece.append(entry.rawValue)
    withUnsafeBytes(of: UInt32(content.count).bigEndian) { piece.append(contentsOf: $0) }
    piece += content
    if piece.count >= Self.pieceSize { try flush(isLast: false) }
  }

  private mutating func flush(isLast: Bool) throws(BackupError) {
    let sealed = sealer.add(body.add(piece, isLast: isLast))
    piece.removeAll(keepingCapacity: true)
    try progress.add(bytes: sealed.count)
    try file.write(sealed)
  }

  /// Writes what is left; the file is whole then.
  consuming func finish() throws(BackupError) {
    var end = self
    try end.flush(isLast: true)
    try end.file.write(end.sealer.finish())
    try end.file.sync()
  }
}

/// The number and the checksum of a table's rows.
struct TableDigest: ~Copyable {
  private var rows = 0
  private var sha = SHA256()

  mutating func add(_ row: some Collection<UInt8>) {
    rows += 1
    sha.update(row)
  }

  consuming func end() -> RowCount {
    let rows = rows
    return RowCount(rows: rows, checksum: Hex.encode(sha.finalize()))
  }
}
