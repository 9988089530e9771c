/// What a file is, whatever it is called.
package enum FileKind: String, Sendable, CaseIterable {
  /// Rows of text; all that is nothing else.
  case text
  case zip, workbook, xmlWorkbook, html, vCard, gzip
  case binaryWorkbook, oldWorkbook, lockedWorkbook, openDocument, numbers
  case document, outlookMessage, outlookData, webArchive, rtf, pdf, picture, json, xml, calendar
  case ldif, archive, database, program, binary

  /// Whether it holds a table that is made into text before it is read as text.
  package var isContainer: Bool {
    switch self {
    case .zip, .workbook, .xmlWorkbook, .html, .vCard, .gzip: true
    default: false
    }
  }

  /// What it is, with its article.
  package var name: String {
    switch self {
    case .text: "a text"
    case .zip: "a zip archive"
    case .workbook: "an Excel workbook (.xlsx)"
    case .xmlWorkbook: "an Excel workbook of 2003 (XML)"
    case .html: "a web page (HTML)"
    case .vCard: "a file of contacts (vCard)"
    case .gzip: "a gzip file"
    case .binaryWorkbook: "a binary Excel workbook (.xlsb)"
    case .oldWorkbook: "an old Excel workbook (.xls)"
    case .lockedWorkbook: "a workbook with a password"
    case .openDocument: "an OpenDocument sheet (.ods)"
    case .numbers: "an Apple Numbers sheet"
    case .document: "a text document or a presentation"
    case .outlookMessage: "an Outlook message (.msg)"
    case .outlookData: "an Outlook data file (.pst)"
    case .webArchive: "a message or a web archive (MIME)"
    case .rtf: "a rich text document (.rtf)"
    case .pdf: "a PDF document"
    case .picture: "a picture"
    case .json: "a JSON file"
    case .xml: "an XML file"
    case .calendar: "a calendar (.ics)"
    case .ldif: "an LDIF file"
    case .archive: "an archive that is not a zip archive"
    case .database: "a database file"
    case .program: "a program"
    case .binary: "no text and no workbook"
    }
  }

  /// What to do about one that is not read.
  package var advice: String {
    switch self {
    case .binaryWorkbook, .oldWorkbook, .openDocument:
      "open it and save it as .xlsx, or as “CSV UTF-8”"
    case .lockedWorkbook: "open it, take its password off, and save it again"
    case .numbers: "open it and export it as CSV"
    case .zip, .archive: "unpack it, and import the file in it"
    case .outlookData: "open it in Outlook and export the contacts as CSV"
    case .ldif: "export the address book as CSV or vCard"
    case .document, .rtf, .webArchive, .html:
      "copy its table into a sheet, and save that as .xlsx or CSV"
    case .pdf, .picture: "ask for the table that it shows as .xlsx or CSV"
    default: "export the table as CSV, .xlsx or vCard"
    }
  }
}

extension FileKind {
  /// How many of a file's first bytes are looked at.
  package static let sampleSize = 64 << 10

  /// Recognizes a file by how it begins.
  ///
  /// A zip archive that is a workbook is often recognized too; `TableFile` looks into all of them.
  ///
  /// - Parameter bytes: the first of the file; those beyond `sampleSize` are not looked at.
  /// - Returns: `text` for all that is not known.
  package static func of(_ bytes: [UInt8]) -> FileKind {
    let sample = Array(bytes.prefix(sampleSize))
    return signature(sample) ?? markup(sample) ?? (isBinary(sample) ? .binary : .text)
  }

  private static let signatures: [(bytes: [UInt8], kind: FileKind)] = [
    (Array("%PDF-".utf8), .pdf), (Array("{\\rtf".utf8), .rtf), (Array("!BDN".utf8), .outlookData),
    ([0x89, 0x50, 0x4E, 0x47], .picture), ([0xFF, 0xD8, 0xFF], .picture),
    (Array("GIF8".utf8), .picture), ([0x49, 0x49, 0x2A, 0], .picture),
    ([0x4D, 0x4D, 0, 0x2A], .picture), ([0x1F, 0x8B, 8], .gzip),
    ([0x28, 0xB5, 0x2F, 0xFD], .archive),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .archive), (Array("Rar!\u{1A}".utf8), .archive),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .archive), (Array("BZh91AY&SY".utf8), .archive),
    (Array("SQLite format 3\u{0}".utf8), .database), ([0x7F, 0x45, 0x4C, 0x46], .program),
    ([9, 0, 4, 0], .oldWorkbook), ([9, 2, 6, 0], .oldWorkbook), ([9, 4, 6, 0], .oldWorkbook),
    ([9, 8, 8, 0], .oldWorkbook), ([9, 8, 0x10, 0], .oldWorkbook),
  ]

  private static func signature(_ sample: [UInt8]) -> FileKind? {
    if sample.starts(with: [0x50, 0x4B, 3, 4]) || sample.starts(with: [0x50, 0x4B, 5, 6]) {
      let names = ["[Content_Types].xml", "_rels/", "xl/", "docProps/"].map { Array($0.utf8) }
      let name = sample.dropFirst(30)
      return names.contains { name.starts(with: $0) } ? .workbook : .zip
    }
    if sample.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
      return compound(sample)
    }
    if let found = signatures.first(where: { sample.starts(with: $0.bytes) }) { return found.kind }
    let (fourth, eighth) = (sample.dropFirst(4), sample.dropFirst(8))
    if fourth.starts(with: "Standard Jet DB".utf8) || fourth.starts(with: "Standard ACE DB".utf8) {
      return .database
    }
    let isPhoto = fourth.starts(with: "ftyphe".utf8) || fourth.starts(with: "ftypmif".utf8)
    let isWebP = sample.starts(with: "RIFF".utf8) && eighth.starts(with: "WEBP".utf8)
    return isPhoto || isWebP ? .picture : nil
  }

  /// Which of the programs that share this container wrote a file, by the names of its streams.
  ///
  /// - Parameter sample: a part of the file that has those names.
  /// - Returns: an old workbook, if it has none of them.
  static func compound(_ sample: [UInt8]) -> FileKind {
    let names: [(String, FileKind)] = [
      ("EncryptedPackage", .lockedWorkbook), ("Workbook", .oldWorkbook),
      ("WordDocument", .document),
      ("PowerPoint Document", .document), ("__properties_version1.0", .outlookMessage),
    ]
    for (name, kind) in names where contains(sample, name.utf8.flatMap { [$0, 0] }) { return kind }
    return .oldWorkbook
  }

  /// What marks a text as something else than rows.
  private static func markup(_ sample: [UInt8]) -> FileKind? {
    var marked = MarkedText()
    let plain = marked.add(sample) + marked.finish()
    let space: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]
    let lower = plain.drop { space.contains($0) }.map { byte in
      UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
    }
    func begins(_ text: String) -> Bool { lower.starts(with: text.utf8) }
    func has(_ text: String) -> Bool { contains(lower, Array(text.utf8)) }
    switch lower.first {
    case UInt8(ascii: "<"):
      if begins("<?xml") || begins("<workbook") {
        if has("urn:schemas-microsoft-com:office:spreadsheet") { return .xmlWorkbook }
        return has("<html") || has("<table") ? .html : .xml
      }
      let tags = [
        "!doctype html", "html", "head", "meta", "body", "table", "style", "title", "div",
      ]
      // Many a program begins with a heading or a font, and some with a remark.
      let hasTable = has("<table") && has("<tr")
      return hasTable || tags.contains { isTag(lower, $0) } || begins("<!--") && has("<table")
        ? .html : nil
    case UInt8(ascii: "b"):
      if begins("begin:vcard") { return .vCard }
      return begins("begin:vcalendar") ? .calendar : nil
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      let rest = lower.dropFirst().drop { space.contains($0) }
      return rest.first.map { "\"{[".utf8.contains($0) } == true ? .json : nil
    case UInt8(ascii: "m"): return begins("mime-version:") ? .webArchive : nil
    case UInt8(ascii: "v"): return begins("version: 1") && has("\ndn: ") ? .ldif : nil
    case UInt8(ascii: "d"): return begins("dn: ") && has("\nobjectclass: ") ? .ldif : nil
    default: return nil
    }
  }

  /// Whether a text begins with that tag, and not with an address in angle brackets.
  private static func isTag(_ text: [UInt8], _ name: String) -> Bool {
    let rest = text.dropFirst()
    guard rest.starts(with: name.utf8), let next = rest.dropFirst(name.utf8.count).first else {
      return false
    }
    return " >\t\r\n/".utf8.contains(next)
  }

  /// Whether bytes are no text in any encoding: zeros in odd places and in even ones.
  ///
  /// In UTF-16 a character of East Asia may have a zero where those of ASCII have none, and a program may have
  /// left zeros at the end.
  private static func isBinary(_ sample: [UInt8]) -> Bool {
    guard let last = sample.lastIndex(where: { $0 != 0 }) else { return !sample.isEmpty }
    var zeros = [0, 0]
    for place in 0..<last where sample[place] == 0 { zeros[place % 2] += 1 }
    let (few, many) = (zeros.min() ?? 0, zeros.max() ?? 0)
    return few > last / 50 && 4 * few > many
  }

  private static func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first, bytes.count >= wanted.count else { return false }
    for start in 0...(bytes.count - wanted.count) where bytes[start] == first {
      if bytes[start...].starts(with: wanted) { return true }
    }
    return false
  }
}
