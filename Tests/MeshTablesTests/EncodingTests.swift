import MeshTestScale
import Testing

@testable import MeshTables

/// Writes text in the encodings that files of people are in.
struct TextWriter {
  let encoding: TableEncoding
  private let bytes: [Unicode.Scalar: [UInt8]]

  init(_ encoding: TableEncoding) {
    self.encoding = encoding
    var bytes: [Unicode.Scalar: [UInt8]] = [:]
    func add(_ some: [UInt8]) {
      guard let table = CharacterTable.of(encoding) else { return }
      let (scalar, length) = table.character(in: some.span, at: 0)
      if scalar != "\u{FFFD}", length == some.count, bytes[scalar] == nil { bytes[scalar] = some }
    }
    for byte in UInt8(0x80)...0xFF { add([byte]) }
    if encoding == .shiftJIS || encoding == .gb18030 {
      for lead in UInt8(0x81)...0xFE { for trail in UInt8(0x40)...0xFE { add([lead, trail]) } }
    }
    self.bytes = bytes
  }

  /// The text's bytes; characters that the encoding does not have are left out.
  func write(_ text: String) -> [UInt8] {
    switch encoding {
    case .utf8: Array(text.utf8)
    case .utf16LE: text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    case .utf16BE: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    default: text.unicodeScalars.flatMap { $0.isASCII ? [UInt8($0.value)] : bytes[$0] ?? [] }
    }
  }

  /// Characters beyond ASCII that it has, some of them with bytes that mean something in ASCII.
  var characters: [Unicode.Scalar] {
    switch encoding {
    case .utf8, .utf16LE, .utf16BE: Array("äéłЖ山😀\u{301}\u{FF0C}".unicodeScalars)
    default:
      bytes.filter { $0.value.count == 1 || [0x5C, 0x7C, 0x41, 0xA1].contains($0.value[1]) }.map(
        \.key
      )
      .sorted().filter { !$0.properties.isWhitespace }
    }
  }
}

@Suite struct `What a file is written in` {
  private static let words: [(TableEncoding, String)] = [
    (
      .windows1252,
      "Zoë Brontë|Café Noir|Müller & Söhne|José Núñez|João Gonçalves|Søren Kjær|O’Brien"
    ),
    (.windows1252, "Peña"), (.windows1252, "Jérôme Benoît"), (.windows1252, "Åsa Sjöström"),
    (.windows1250, "Łukasz Wałęsa|Gdańsk|Wiśniewski|Żak|Zając"),
    (.windows1250, "Dvořák|Černý|Růžička"),
    (.windows1250, "Győr|Erdős|Petőfi|Szűcs"), (.windows1250, "Kovač|Marković|Šimić"),
    (.windows1250, "Timişoara|Constanţa|Iaşi"), (.windows1250, "Wałęsa|Müller|José"),
    (.windows1251, "Иван Берг|Москва"), (.windows1251, "Шевченко|Київ|Юрій"),
    (.windows1251, "ИВАНОВ"),
    (.macRoman, "Müller|José Núñez|Café Noir|François"), (.macRoman, "Jürgen Groß|Köln"),
    (.shiftJIS, "山田太郎|株式会社東京|ソニー"), (.shiftJIS, "鈴木一郎"), (.shiftJIS, "トヨタ自動車"),
    (.gb18030, "张伟|北京市|有限公司"), (.gb18030, "王芳"), (.gb18030, "深圳市南山区|销售经理"),
    (.utf8, "Müller|山田|Иван|Łukasz|😀"), (.utf16LE, "Óle Lund|Ida"), (.utf16BE, "Иван|山田"),
  ]

  @Test(arguments: words) func `is told by the letters of its words`(
    encoding: TableEncoding,
    words: String
  ) {
    let rows = words.split(separator: "|").map { "Ida,\($0),ida@berg.example,plain\r\n" }
    let text = "First Name,Last Name,Email,Company\r\n" + rows.joined()
    let file = WrittenTable(TextWriter(encoding).write(text))
    #expect(file.format.encoding == encoding)
    #expect(file.values.map { $0[1] } == words.split(separator: "|").map(String.init))
    #expect(file.format.remarks == (encoding == .utf8 ? [] : [.encoding(encoding)]))
  }

  @Test(arguments: [TableEncoding.utf8, .utf16LE, .utf16BE])
  func `is what its byte order mark says`(encoding: TableEncoding) {
    let text = "First Name\tLast Name\nIda\tBerg\nÓle\tLund\n"
    let file = WrittenTable(encoding.mark + TextWriter(encoding).write(text))
    #expect(file.format.encoding == encoding)
    #expect(file.format.headings == ["First Name", "Last Name"])
    #expect(file.values == [["Ida", "Berg"], ["Óle", "Lund"]])
    #expect(file.rows().end.offset == file.bytes.count)
  }

  @Test func `is UTF-8 even if a few bytes are broken`() {
    var evidence = EncodingEvidence()
    evidence.add(Array("Müller Jürgen Größe ".utf8) + [0xFC] + Array(" Łódź".utf8))
    #expect(evidence.encoding == .utf8)
  }

  @Test func `is told alike by pieces of any size`() {
    let bytes = TextWriter(.windows1250).write("Wałęsa,Müller\nDvořák,José\n")
    for size in 1...9 {
      var evidence = EncodingEvidence()
      var rest = bytes[...]
      while !rest.isEmpty {
        evidence.add(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      #expect(evidence.encoding == .windows1250)
    }
  }

  @Test func `is undone if it was encoded twice`() {
    let file = WrittenTable(
      "First Name,Last Name\nJÃ¼rgen,MÃ¼ller\nZoÃ«,â€œBrontÃ«â€\u{9D}\nÃ\u{81}rpÃ¡d,x\n"
    )
    #expect(file.format.undoesDoubling)
    #expect(file.format.remarks == [.doublyEncodedUndone])
    #expect(file.values[..<2] == [["Jürgen", "Müller"], ["Zoë", "“Brontë”"]])
  }

  @Test func `is left as it is if only some was encoded twice`() {
    let file = WrittenTable("First Name,Last Name\nJürgen,MÃ¼ller\nZoë,Brontë\n")
    #expect(!file.format.undoesDoubling)
    #expect(file.format.remarks == [.doublyEncoded(example: "MÃ¼ller")])
    #expect(file.values[0] == ["Jürgen", "MÃ¼ller"])
  }

  @Test func `loses a surrogate that stands alone, and no other`() {
    let text = "First Name,Last Name\nIda,Berg\nO"
    var bytes = TextWriter(.utf16LE).write(text)
    bytes += [0x00, 0xD8] + TextWriter(.utf16LE).write("le,😀\n") + [0x41]
    let file = WrittenTable([0xFF, 0xFE] + bytes)
    #expect(file.values == [["Ida", "Berg"], ["O\u{FFFD}le", "😀"]])
    #expect(file.faults == [[], [.brokenText(column: 0)]])
  }
}
