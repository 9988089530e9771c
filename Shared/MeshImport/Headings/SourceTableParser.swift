/// Reads a source's table, of the form that README.md describes.
struct SourceTableParser {
  static let mostBytes = 64 << 10
  static let mostHeadings = 3_000
  static let mostHeadingBytes = 200
  /// What `<n>` in a heading stands for: 1 to this.
  static let mostNumbers = 9

  /// A word, a colon and what follows, with the lines that continue it.
  private struct Statement {
    let line: Int
    let objects: Set<String>
    let word: String
    var rest: String
  }

  /// Where the next heading of a meaning stands.
  private struct Place: Hashable {
    let meaning: ColumnMeaning
    let objects: Set<String>
  }

  private static let objects: Set = ["lead", "contact", "account", "deal", "task"]

  private let file: String
  private var name = ""
  private var label = ""
  private var pages: [String] = []
  private var unknown: [String] = []
  private var marks: [Set<HeadingKey>] = []
  private var entries: [SourceTable.Entry] = []
  private var beginnings: [SourceTable.Entry] = []
  private var values: [SourceTable.Values] = []
  private var ranks: [Place: Int] = [:]
  private var conditions: [HeadingKey: [SourceTable.Entry]] = [:]
  private var line = 0

  private init(file: String) { self.file = file }

  /// - Parameters:
  ///   - text: of the table.
  ///   - file: its name, for faults.
  /// - Returns: the table.
  /// - Throws: the first fault.
  static func parse(_ text: String, of file: String) throws(SourceTableFault) -> SourceTable {
    var parser = SourceTableParser(file: file)
    guard text.utf8.count <= mostBytes else {
      throw parser.fault("has more than \(mostBytes) bytes")
    }
    for statement in try parser.statements(of: text) {
      parser.line = statement.line
      try parser.take(statement)
    }
    parser.line = 0
    return try parser.finished()
  }

  private func fault(_ rule: String) -> SourceTableFault {
    SourceTableFault(file: file, line: line, rule: rule)
  }

  private mutating func statements(of text: String) throws(SourceTableFault) -> [Statement] {
    var statements: [Statement] = []
    var objects: Set<String> = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      self.line = index + 1
      let content = Self.trimmed(line)
      if content.isEmpty || line.first == "#" { continue }
      if line.first == " " {
        guard let last = statements.indices.last else { throw fault("continues nothing") }
        statements[last].rest += " " + content
      } else if content.first == "[" {
        guard content.last == "]" else { throw fault("must end with ]") }
        objects = Set(content.dropFirst().dropLast().split(separator: " ").map(String.init))
        if objects == ["all"] { objects = [] }
        let strange = objects.subtracting(Self.objects).sorted()
        guard strange.isEmpty else { throw fault("names no kind of record: \(strange[0])") }
      } else {
        guard let colon = content.firstIndex(of: ":") else { throw fault("must have a colon") }
        let rest = Self.trimmed(content[content.index(after: colon)...])
        statements.append(
          Statement(line: self.line, objects: objects, word: String(content[..<colon]), rest: rest)
        )
      }
    }
    return statements
  }

  private mutating func take(_ statement: Statement) throws(SourceTableFault) {
    if statement.rest.isEmpty { throw fault("\(statement.word) says nothing") }
    switch statement.word {
    case "table": name = statement.rest
    case "label": label = statement.rest
    case "page": pages.append(statement.rest)
    case "unknown": unknown += try list(statement.rest)
    case "mark":
      var mark: Set<HeadingKey> = []
      for heading in try list(statement.rest) { mark.insert(try key(of: heading)) }
      marks.append(mark)
    default:
      if statement.word.hasPrefix("value ") {
        return try takeValues(statement.rest, of: String(statement.word.dropFirst(6)))
      }
      guard let meaning = ColumnMeaning(rawValue: statement.word) else {
        throw fault("has an unknown word: \(statement.word)")
      }
      try takeHeadings(statement, meaning)
    }
  }

  private mutating func takeValues(
    _ text: String,
    of words: String
  ) throws(SourceTableFault) {
    let words = Self.sides(of: words)
    guard let meaning = ColumnMeaning(rawValue: Self.trimmed(words.heading)) else {
      throw fault("has an unknown word: \(words.heading)")
    }
    let beside = try words.beside.map { name throws(SourceTableFault) in try key(of: name) }
    let known = values.firstIndex { $0.meaning == meaning && $0.beside == beside }
    let place = known ?? values.endIndex
    if known == nil { values.append(SourceTable.Values(meaning: meaning, beside: beside)) }
    for part in try list(text) {
      let sides = part.split(separator: "=", maxSplits: 1).map(Self.trimmed)
      guard sides.count == 2, !sides[0].isEmpty else { throw fault("must say: value = value") }
      let replaced = SourceTable.Replaced(from: sides[0], to: sides[1])
      guard values[place].texts.updateValue(replaced, forKey: sides[0].lowercased()) == nil else {
        throw fault("replaces \(sides[0]) twice")
      }
    }
  }

  private mutating func takeHeadings(
    _ statement: Statement,
    _ meaning: ColumnMeaning
  ) throws(SourceTableFault) {
    let place = Place(meaning: meaning, objects: statement.objects)
    var rank = ranks[place] ?? 0
    for part in try list(statement.rest) {
      let names = part == "-" ? [] : Self.parts(part, of: "=")
      var width = 1
      for name in names {
        let forms = Self.forms(of: name)
        width = max(width, forms.count)
        for (offset, form) in forms.enumerated() {
          try add(form, meaning, rank: rank + offset, statement.objects)
        }
      }
      rank += width
    }
    ranks[place] = rank
  }

  /// Adds a heading, which may end in `*` and name the one that it stands beside.
  private mutating func add(
    _ text: String,
    _ meaning: ColumnMeaning,
    rank: Int,
    _ objects: Set<String>
  ) throws(SourceTableFault) {
    let sides = Self.sides(of: text)
    let isBeginning = sides.heading.hasSuffix("*")
    let entry = SourceTable.Entry(
      key: try key(of: sides.heading),
      meaning: meaning,
      rank: rank,
      objects: objects,
      beside: try sides.beside.map { name throws(SourceTableFault) in try key(of: name) }
    )
    if isBeginning {
      guard entry.key.text.utf8.count >= 4 else { throw fault("is too short a beginning: \(text)") }
      beginnings.append(entry)
    } else {
      let others = conditions[entry.key, default: []]
      let isTwice = others.contains { other in
        other.beside == entry.beside && other.objects.isEmpty == objects.isEmpty
          && (objects.isEmpty || !other.objects.isDisjoint(with: objects))
      }
      if isTwice { throw fault("has a heading twice: \(text)") }
      conditions[entry.key, default: []].append(entry)
      entries.append(entry)
    }
    guard entries.count + beginnings.count <= Self.mostHeadings else {
      throw fault("has more than \(Self.mostHeadings) headings")
    }
  }

  private func key(of heading: String) throws(SourceTableFault) -> HeadingKey {
    guard heading.utf8.count <= Self.mostHeadingBytes else {
      throw fault("has a heading of more than \(Self.mostHeadingBytes) bytes")
    }
    let key = HeadingKey(heading)
    if key.isEmpty { throw fault("has a heading without letters: \(heading)") }
    return key
  }

  private func finished() throws(SourceTableFault) -> SourceTable {
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
    guard (1...60).contains(name.utf8.count), name.allSatisfy(letters.contains) else {
      throw fault("must have a table name of lower-case letters, digits and underscores")
    }
    if label.isEmpty { throw fault("must have a label") }
    guard !pages.isEmpty, pages.allSatisfy({ $0.hasPrefix("https://") || $0.hasPrefix("http://") })
    else { throw fault("must name the pages that it was read from") }
    if entries.isEmpty { throw fault("must have headings") }
    return SourceTable(
      name: name,
      label: label,
      pages: pages,
      unknown: unknown,
      marks: marks,
      entries: entries,
      beginnings: beginnings,
      values: values
    )
  }

  private func list(_ text: String) throws(SourceTableFault) -> [String] {
    let parts = Self.parts(text, of: "|")
    if parts.contains("") { throw fault("has an empty place between |") }
    return parts
  }
}

extension SourceTableParser {
  private static func trimmed(_ text: some StringProtocol) -> String {
    var text = text[...]
    while let last = text.last, last == " " || last == "\r" || last == "\t" { text.removeLast() }
    while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
    return String(text)
  }

  /// The parts between separators with blanks around them; a sign without blanks belongs to a heading.
  private static func parts(_ text: String, of separator: Character) -> [String] {
    var parts: [String] = []
    var part: [Substring] = []
    for word in text.split(separator: " ") {
      if word.count == 1, word.first == separator {
        parts.append(part.joined(separator: " "))
        part = []
      } else {
        part.append(word)
      }
    }
    parts.append(part.joined(separator: " "))
    return parts
  }

  /// A heading, and the one that it stands beside.
  private static func sides(of text: String) -> (heading: String, beside: String?) {
    let words = text.split(separator: " ")
    guard let place = words.lastIndex(of: "beside"), place > 0, place + 1 < words.count else {
      return (text, nil)
    }
    return (
      words[..<place].joined(separator: " "), words[(place + 1)...].joined(separator: " ")
    )
  }

  /// A heading with each number in the place of `<n>`.
  private static func forms(of heading: String) -> [String] {
    let parts = heading.split(separator: "<n>", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count < 2 { return [heading] }
    return (1...mostNumbers).map { "\(parts[0])\($0)\(parts[1])" }
  }
}
