import MeshCore
import MeshProto
import MeshTables
import RecordsAPI

// How a file is understood.
extension ImportReading {
  /// What has to be decided before an import of the file can start.
  ///
  /// - Parameters:
  ///   - choices: what was decided so far.
  ///   - order: the chosen order of dates.
  /// - Returns: a question for each open choice and column.
  func questions(_ choices: ImportChoices, _ order: DateOrder?) -> [ImportQuestion] {
    var questions: [ImportQuestion] = []
    if !columns.contains(where: { $0.group == .imported && !$0.field.isEmpty }) {
      questions.append(mappingQuestion)
    }
    for column in columns where !column.field.isEmpty {
      if column.asks == .decimal, choices.decimalMark == nil {
        let text =
          "Column “\(column.column)” has numbers that can be read in two ways; does a point or a "
          + "comma stand before decimals?"
        questions.append(
          ImportQuestion(
            decision: .decimal,
            column: column.column,
            text: text,
            examples: column.examples
          )
        )
      }
      if column.asks == .dateOrder, order == nil {
        let text =
          "Column “\(column.column)” has dates that can be read in two ways; does the month or the "
          + "day come first?"
        questions.append(
          ImportQuestion(
            decision: .dateOrder,
            column: column.column,
            text: text,
            examples: column.examples
          )
        )
      }
    }
    if ImportChoices.NewValues(rawValue: choices.newValues) == nil {
      questions += valueQuestions
    }
    return questions
  }

  private var mappingQuestion: ImportQuestion {
    let isHeaderless = table.map { !$0.hasHeader } ?? false
    let text =
      isHeaderless
      ? "The file has no heading line; which column fills which field?"
      : "No heading of the file is known; which column fills which field?"
    let headings = columns.prefix(10)
      .map { isHeaderless ? $0.examples.first ?? "" : $0.column }
    return ImportQuestion(decision: .mapping, text: text, examples: Array(headings))
  }

  /// Questions about lists that would get many new values: the column was probably meant for another field.
  private var valueQuestions: [ImportQuestion] {
    let open = newValues.filter { !$0.leftOut }
    let fields = open.map(\.field).reduce(into: [String]()) { fields, field in
      if !fields.contains(field) { fields.append(field) }
    }
    return fields.compactMap { field in
      let values = open.filter { $0.field == field }
      guard values.count > ImportLimits.unaskedValues else { return nil }
      let heading = columns.first { $0.field == field }?.column ?? field
      let count = values.count < 200 ? "\(values.count)" : "200 or more"
      return ImportQuestion(
        decision: .newValues,
        column: heading,
        text: "Column “\(heading)” has \(count) values that the list of \(field) does not have; "
          + "are they to be added, or left out?",
        examples: values.prefix(10).map(\.value)
      )
    }
  }

  /// How the rows are told apart.
  var tableFormat: TableFormat? {
    guard let table else { return nil }
    return TableFormat(
      encoding: TableEncoding(rawValue: table.encoding) ?? .utf8,
      undoesDoubling: table.undoesDoubling,
      delimiter: UInt8(truncatingIfNeeded: table.delimiter),
      quoting: TableFormat.Quoting(rawValue: table.quoting) ?? .doubled,
      headings: columns.map(\.column),
      hasHeader: table.hasHeader,
      usualWidth: Int(table.usualWidth),
      dataOffset: Int(table.dataOffset),
      dataLine: Int(table.dataLine)
    )
  }
}

extension ImportTableFormat {
  init(_ format: TableFormat) {
    self.init(
      encoding: format.encoding.rawValue,
      undoesDoubling: format.undoesDoubling,
      delimiter: Int32(format.delimiter),
      quoting: format.quoting.rawValue,
      hasHeader: format.hasHeader,
      usualWidth: Int32(format.usualWidth),
      dataOffset: Int64(format.dataOffset),
      dataLine: Int64(format.dataLine)
    )
  }
}

extension ImportReadColumn {
  /// How its numbers are read.
  func numbers(_ choices: ImportChoices) -> NumberForm {
    if let mark = choices.decimalMark { return .chosen(mark) }
    let mark = DecimalMark(rawValue: decimal)
    return NumberForm(mark: mark, basis: .values, hasThreeDecimals: hasThreeDecimals)
  }

  /// How its dates are read.
  func dates(_ chosen: DateOrder?) -> DateForm {
    let serial = DateForm.Serial(rawValue: dateSerial)
    if let chosen { return .chosen(chosen, serial: serial) }
    return DateForm(order: DateOrder(rawValue: dateOrder), basis: .values, serial: serial)
  }
}
