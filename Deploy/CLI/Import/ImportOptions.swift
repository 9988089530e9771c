import LeadsAPI
import RecordsAPI

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
  /// "mdy" or "dmy"; empty for what each column shows.
  var dateOrder = ""
  var isDryRun = false
  /// Empty for what the service knows about the file's header.
  var sourceSystem = ""
  /// Empty for what the service knows about the file's header.
  var externalIDColumn = ""
  /// What the person decides; the owner's id is found by `owner`.
  var choices = ImportChoices()
  /// The e-mail address of whoever gets records without an owner; empty for nobody.
  var owner = ""
  /// The file for refused rows; empty for none.
  var refused = ""
  /// The file for rows that were refused or taken with a remark; empty for none.
  var remarks = ""

  init() {}

  init(_ arguments: inout Arguments) throws(CommandError) {
    for text in arguments.takeAll("map") { entries.append(try Entry(text)) }
    for text in arguments.takeAll("value") { values.append(try Value(text)) }
    sourceSystem = try arguments.take("source-system") ?? ""
    externalIDColumn = try arguments.take("external-id-column") ?? ""
    // Both say the same: --date-order is called as the field, and --dates is short.
    let order = try Self.word("date-order", ["mdy", "dmy"], &arguments)
    dateOrder = try Self.word("dates", ["mdy", "dmy"], &arguments)
    if dateOrder.isEmpty { dateOrder = order }
    isDryRun = arguments.takeFlag("dry-run")
    choices.decimal = try Self.word("decimal", ["point", "comma"], &arguments)
    choices.known = try Self.word(
      "known",
      ["fill-empty", "update", "skip", "create"],
      &arguments
    )
    choices.deleted = try Self.word("deleted", ["create", "restore"], &arguments)
    choices.newValues = try Self.word("new-values", ["add", "leave-out"], &arguments)
    choices.region = try arguments.take("country")?.uppercased() ?? ""
    choices.sheet = try arguments.take("sheet") ?? ""
    choices.keepLeftOut = arguments.takeFlag("keep-left-out")
    owner = try arguments.take("owner") ?? ""
    refused = try arguments.take("refused") ?? ""
    remarks = try arguments.take("remarks") ?? ""
  }

  /// An option with one of some words, as the service spells it.
  private static func word(
    _ name: String,
    _ words: [String],
    _ arguments: inout Arguments
  ) throws(CommandError) -> String {
    guard let text = try arguments.take(name) else { return "" }
    guard words.contains(text) else {
      throw .usage("--\(name) must be one of \(words.joined(separator: ", ")), not “\(text)”")
    }
    return String(text.map { $0 == "-" ? "_" : $0 })
  }

  /// Options that take no value.
  static let flags: Set<String> = ["dry-run", "keep-left-out"]

  /// The help of the options.
  static let help: KeyValuePairs<String, String> = [
    "--tenant SUBDOMAIN": "The tenant",
    "--map \"COLUMN=FIELD\"":
      "Fills a field from a column, or leaves the column out (\"COLUMN=\"); may be repeated",
    "--value \"COLUMN:FROM=TO\"":
      "Reads another value in place of one, such as a misspelt one; may be repeated",
    "--decimal MARK": "point or comma, where a column does not show what separates decimals",
    "--dates ORDER": "mdy or dmy, where a column does not show what comes first in 3/1/2017",
    "--known HOW":
      "What becomes of records that are known: fill-empty (default), update, skip or create",
    "--deleted HOW": "What becomes of rows whose record was deleted: create (default) or restore",
    "--new-values HOW": "add or leave-out, for more than 10 values that a list does not have",
    "--country CC": "Country of phone numbers whose row names none. Default: the tenant's",
    "--owner E-MAIL": "The member who gets records without an owner",
    "--sheet NAME": "Sheet of a workbook, or file of an archive. Default: the first",
    "--keep-left-out": "Keeps columns that fill no field as lines of the description",
    "--refused FILE": "Writes refused rows and the reasons into a file",
    "--remarks FILE": "Writes refused rows, rows with a remark, and what was remarked into a file",
    "--dry-run": "Reports what the import would do, and makes nothing",
    "--source-system NAME": "System that made the file. Default: as its header shows, else csv",
    "--external-id-column NAME": "Column that identifies a row. Default: as the header shows",
  ]

  /// The mapping of a file's columns, overridden by the command line.
  ///
  /// A field that the command line fills from one column is not filled from any other.
  ///
  /// - Throws: `.failed` when the file has no such column.
  func mapping(over columns: [ImportReadColumn]) throws(CommandError) -> [ColumnMapping] {
    for entry in entries where !columns.contains(where: { $0.column == entry.column }) {
      let names = columns.map { "“\($0.column)”" }.joined(separator: ", ")
      throw .failed("--map: the file has no column “\(entry.column)”; it has \(names)")
    }
    let filled = Set(entries.map(\.field)).subtracting([""])
    return columns.map { column in
      var field = filled.contains(column.field) ? "" : column.field
      if let entry = entries.last(where: { $0.column == column.column }) { field = entry.field }
      return ColumnMapping(column: column.column, field: field, place: column.index + 1)
    }
  }
}
