import MeshTestScale
import Testing

@testable import MeshTables

@Suite struct `Any table` {
  private static let delimiters = [",", ";", "\t", "|"].map { Character($0) }

  @Test(arguments: TableEncoding.allCases)
  func `comes back equal from any dialect`(encoding: TableEncoding) {
    let writer = TextWriter(encoding)
    let letters = writer.characters
    for seed in TestScale.seeds(60, long: 3_000) {
      var random = SeededRandom(seed: seed)
      let quoting: TableFormat.Quoting = Bool.random(using: &random) ? .doubled : .backslash
      let delimiter = Self.delimiters.randomElement(using: &random) ?? ","
      let width = Int.random(in: 1...7, using: &random)
      let table = (0..<Int.random(in: 1...12, using: &random)).map { row in
        ["r\(row)"] + (1..<width).map { _ in Self.value(letters, &random) }
      }
      let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
      let lines = table.map { row in
        row.map { Self.written($0, delimiter, quoting, &random) }.joined(
          separator: String(delimiter)
        )
      }
      let text = lines.joined(separator: end) + (Bool.random(using: &random) ? end : "")
      let format = TableFormat(
        encoding: encoding,
        delimiter: delimiter.asciiValue ?? 0,
        quoting: quoting,
        headings: (0..<width).map { "Heading \($0)" }
      )
      let file = WrittenTable(format, writer.write(text))
      let size = Int.random(in: 1...40, using: &random)
      let read = file.rows(slice: { size })
      #expect(read.rows.map(\.values) == table, "seed \(seed)")
      #expect(read.end.offset == file.bytes.count, "seed \(seed)")
    }
  }

  private static func value(_ letters: [Unicode.Scalar], _ random: inout SeededRandom) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...9, using: &random) {
      let isForeign = Int.random(in: 0..<3, using: &random) == 0
      let from = isForeign ? letters : Array("ab \"\",;|\t\\\n\r0".unicodeScalars)
      if let scalar = from.randomElement(using: &random) { text.append(scalar) }
    }
    return String(text)
  }

  private static func written(
    _ value: String,
    _ delimiter: Character,
    _ quoting: TableFormat.Quoting,
    _ random: inout SeededRandom
  ) -> String {
    let special = value.unicodeScalars.contains { "\"\\\r\n".unicodeScalars.contains($0) }
    let isPlain = !special && !value.unicodeScalars.contains { Character($0) == delimiter }
    if isPlain, Bool.random(using: &random) { return value }
    var text = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      if quoting == .backslash, scalar == "\"" || scalar == "\\" { text.append("\\") }
      if quoting == .doubled, scalar == "\"" { text.append("\"") }
      text.append(scalar)
    }
    return "\"\(String(text))\""
  }

  @Test(arguments: [
    TableEncoding.utf8, .utf16LE, .windows1250, .windows1251, .macRoman, .shiftJIS, .gb18030,
  ])
  func `of people is found in any dialect`(encoding: TableEncoding) {
    let words: [String] =
      switch encoding {
      case .windows1251: ["Иван Берг", "Сергей Петров", "Москва", "Наталья"]
      case .shiftJIS: ["山田太郎", "鈴木一郎", "株式会社ソニー", "東京"]
      case .gb18030: ["张伟", "王芳", "北京市", "有限公司"]
      case .windows1250: ["Łukasz", "Wałęsa", "Gdańsk", "Wiśniewski"]
      default: ["Zoë Brontë", "Jürgen Müller", "José Núñez", "François"]
      }
    for delimiter in Self.delimiters {
      for quoting in [TableFormat.Quoting.doubled, .backslash] {
        var random = SeededRandom()
        let table = words.map { [$0, "\($0)\(delimiter) \"Co\"", "a@b.example", "two\nlines"] }
        let rows = [["First Name", "Last Name", "Email", "Description"]] + table
        let text = rows.map { row in
          row.map { Self.written($0, delimiter, quoting, &random) }.joined(
            separator: String(delimiter)
          )
        }
        let file = WrittenTable(TextWriter(encoding).write(text.joined(separator: "\r\n") + "\r\n"))
        #expect(file.format.encoding == encoding)
        #expect(file.format.delimiter == delimiter.asciiValue)
        #expect(file.format.quoting == quoting)
        #expect(file.values == table)
      }
    }
  }
}

@Suite struct `Any bytes` {
  private static let pieces = [
    "a,b\n", "a,b,c\n", "a,b@c,d,e\n", "a,\"b\n", "\"x, y\",", "\"x \"\"y\"\"\",", "\"x \"y\",",
    "z\"\r\n",
    "text\n", "\n", ",", "\"", "\\\"", "long text without an end ",
  ]

  private static func bytes(_ random: inout SeededRandom) -> [UInt8] {
    if Bool.random(using: &random) {
      let count = Int.random(in: 0...80, using: &random)
      return (0..<count).flatMap { _ in Array((pieces.randomElement(using: &random) ?? "").utf8) }
    }
    let special = Array("\"\"\"\",,,,\n\n\r\\  ab@".utf8)
    return (0..<Int.random(in: 0...600, using: &random)).map { _ in
      Int.random(in: 0..<12, using: &random) == 0
        ? UInt8.random(in: .min ... .max, using: &random)
        : special.randomElement(using: &random) ?? 0
    }
  }

  private static func file(_ random: inout SeededRandom) -> WrittenTable {
    let format = TableFormat(
      encoding: TableEncoding.allCases.randomElement(using: &random) ?? .utf8,
      undoesDoubling: Bool.random(using: &random),
      quoting: Bool.random(using: &random) ? .doubled : .backslash,
      headings: (0..<Int.random(in: 0...4, using: &random)).map { "Heading \($0)" },
      usualWidth: Int.random(in: 0...5, using: &random)
    )
    return WrittenTable(format, bytes(&random))
  }

  @Test func `end in rows, the same from pieces of any size and from any row on`() {
    for seed in TestScale.seeds(400, long: 20_000) {
      var random = SeededRandom(seed: seed)
      let file = Self.file(&random)
      let limits =
        Bool.random(using: &random)
        ? RowLimits(valueBytes: 20, rowBytes: .random(in: 64...160, using: &random), values: 3)
        : RowLimits()
      let whole = file.rows(limits)
      let size = Int.random(in: 1...70, using: &random)
      let pieces = file.rows(limits, slice: { size })
      #expect(pieces.rows == whole.rows && pieces.rest == whole.rest, "seed \(seed)")
      #expect(pieces.end == whole.end, "seed \(seed)")
      let rest = file.format.encoding.isUTF16 ? file.bytes.count & 1 : 0
      #expect(whole.end.offset == file.bytes.count - rest, "seed \(seed)")
      let ends = whole.rows.map(\.end.offset)
      #expect(ends == ends.sorted() && Set(ends).count == ends.count, "seed \(seed)")
      if let index = whole.rows.indices.randomElement(using: &random) {
        let later = file.rows(limits, from: whole.rows[index].end)
        #expect(later.rows == Array(whole.rows[(index + 1)...]), "seed \(seed)")
        #expect(later.rest == whole.rest && later.end == whole.end, "seed \(seed)")
      }
    }
  }

  @Test func `are a file of some format`() {
    for seed in TestScale.seeds(200, long: 10_000) {
      var random = SeededRandom(seed: seed)
      let bytes = Self.bytes(&random)
      let known: Set<String> = ["a", "b", "ab"]
      let file = WrittenTable(bytes, known: known)
      #expect(file.values.allSatisfy { $0.count == file.format.headings.count }, "seed \(seed)")
      _ = TableProbe(bytes, isWhole: false) { known.contains($0) }.format()
    }
  }

  /// Each of these would be read again and again from every line if what was found were forgotten.
  @Test(arguments: [
    "a,\"b\"\"\n", "a,\"\"b\n", "a,\"b\n", "\"a,\"a,\"a,", "\"\n", "\"\"\"\n", "a,\"b,c\nx,y\n",
    "\"a\" b,", "\\\"",
    "a,\"\"@b.c\n", "\" ", "\",\n", "a,b@c,\"\"d\n",
  ])
  func `take a time in proportion to their number`(pattern: String) {
    let count = TestScale.count(200_000, long: 2_000_000)
    let bytes = Array(String(repeating: pattern, count: count / pattern.utf8.count).utf8)
    for width in [0, 2, 3] {
      let format = TableFormat(headings: (0..<width).map { "H\($0)" })
      for opening in ["", "x,\"", "x,y,\"open@q.r\n"] {
        let took = ContinuousClock().measure {
          _ = WrittenTable(format, Array(opening.utf8) + bytes).rows(.init(), slice: { 1 << 16 })
        }
        #expect(took < .seconds(20))
      }
    }
  }
}
