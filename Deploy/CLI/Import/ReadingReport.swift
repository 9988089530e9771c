import LeadsAPI
import MeshCore
import RecordsAPI

/// How a file is understood, before anything is made of it.
///
/// It says the same as the page, in the same order.
struct ReadingReport {
  private static let mostValues = 10

  private let reading: ImportReading
  private let fileName: String

  init(_ reading: ImportReading, of fileName: String) {
    self.reading = reading
    self.fileName = fileName
  }

  var text: String {
    var lines = ["\(fileName): \(reading.format), \(reading.rows.grouped) rows"]
    if !reading.sourceLabel.isEmpty { lines.append("  written by \(reading.sourceLabel)") }
    if reading.passedOver > 0 {
      lines.append(
        "  passed over: \(reading.passedOver.grouped) blank rows, repeated headings and totals"
      )
    }
    let imported = reading.columns.filter { $0.group == .imported }
    if !imported.isEmpty { lines.append("Columns that are imported:") }
    lines += imported.map(Self.line)
    lines += group(.leftOut, "Columns that are left out")
    lines += group(.empty, "Columns without values")
    lines += distrusted.map { "Ids that are not trusted: \($0)" }
    lines += values
    for remark in reading.remarks where !distrusted.contains(remark) {
      lines.append("Note: \(remark)")
    }
    return lines.map(\.printable).joined(separator: "\n")
  }

  /// A column with what it fills, and how its values are read.
  private static func line(_ column: ImportReadColumn) -> String {
    let target = column.field.isEmpty ? "" : " = \(column.field)"
    let unread = column.unreadable
    let parts = [
      column.readAs,
      unread == 0 ? "" : "\(unread.grouped) value\(unread == 1 ? "" : "s") cannot be read",
    ].filter { !$0.isEmpty }
    let how = parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
    return "  \(column.column)\(target)\(how)"
  }

  private func group(_ group: ImportColumnGroup, _ title: String) -> [String] {
    let columns = reading.columns.filter { $0.group == group }.map(\.column)
    return columns.isEmpty ? [] : ["\(title): \(columns.joined(separator: ", "))"]
  }

  /// Why columns of ids are none.
  private var distrusted: [String] { reading.columns.map(\.distrusted).filter { !$0.isEmpty } }

  /// Values that lists do not have, and owners who are nobody.
  private var values: [String] {
    var lines: [String] = []
    var fields: [String] = []
    for value in reading.newValues where !fields.contains(value.field) {
      fields.append(value.field)
    }
    for field in fields {
      let values = reading.newValues.filter { $0.field == field }
      let isLeftOut = values.allSatisfy(\.leftOut)
      let title =
        isLeftOut ? "Left out, as not in the list of \(field)" : "New values of \(field)"
      lines.append("\(title): " + Self.list(values.map { ($0.value, $0.rows) }))
    }
    if !reading.unknownOwners.isEmpty {
      let list = Self.list(reading.unknownOwners.map { ($0.value, $0.rows) })
      lines.append("Owners who are no members: \(list)")
    }
    return lines
  }

  private static func list(_ values: [(text: String, rows: Int64)]) -> String {
    let shown = values.prefix(mostValues).map { "“\($0.text)” (\($0.rows.grouped))" }
    let more = values.count > shown.count ? " and \(values.count - shown.count) more" : ""
    return shown.joined(separator: ", ") + more
  }

  // MARK: JSON

  func write(to json: inout JSONWriter) {
    json.beginObject()
    for (key, value) in [("format", reading.format), ("source_label", reading.sourceLabel)] {
      json.key(key)
      json.string(value)
    }
    json.key("columns")
    json.beginArray()
    for column in reading.columns { Self.write(column, to: &json) }
    json.endArray()
    json.key("new_values")
    json.beginArray()
    for value in reading.newValues {
      Self.write([("field", value.field), ("value", value.value)], rows: value.rows, to: &json)
    }
    json.endArray()
    json.key("unknown_owners")
    json.beginArray()
    for owner in reading.unknownOwners {
      Self.write([("value", owner.value)], rows: owner.rows, to: &json)
    }
    json.endArray()
    json.key("remarks")
    json.beginArray()
    for remark in reading.remarks { json.string(remark) }
    json.endArray()
    json.endObject()
  }

  private static func write(_ column: ImportReadColumn, to json: inout JSONWriter) {
    json.beginObject()
    for (key, value) in [
      ("column", column.column), ("field", column.field), ("group", column.group.name),
      ("read_as", column.readAs), ("distrusted", column.distrusted),
    ] {
      json.key(key)
      json.string(value)
    }
    json.key("unreadable")
    json.integer(column.unreadable)
    json.endObject()
  }

  private static func write(
    _ texts: [(key: String, value: String)],
    rows: Int64,
    to json: inout JSONWriter
  ) {
    json.beginObject()
    for (key, value) in texts {
      json.key(key)
      json.string(value)
    }
    json.key("rows")
    json.integer(rows)
    json.endObject()
  }
}

extension ImportColumnGroup {
  /// Its name in JSON output.
  fileprivate var name: String {
    switch self {
    case .imported: "imported"
    case .leftOut: "left_out"
    case .empty: "empty"
    case .unspecified, .unrecognized: "unknown"
    }
  }
}

extension ImportQuestion {
  /// The question with the option that answers it.
  var line: String {
    let option =
      switch decision {
      case .decimal: "--decimal point or --decimal comma"
      case .dateOrder: "--dates mdy or --dates dmy"
      case .newValues: "--new-values add or --new-values leave-out"
      case .mapping, .unspecified, .unrecognized: "--map COLUMN=FIELD"
      }
    let shown = examples.map { "“\($0)”" }.joined(separator: ", ")
    return ("\(text) (\(option))" + (shown.isEmpty ? "" : ": \(shown)")).printable
  }
}
