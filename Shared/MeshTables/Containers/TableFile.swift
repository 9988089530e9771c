import MeshZip

/// A file of a user, as what it is and not as what it is called.
///
/// Text is read where it is. A container is read once from first to last, and gives the rows of its table, or
/// the text in it.
package struct TableFile {
  private static let tableEndings = [
    ".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".vcf", ".vcard",
  ]

  package let kind: FileKind
  private let source: ByteSource
  private let limits: ContainerLimits
  private let archive: ZipArchive?

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - source: its bytes.
  ///   - limits: of what is read of it.
  /// - Throws: `ContainerFault` for an archive that is damaged, or what the source throws.
  package init(_ source: ByteSource, limits: ContainerLimits = .init()) throws {
    self.source = source
    self.limits = limits
    let sample = try source.bytes(at: 0, count: min(source.count, FileKind.sampleSize)) ?? []
    let guess = FileKind.of(sample)
    switch guess {
    case .zip, .workbook:
      let archive = try ZipArchive(source, guess, limits: limits)
      self.archive = archive
      kind = try Self.kind(of: archive)
    case .oldWorkbook:
      archive = nil
      kind = try Self.compound(source, sample)
    default:
      archive = nil
      kind = guess
    }
  }

  /// Reads what a container holds.
  ///
  /// - Parameters:
  ///   - part: the sheet of a workbook, or the file of an archive, by its name; nil for the first sheet that has
  ///     anything, or the only file.
  ///   - take: gets it piece by piece: either rows only or bytes only.
  /// - Returns: which part was read, and what was noticed.
  /// - Throws: `ContainerFault` for what is not read or not there, or what the source or `take` throws.
  package func read(
    part: String? = nil,
    _ take: @escaping (TablePiece) throws -> Void
  ) throws -> ConvertedTable {
    switch kind {
    case .workbook: return try readWorkbook(part, take)
    case .zip: return try readArchive(part, take)
    case .gzip: return try readInner(unzipped, name: nil, part, take)
    default: return try Self.read(source.stream, kind, part, limits, take)
    }
  }

  // MARK: - What a file is

  /// What an archive is, by the files in it.
  private static func kind(of archive: ZipArchive) throws -> FileKind {
    if try Workbook.path(in: archive) != nil { return .workbook }
    if archive.entry("xl/workbook.bin") != nil { return .binaryWorkbook }
    if let entry = archive.entry("mimetype") {
      let type = String(decoding: try archive.stream(entry).start(100), as: UTF8.self)
      if type.contains("opendocument.spreadsheet") { return .openDocument }
      if type.contains("opendocument") { return .document }
    }
    if archive.entry("Index/Document.iwa") ?? archive.entry("Index.zip") != nil { return .numbers }
    let main = ["word/document.xml", "ppt/presentation.xml"]
    return main.contains { archive.entry($0) != nil } ? .document : .zip
  }

  /// What a compound file is, by its directory, which may be anywhere ([MS-CFB], 2.2).
  private static func compound(_ source: ByteSource, _ sample: [UInt8]) throws -> FileKind {
    let header = LittleEndian(sample)
    guard let shift = header.place(at: 30, size: 2), (9...12).contains(shift),
      let sector = header.place(at: 48, size: 4)
    else { return .oldWorkbook }
    let start = (sector + 1) << shift
    let size = min(4_096, max(source.count - start, 0))
    return .compound(try source.bytes(at: start, count: size) ?? [])
  }

  // MARK: - Workbooks

  private func readWorkbook(
    _ part: String?,
    _ take: @escaping (TablePiece) throws -> Void
  ) throws -> ConvertedTable {
    guard let archive else { throw ContainerFault.malformed(kind) }
    let workbook = try Workbook(archive)
    let sheets: [Sheet]
    if let part {
      sheets = [try workbook.sheet(named: part)]
    } else {
      sheets = workbook.sheets.filter { !$0.isHidden } + workbook.sheets.filter(\.isHidden)
    }
    for sheet in sheets {
      let found = try workbook.read(sheet) { try take(.row($0)) }
      guard found.hasValues else { continue }
      let names = workbook.sheets.map(\.name)
      let remarks = found.remarks + Self.unread(names, sheet.name, "sheets")
      return ConvertedTable(kind: kind, part: sheet.name, remarks: remarks)
    }
    throw ContainerFault.empty(kind)
  }

  /// A remark on the parts that were not read.
  private static func unread(_ names: [String], _ name: String, _ what: String) -> [String] {
    let others = names.filter { $0 != name }
    return others.isEmpty ? [] : ["\(what) that were not read: \(ContainerFault.list(others))"]
  }

  // MARK: - Archives

  private func readArchive(
    _ part: String?,
    _ take: @escaping (TablePiece) throws -> Void
  ) throws -> ConvertedTable {
    guard let archive else { throw ContainerFault.malformed(kind) }
    let entries = archive.entries.filter(\.isOrdinary)
    let entry = try Self.choice(of: entries, part)
    let inner = part == entry.name ? nil : part
    let chosen = entries.contains { $0.isCalled(inner) } ? nil : inner
    var table = try readInner(archive.stream(entry), name: entry.name, chosen, take)
    table.remarks += Self.unread(entries.map(\.name), entry.name, "files")
    return table
  }

  /// The file of an archive to read: the named one, the only one, or the only one that is called like a table.
  private static func choice(of entries: [ZipEntry], _ part: String?) throws(ContainerFault)
    -> ZipEntry
  {
    guard let first = entries.first else { throw .empty(.zip) }
    if let named = entries.first(where: { $0.isCalled(part) }) { return named }
    if entries.count == 1 { return first }
    let tables = entries.filter { entry in
      tableEndings.contains { entry.name.lowercased().hasSuffix($0) }
    }
    guard part == nil, tables.count == 1, let table = tables.first else {
      throw .part(named: part, choices: entries.map(\.name))
    }
    return table
  }

  /// What a gzip file holds.
  private var unzipped: ByteStream {
    ByteStream { take in
      var body = GunzipBody()
      var count = 0
      do {
        try source.stream.forEach { bytes in
          try body.add(bytes) { piece in
            count += piece.count
            try limits.check()
            guard count <= limits.inflatedBytes else {
              throw ContainerFault.tooLarge("more than \(limits.inflatedBytes >> 20) MiB, unpacked")
            }
            try take(piece)
          }
        }
      } catch is GzipFault { throw ContainerFault.malformed(.gzip) }
      guard body.isComplete else { throw ContainerFault.malformed(.gzip) }
    }
  }

  /// Reads the file in an archive, which may be a container itself, but no archive.
  private func readInner(
    _ stream: ByteStream,
    name: String?,
    _ part: String?,
    _ take: @escaping (TablePiece) throws -> Void
  ) throws -> ConvertedTable {
    let kind = FileKind.of(try stream.start(FileKind.sampleSize))
    var table: ConvertedTable
    switch kind {
    case .text: table = try Self.readText(stream, limits, take)
    case .zip, .workbook:
      // A workbook is read at any place: it must be there as a whole.
      let spool = Spool(mostInMemory: limits.spooledBytes)
      try stream.forEach { try spool.append($0) }
      let source = ByteSource(count: spool.count) { try spool.bytes(at: $0, count: $1) }
      let file = try TableFile(source, limits: limits)
      guard file.kind == .workbook else { throw ContainerFault.unreadable(file.kind) }
      table = try file.readWorkbook(part, take)
    case .gzip: throw ContainerFault.unreadable(kind)
    default: table = try Self.read(stream, kind, part, limits, take)
    }
    let names = [name, table.part].compactMap { $0 }
    table = ConvertedTable(
      kind: table.kind,
      part: names.isEmpty ? nil : names.joined(separator: ": "),
      remarks: table.remarks
    )
    return table
  }

  // MARK: - What is read from first to last

  private static func readText(
    _ stream: ByteStream,
    _ limits: ContainerLimits,
    _ take: @escaping (TablePiece) throws -> Void
  ) throws -> ConvertedTable {
    var count = 0
    try stream.forEach { bytes in
      count += bytes.count
      guard count <= limits.tableBytes else {
        throw ContainerFault.tooLarge("more than \(limits.tableBytes >> 20) MiB of text")
      }
      try take(.bytes(bytes))
    }
    return ConvertedTable(kind: .text, part: nil)
  }

  private static func read(
    _ stream: ByteStream,
    _ kind: FileKind,
    _ part: String?,
    _ limits: ContainerLimits,
    _ take: @escaping (TablePiece) throws -> Void
  ) throws -> ConvertedTable {
    let row = { (cells: [String]) in try take(.row(cells)) }
    switch kind {
    case .text: return try readText(stream, limits, take)
    case .html:
      guard try HTMLTable(stream, limits).read(row) else { throw ContainerFault.empty(kind) }
      return ConvertedTable(kind: kind, part: nil)
    case .vCard:
      let found = try VCards(stream, limits).read(row)
      guard found.hasValues else { throw ContainerFault.empty(kind) }
      return ConvertedTable(kind: kind, part: nil, remarks: found.remarks)
    case .xmlWorkbook:
      let found = try XMLWorkbook(stream, limits).read(part, row)
      guard let name = found.read else {
        throw part.map { .part(named: $0, choices: found.names) } ?? ContainerFault.empty(kind)
      }
      let remarks = unread(found.names, name, "sheets")
      return ConvertedTable(kind: kind, part: name, remarks: remarks)
    default: throw ContainerFault.unreadable(kind)
    }
  }
}

extension ZipEntry {
  /// Whether a name is its own, with or without its folder.
  fileprivate func isCalled(_ text: String?) -> Bool {
    guard let text else { return false }
    return name == text || name.split(separator: "/").last.map { $0 == text } == true
  }
}
