import LeadsAPI
import MeshCore
import RecordsAPI

/// What a command prints of an import that has ended, as text or JSON.
struct ImportSummary {
  /// The most rows of a list that it has; `import refused` and `import incomplete` have all.
  static let rowsInJSON = 1_000
  private static let rowsInText = 20
  private static let rowRemarksInText = 50

  let end: Import
  let tenant: String
  let refusedRows: [RefusedRow]
  /// Created records that lack another that their rows name.
  var incomplete: Int64 = 0
  /// What they lack.
  var incompleteRows: [RefusedRow] = []
  /// Whether nothing was made.
  var isDryRun = false
  /// The files that rows were written to, each with what is in it.
  var files: [(path: String, what: String)] = []
  let time: Duration

  private var seconds: Double {
    let (seconds, attoseconds) = time.components
    // To the millisecond.
    return Double(seconds) + Double(attoseconds / 1_000_000_000_000_000) / 1_000
  }

  var hasFailed: Bool { end.state != .succeeded }

  /// Why it failed.
  var failure: String {
    switch end.state {
    case .cancelled: "the import was cancelled; what it had created is kept"
    default: end.failure.isEmpty ? "the import did not succeed" : end.failure
    }
  }

  var text: String {
    var text = "\(end.fileName.printable): \(end.rows.grouped) rows in \(seconds) s (\(end.id))"
    text += isDryRun ? countsOfDryRun : counts
    if end.blank > 0 { text += passedOver }
    for remark in end.remarks { text += "\n\(remark.line)" }
    text += rowRemarks
    text += list(refusedRows, isDryRun ? "Would be refused" : "Refused", all: "refused")
    let incomplete = isDryRun ? "Would be taken, but not linked" : "Taken, but not linked"
    text += list(incompleteRows, incomplete, all: "incomplete")
    for file in files {
      text += "\n" + "\(file.what) and the reasons are in \(file.path)".printable
    }
    return text
  }

  private var passedOver: String {
    "\n  passed over \(end.blank.grouped) blank rows, repeated headings and totals"
  }

  /// The first rows of a list under a title, and the command that lists all of them.
  private func list(_ rows: [RefusedRow], _ title: String, all command: String) -> String {
    if rows.isEmpty { return "" }
    let shown = rows.prefix(Self.rowsInText)
    var text = "\n\(title):" + shown.map { "\n  \($0.text)" }.joined()
    if rows.count > shown.count {
      text += "\nAll \(command) rows: leadmesh import \(command) \(end.id) --tenant \(tenant)"
    }
    return text
  }

  private var counts: String {
    """

      created    \(end.created.grouped)
      duplicates \(end.duplicates.grouped) of these, each linked to the one it repeats
      updated    \(end.updated.grouped)
      restored   \(end.restored.grouped)
      unchanged  \(end.unchanged.grouped)
      refused    \(end.refused.grouped)
    """ + (incomplete == 0 ? "" : "\n  incomplete \(incomplete.grouped) of those taken")
  }

  private var countsOfDryRun: String {
    """
    , a dry run: nothing was made
      would be created    \(end.created.grouped)
      would be duplicates \(end.duplicates.grouped) of these
      would be updated    \(end.updated.grouped)
      would be restored   \(end.restored.grouped)
      would be unchanged  \(end.unchanged.grouped)
      would be refused    \(end.refused.grouped)
    """ + (incomplete == 0 ? "" : "\n  would be incomplete \(incomplete.grouped) of these")
  }

  /// The first remarks on rows, and how many rows have one.
  private var rowRemarks: String {
    if end.rowRemarks.isEmpty { return "" }
    let shown = end.rowRemarks.prefix(Self.rowRemarksInText)
    var text = "\nRemarks on \(end.remarked.grouped) row\(end.remarked == 1 ? "" : "s"):"
    for remark in shown { text += "\n  \(remark.sentence)" }
    let more = end.rowRemarks.count - shown.count
    if more > 0 { text += "\n  and more; --json has the first 500" }
    return text
  }

  var json: JSONWriter {
    var json = JSONWriter(reserving: 4_096)
    json.beginObject()
    for (key, value) in [
      ("import_id", end.id), ("file_name", end.fileName), ("source_system", end.sourceSystem),
      ("state", end.state.name),
    ] {
      json.key(key)
      json.string(value)
    }
    for (key, value) in [
      ("rows", end.rows), ("created", end.created), ("duplicates", end.duplicates),
      ("updated", end.updated), ("restored", end.restored), ("unchanged", end.unchanged),
      ("refused", end.refused), ("blank", end.blank), ("incomplete", incomplete),
    ] {
      json.key(key)
      json.integer(value)
    }
    if isDryRun {
      json.key("dry_run")
      json.bool(true)
    }
    if let reading = end.reading {
      json.key("reading")
      ReadingReport(reading, of: end.fileName).write(to: &json)
    }
    json.key("refused_rows")
    json.beginArray()
    for row in refusedRows { row.write(to: &json) }
    json.endArray()
    json.key("incomplete_rows")
    json.beginArray()
    for row in incompleteRows { row.write(to: &json) }
    json.endArray()
    json.key("remarks")
    json.beginArray()
    for remark in end.remarks { remark.write(to: &json) }
    json.endArray()
    json.key("row_remarks")
    json.beginArray()
    for remark in end.rowRemarks { remark.write(to: &json) }
    json.endArray()
    if hasFailed {
      json.key("failure")
      json.string(failure)
    }
    json.key("seconds")
    json.double(seconds)
    json.endObject()
    return json
  }
}

extension ImportState {
  /// Its name in JSON output.
  var name: String {
    switch self {
    case .receiving: "receiving"
    case .running: "running"
    case .succeeded: "succeeded"
    case .failed: "failed"
    case .cancelled: "cancelled"
    case .surveying: "surveying"
    case .ready: "ready"
    case .undoing: "undoing"
    case .undone: "undone"
    case .paused: "paused"
    case .unspecified, .unrecognized: "unknown"
    }
  }
}

extension RefusedRow {
  /// One line that names the place and the rule.
  var text: String {
    let place = column.isEmpty ? field : column
    return "line \(line.grouped)\(place.isEmpty ? "" : ", \(place)"): \(reason)".printable
  }

  func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("line")
    json.integer(line)
    for (key, value) in [("column", column), ("field", field), ("reason", reason)] {
      json.key(key)
      json.string(value)
    }
    json.endObject()
  }
}

extension ImportRemark {
  fileprivate var line: String {
    "Note: \(field) “\(value)” \(text), in \(rows.grouped) row\(rows == 1 ? "" : "s")".printable
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    for (key, value) in [("field", field), ("value", value), ("text", text)] {
      json.key(key)
      json.string(value)
    }
    json.key("rows")
    json.integer(rows)
    json.endObject()
  }
}

extension ImportRowRemark {
  /// One line that names the place, the value and what was done with it.
  fileprivate var sentence: String {
    let place = column.isEmpty ? "" : ", \(column)"
    let quoted = value.isEmpty ? "" : " “\(value)”"
    return "line \(line.grouped)\(place):\(quoted) \(text)".printable
  }

  fileprivate func write(to json: inout JSONWriter) {
    json.beginObject()
    json.key("line")
    json.integer(line)
    for (key, value) in [("column", column), ("value", value), ("text", text)] {
      json.key(key)
      json.string(value)
    }
    json.endObject()
  }
}
