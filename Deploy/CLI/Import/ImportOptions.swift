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

  /// `--value "Column:from=to"`.
  struct Value: Equatable {
    let column: String
    let from: String
    /// Empty for no value.
    let to: String

    /// - Throws: `.usage` when it has another form. A column's name contains no colon, and the last `=`
    ///   separates.
    init(_ text: String) throws(CommandError) {
      guard let colon = text.firstIndex(of: ":"), let equals = text.lastIndex(of: "="),
        colon > text.startIndex, text.index(after: colon) < equals
      else { throw .usage("--value: “\(text)” is not COLUMN:FROM=TO") }
      column = String(text[..<colon])
      from = String(text[text.index(after: colon)..<equals])
      to = String(text[text.index(after: equals)...])
    }
  }

  var entries: [Entry] = []
  /// What is read in place of values.
  var values: [Value] = []
  /// "mdy" or "dmy"; empty for that of the tenant's region.
  var dateOrder = ""
  var isDryRun = false
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

  /// The options of imports of accounts, contacts and deals, which have more.
  init(ofRecords arguments: inout Arguments) throws(CommandError) {
    try self.init(&arguments)
    for text in arguments.takeAll("value") { values.append(try Value(text)) }
    dateOrder = try arguments.take("date-order") ?? ""
    isDryRun = arguments.takeFlag("dry-run")
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
