import MeshCore
import MeshRecords
import MeshTables
import RecordsAPI

/// Makes a reading of what a survey found.
struct SurveyReport {
  private let header: Header
  private let mapping: ImportMapping
  private let format: TableFormat
  private let container: ConvertedTable?
  private let identifier: Int?

  /// - Parameters:
  ///   - header: what the headings say.
  ///   - mapping: of the whole file.
  ///   - format: how its rows are written.
  ///   - container: what the rows were in; nil for a text.
  ///   - identifier: the place of the column that identifies rows.
  init(
    _ header: Header,
    _ mapping: ImportMapping,
    _ format: TableFormat,
    _ container: ConvertedTable?,
    _ identifier: Int?
  ) {
    self.header = header
    self.mapping = mapping
    self.format = format
    self.container = container
    self.identifier = identifier
  }

  func reading(_ result: SurveyPass.Result, region: String) -> ImportReading {
    var targets: [Int: String] = [:]
    for column in mapping.columns {
      if let place = header.place(of: column.heading, column.index) {
        targets[place] = column.field ?? ""
      }
    }
    var columns = result.columns.map { survey in
      survey.readColumn(as: targets[survey.column.index] ?? "", region: region)
    }
    var remarks = format.remarks.map(\.text) + (container?.remarks ?? []).map(Self.sentence)
    if let identifier, let fault = result.columns[identifier].identifierFault {
      let text = fault.text(result.columns[identifier].column.heading)
      columns[identifier].distrusted = text
      remarks.append(text)
    } else if let identifier, columns[identifier].field.isEmpty {
      columns[identifier].readAs = "the id of the row"
      if columns[identifier].group == .leftOut { columns[identifier].group = .imported }
    }
    for column in header.meanings.columns where column.looksLikeWish {
      if targets[column.index]?.isEmpty ?? true {
        remarks.append(
          "“\(column.heading)” seems to be about being contacted, but is not understood; it was left out."
        )
      }
    }
    let passedOver = result.passedOver
    return ImportReading(
      format: format.words(in: container),
      sourceSystem: mapping.sourceSystem,
      sourceLabel: SourceTables.known[mapping.sourceSystem]?.label ?? "",
      columns: columns,
      remarks: remarks.prefix(ImportLimits.readingRemarks)
        .map { $0.cut(maxBytes: ImportLimits.readingRemarkBytes) },
      rows: Int64(result.rows),
      passedOver: Int64(passedOver.empty + passedOver.headers + passedOver.footers),
      table: ImportTableFormat(format),
      part: container?.part ?? ""
    )
  }

  private static func sentence(_ clause: String) -> String {
    clause.prefix(1).uppercased() + clause.dropFirst() + (clause.hasSuffix(".") ? "" : ".")
  }
}

extension ImportMapping {
  /// What is read in place of a value of a column; nil when it stays.
  func replacement(of text: String, in column: SettledColumn) -> String? {
    let key = UnicodeText.folded(TextForm.cleaned(text))
    return values.first { value in
      (value.index.map { $0 == column.index } ?? (value.heading == column.heading))
        && UnicodeText.folded(TextForm.cleaned(value.from)) == key
    }?.to
  }
}
