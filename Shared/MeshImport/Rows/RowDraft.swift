import MeshCore
import MeshPhone
import MeshProto
import MeshRecords
import MeshTables

/// A row of a file on its way to a record.
struct RowDraft<Record: StoredRecord>: Sendable {
  let row: TableRow
  private let descriptionField: RecordField?
  var record = Record()
  /// The names of the fields that the row fills.
  private(set) var filled: Set<String> = []
  private(set) var remarks: [RowRemark] = []
  /// Lines for the description.
  private(set) var lines: [String] = []
  var source: ImportSource

  init(_ row: TableRow, descriptionField: RecordField?, _ source: ImportSource) {
    self.row = row
    self.descriptionField = descriptionField
    self.source = source
  }

  /// The text of a cell without what spreadsheets add around it; empty for a placeholder such as `N/A`.
  ///
  /// - Parameters:
  ///   - column: of the cell.
  ///   - kind: of value that belongs there.
  /// - Returns: the text.
  func text(_ column: SettledColumn, as kind: Placeholder.Kind = .value) -> String {
    let text = CellText.plain(cell(column))
    return text.isEmpty || Placeholder.isOne(text, as: kind) ? "" : text
  }

  /// A cell as it is in the file, or what is read in its place.
  func cell(_ column: SettledColumn) -> String {
    if let value = source.replacement(in: column) { return value }
    return column.index < row.values.count ? row.values[column.index] : ""
  }

  /// The text of the first column with one, and the column.
  func first(
    _ columns: [SettledColumn],
    as kind: Placeholder.Kind = .value
  ) -> (SettledColumn, String)? {
    for column in columns {
      let text = text(column, as: kind)
      if !text.isEmpty { return (column, text) }
    }
    return nil
  }

  mutating func set(_ field: RecordField, to value: FieldValue) {
    record.set(field, to: value)
    filled.insert(field.name)
  }

  /// Fills a field with a text; one that is too long is cut, and is whole in the description.
  mutating func set(_ field: RecordField, to text: String, from column: SettledColumn) {
    guard text.isStreamSafe else {
      let most = String.mostCombiningMarks
      return leaveOut(column, text, "has more than \(most) combining marks in a row")
    }
    let most = field.rule.maxLength
    guard most > 0, text.utf8.count > most, text.unicodeScalars.count > most else {
      return set(field, to: .text(text))
    }
    guard field.rule.isCuttable else {
      return leaveOut(column, text, "has more than \(most) characters")
    }
    let cut = String(String.UnicodeScalarView(text.unicodeScalars.prefix(most)))
    set(field, to: .text(cut))
    let isKept = keep(column.heading, text)
    let rest = isKept ? ", and is whole in the description" : ""
    remark(column, text, "has more than \(most) characters; it was cut\(rest)")
  }

  mutating func clear(_ field: RecordField) {
    record.set(field, to: .none)
    filled.remove(field.name)
  }

  /// Remarks that a value was left out.
  mutating func leaveOut(_ column: SettledColumn, _ value: String, _ reason: String) {
    remark(column, value, "was left out, as it \(reason)")
  }

  mutating func remark(_ column: SettledColumn?, _ value: String, _ text: String) {
    remarks.append(
      RowRemark(
        line: row.line,
        heading: column?.heading ?? "",
        value: value,
        text: text
      )
    )
  }

  /// Keeps a text as a line of the description.
  ///
  /// - Returns: false when the record has no description.
  @discardableResult
  mutating func keep(_ label: String, _ text: String) -> Bool {
    guard descriptionField != nil, text.isStreamSafe else { return false }
    let line = label.isEmpty ? text : "\(label): \(text)"
    if !lines.contains(line) { lines.append(line) }
    return true
  }

  /// Keeps a text as a line of the description, or remarks that it was left out where the record has none.
  mutating func keep(_ label: String, _ text: String, from column: SettledColumn) {
    if !keep(label, text) { leaveOut(column, text, "has no place in the record") }
  }

  /// The whole description: what its columns say, then the lines that were kept.
  mutating func describe(_ parts: [(column: SettledColumn, text: String)]) {
    guard let descriptionField, !parts.isEmpty || !lines.isEmpty else { return }
    let own = [HeadingKey(descriptionField.name), HeadingKey(descriptionField.label)]
    var texts: [String] = []
    for (place, part) in parts.enumerated() {
      let isPlain =
        own.contains(HeadingKey(part.column.heading))
        || part.column.meaning == .description && place == 0
      texts.append(isPlain ? part.text : "\(part.column.heading): \(part.text)")
    }
    let text = (texts + lines).joined(separator: "\n")
    if text.isEmpty { return }
    let most = descriptionField.rule.maxLength
    guard most > 0, text.unicodeScalars.count > most else {
      return set(descriptionField, to: .text(text))
    }
    set(
      descriptionField,
      to: .text(String(String.UnicodeScalarView(text.unicodeScalars.prefix(most))))
    )
    remark(parts.first?.column, "", "the description has more than \(most) characters; it was cut")
  }
}

extension FieldRule {
  /// Whether the beginning of a value is a value: not so of an address or a number.
  fileprivate var isCuttable: Bool {
    guard choices.isEmpty, picklist.isEmpty else { return false }
    return format == .line || format == .paragraph || format == .verbatim
  }
}
