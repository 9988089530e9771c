/// An Excel workbook (.xlsx, ECMA-376), whose sheets are read row by row.
package struct Workbook {
  package let sheets: [Sheet]
  private let archive: ZipArchive
  private let book: SheetBook
  /// The paths of the sheets' files, by the names of their relationships.
  private let paths: [String: String]

  /// Opens a workbook: reads all but its sheets.
  ///
  /// - Parameter archive: the zip archive that it is.
  /// - Throws: `ContainerFault`, or what the archive's source throws.
  package init(_ archive: ZipArchive) throws {
    guard let path = try Self.path(in: archive), let entry = archive.entry(path) else {
      throw ContainerFault.malformed(.workbook)
    }
    let parts = try Self.relationships(of: path, in: archive)
    func part(_ type: String) -> ZipEntry? {
      parts.first { $0.type == type }.flatMap {
        archive.entry(RelationshipsHandler.path($0.target, from: path))
      }
    }
    let list = WorkbookHandler()
    try XMLReader.read(Self.list(entry, in: archive), list, .workbook)
    let styles = StylesHandler()
    if let entry = part("styles") { try XMLReader.read(archive.stream(entry), styles, .workbook) }
    let strings = SharedStrings(mostInMemory: archive.limits.spooledBytes)
    if let entry = part("sharedStrings") {
      let reader = SharedStringsHandler(strings, archive.limits)
      try XMLReader.read(archive.stream(entry), reader, .workbook)
    }
    let pages = parts.filter { $0.type == "worksheet" }
    paths = Dictionary(
      pages.map { ($0.id, RelationshipsHandler.path($0.target, from: path)) },
      uniquingKeysWith: { first, _ in first }
    )
    // Sheets that are charts or macros have no rows.
    sheets = list.sheets.filter { [paths] in paths[$0.relationship] != nil }
    book = SheetBook(
      strings: strings,
      formats: styles.formats,
      numbers: SheetNumber(countsFrom1904: list.countsFrom1904)
    )
    self.archive = archive
  }

  /// The path of an archive's workbook; nil if it is none that can be read.
  static func path(in archive: ZipArchive) throws -> String? {
    let root = try relationships(of: "", in: archive).first { $0.type == "officeDocument" }
    let path = root.map { RelationshipsHandler.path($0.target, from: "") } ?? "xl/workbook.xml"
    // A text document or a presentation has its own main part.
    guard path.lowercased().hasSuffix(".xml"), let entry = archive.entry(path) else { return nil }
    let start = try archive.stream(entry).start(4_096)
    let text = String(decoding: start, as: UTF8.self)
    return text.contains("<workbook") || text.contains(":workbook") ? entry.name : nil
  }

  private static func relationships(
    of path: String,
    in archive: ZipArchive
  ) throws -> [RelationshipsHandler.Relationship] {
    let folder = path.split(separator: "/").dropLast().map { "\($0)/" }.joined()
    let name = path.split(separator: "/").last ?? ""
    guard let entry = archive.entry("\(folder)_rels/\(name).rels") else { return [] }
    let handler = RelationshipsHandler()
    try XMLReader.read(list(entry, in: archive), handler, .workbook)
    return handler.found
  }

  /// A file that lists others, of which all is kept in memory.
  private static func list(_ entry: ZipEntry, in archive: ZipArchive) -> ByteStream {
    archive.stream(entry).limited(to: archive.limits.listBytes, of: "its list of sheets")
  }

  /// The sheet with that name, whatever the case of its letters.
  package func sheet(named name: String) throws(ContainerFault) -> Sheet {
    let folded = name.lowercased()
    let found =
      sheets.first { $0.name == name } ?? sheets.first { $0.name.lowercased() == folded }
    guard let found else { throw .part(named: name, choices: sheets.map(\.name)) }
    return found
  }

  /// What was noticed in a sheet.
  struct Findings {
    var hasValues: Bool
    var remarks: [String]
  }

  /// Reads the rows of a sheet.
  ///
  /// - Parameters:
  ///   - sheet: of this workbook.
  ///   - take: gets the cells of each row down to the last one with a value; none for a blank row.
  /// - Returns: whether there were any, and what a user should know.
  /// - Throws: `ContainerFault`, or what the archive's source or `take` throws.
  func read(_ sheet: Sheet, _ take: @escaping ([String]) throws -> Void) throws -> Findings {
    guard let path = paths[sheet.relationship], let entry = archive.entry(path) else {
      throw ContainerFault.malformed(.workbook)
    }
    let handler = SheetHandler(book, archive.limits, TableOutput(archive.limits, take))
    try XMLReader.read(archive.stream(entry), handler, .workbook)
    var remarks: [String] = []
    if handler.hiddenRows > 0 {
      remarks.append("rows that the sheet hides were read too: \(handler.hiddenRows)")
    }
    if handler.mergedRanges > 0 {
      let ranges = "\(handler.firstMerged)\(handler.mergedRanges > 1 ? " and others" : "")"
      remarks.append("merged cells (\(ranges)) have their value in the first row and column only")
    }
    return Findings(hasValues: handler.output.hasValues, remarks: remarks)
  }
}
