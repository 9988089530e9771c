import LeadsAPI
import MeshCore
import RecordsAPI

/// How a file is understood, before anything is made of it.
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
    let imported = reading.columns.filter { $0.group == "imported" }
    if !imported.isEmpty { lines.append("Columns that are imported:") }
    for column in imported {
      let target = column.field.isEmpty ? "" : " = \(column.field)"
      let how = column.readAs.isEmpty ? "" : " (\(column.readAs))"
      lines.append("  \(column.column)\(target)\(how)")
    }
    lines += group("left_out", "Columns that are left out")
    lines += group("empty", "Columns without values")
    lines += values
    for remark in reading.remarks { lines.append("Note: \(remark)") }
    return lines.map(\.printable).joined(separator: "\n")
  }

  private func group(_ name: String, _ title: String) -> [String] {
    let columns = reading.columns.filter { $0.group == name }.map(\.column)
    return columns.isEmpty ? [] : ["\(title): \(columns.joined(separator: ", "))"]
  }

  /// Values that lists do not have, and owners who are nobody.
  private var values: [String] {
    var lines: [String] = []
    var fields: [String] = []
    for value in reading.newValues where !fields.contains(value.field) {
      fields.append(value.field)
    }
    for field in fields {
      let values = reading.newValues.filter { $0.field == field }
      lines.append("New values of \(field): " + Self.list(values.map { ($0.value, $0.rows) }))
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
}

extension ImportQuestion {
  /// The question with the option that answers it.
  var line: String {
    let option =
      switch choice {
      case "decimal": "--decimal point or --decimal comma"
      case "dates": "--dates mdy or --dates dmy"
      case "new_values": "--new-values add or --new-values leave-out"
      default: "--map COLUMN=FIELD"
      }
    let shown = examples.map { "“\($0)”" }.joined(separator: ", ")
    return "\(text) (\(option))" + (shown.isEmpty ? "" : ": \(shown)")
  }
}
