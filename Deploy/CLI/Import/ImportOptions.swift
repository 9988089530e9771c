import LeadsAPI

/// The command line's options for an import.
struct ImportOptions: Equatable {
  /// `--map "Column=field"`.
  struct Entry: Equatable {
    let column: String
    /// Empty to leave the column out.
    let field: String

    /// - Throws: `.usage` when there is no `=`. A column's name may contain `=`: the last one
    ///   separates.
    init(_ text: String) throws(CommandError) {
      guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
        throw .usage("--map: “\(text)” is not COLUMN=FIELD")
      }
      column = String(text[..<equals])
      field = String(text[text.index(after: equals)...])
    }
  }

  var entries: [Entry] = []
  /// Empty for what the service knows about the file's header.
  var sourceSystem = ""
  /// Empty for what the service knows about the file's header.
  var externalIDColumn = ""

  init() {}

  init(_ arguments: inout Arguments) throws(CommandError) {
    for text in arguments.takeAll("map") { entries.append(try Entry(text)) }
    sourceSystem = try arguments.take("source-system") ?? ""
    externalIDColumn = try arguments.take("external-id-column") ?? ""
  }

  /// The service's suggestion, overridden by the command line.
  ///
  /// A field that the command line fills from one column is not filled from any other.
  ///
  /// - Throws: `.failed` when the file has no such column.
  func mapping(
    over suggested: [ColumnMapping],
    of header: CSVHeader
  ) throws(CommandError) -> [ColumnMapping] {
    for entry in entries where !header.columns.contains(entry.column) {
      let columns = header.columns.map { "“\($0)”" }.joined(separator: ", ")
      throw .failed("--map: the file has no column “\(entry.column)”; it has \(columns)")
    }
    let filled = Set(entries.map(\.field)).subtracting([""])
    return suggested.map { suggestion in
      if let entry = entries.last(where: { $0.column == suggestion.column }) {
        return ColumnMapping(column: entry.column, field: entry.field)
      }
      let isTaken = filled.contains(suggestion.field)
      return ColumnMapping(column: suggestion.column, field: isTaken ? "" : suggestion.field)
    }
  }
}
