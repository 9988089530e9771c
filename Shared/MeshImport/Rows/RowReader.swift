import MeshCore
import MeshPhone
import MeshProto
import MeshRecords
import MeshTables
import RecordsAPI

/// Turns the rows of a file into drafts of records.
struct RowReader<Record: StoredRecord>: Sendable {
  let layout: RowLayout
  let forms: RowForms
  /// The country of phone numbers whose row names none.
  let region: String
  private let columns: [SettledColumn]
  /// Whether the file has another column behind these, with the reasons of an earlier import.
  private let hasReason: Bool
  /// The column that identifies rows, if its values can.
  private let identifier: Int?
  /// The replacements for cells, by column and the value in lower case.
  private let values: [Int: [String: ImportMapping.Value]]
  private let schema: RecordSchema
  private let keepsLeftOut: Bool
  /// The fields whose columns name others that a record can be without.
  private let dispensableRelations: Set<String>
  private let space: String
  /// The source system, by which ids have forms.
  private let system: String

  /// A reader of a file that was surveyed.
  ///
  /// - Parameters:
  ///   - job: the import.
  ///   - reading: of its file.
  ///   - plan: of its records.
  ///   - schema: of the records.
  ///   - conventions: of the tenant.
  /// - Throws: INVALID_ARGUMENT when the mapping names a column that the file lacks.
  init<Plan: ImportPlan>(
    _ job: ImportJob,
    _ reading: ImportReading,
    _ plan: Plan,
    _ schema: RecordSchema,
    _ conventions: ImportConventions
  ) throws(MeshError) where Plan.Record == Record {
    let relations = Set(plan.relations.keys)
    let mapping = job.mapping
    let header = Header(
      reading.columns.map(\.column),
      schema,
      relations,
      from: mapping.sourceSystem
    )
    hasReason = reading.table?.hasReason ?? false
    let all = try header.columns(of: mapping, schema, relations)
    columns = Array(all.dropLast(hasReason ? 1 : 0))
    layout = RowLayout(
      columns,
      schema,
      relations: relations,
      descriptionField: plan.descriptionField
    )
    forms = RowForms(reading, job.choices, mapping.dateOrder, conventions)
    region = job.choices.region.isEmpty ? conventions.region : job.choices.region
    let place = mapping.externalID.flatMap { header.place(of: $0, nil) }
    identifier = place.flatMap { reading.columns[$0].distrusted.isEmpty ? $0 : nil }
    var values: [Int: [String: ImportMapping.Value]] = [:]
    for value in mapping.values {
      guard let index = header.place(of: value.heading, value.index) else {
        throw .invalid(
          "values",
          "the file has no column “\(value.heading)”"
        )
      }
      let key = UnicodeText.folded(TextForm.cleaned(value.from))
      if values[index]?[key] == nil { values[index, default: [:]][key] = value }
    }
    self.values = values
    self.schema = schema
    keepsLeftOut = job.choices.keepLeftOut
    dispensableRelations = Set(plan.relations.keys).subtracting(plan.essential)
    space = plan.keySpace
    system = mapping.sourceSystem
  }

  /// The heading of the column that fills a field in this file.
  func heading(of field: String) -> String {
    columns.first { $0.field?.name == field }?.heading ?? ""
  }

  /// Reads a row.
  ///
  /// - Parameters:
  ///   - row: of the file.
  ///   - phones: the phone cells that were read before, in any row.
  /// - Returns: the row, with what was noticed.
  func row(_ row: TableRow, _ phones: inout PhoneCells) -> ImportRow<Record> {
    let id = identifier.map { $0 < row.values.count ? IdentifierEvidence.id(row.values[$0]) : "" }
    var draft = RowDraft<Record>(
      row,
      descriptionField: layout.descriptionField,
      ImportSource(
        externalID: id ?? "",
        isOwn: id.map { IDWords($0, prefix: schema.idPrefix) != nil } ?? false
      )
    )
    replace(&draft)
    var check = FieldCheck()
    noteFaults(of: row, &draft, &check)
    leaveOutErrors(&draft)
    fillNames(&draft)
    fillFields(&draft)
    fillRelations(&draft, &check)
    fillEmails(&draft)
    fillAddresses(&draft)
    fillPhones(&draft, &phones)
    fillWebsites(&draft)
    fillWishes(&draft)
    fillDescription(&draft)
    settle(&draft)
    let externalID = draft.source.externalID
    let keys = externalID.isEmpty ? [] : RowKey.keys(of: externalID, from: system, in: space)
    return ImportRow(
      line: row.line,
      idKey: keys.first,
      otherIDKeys: Array(keys.dropFirst()),
      // A row is known by the values that it has in the file, without those that a short one lacks.
      valuesKey: RowKey(values: Array(own(row.values).prefix(row.count)), in: space),
      draft: draft.record,
      filled: draft.filled,
      violations: check.violations,
      remarks: draft.remarks,
      source: draft.source,
      values: own(row.values + row.extraValues)
    )
  }

  /// The values of a row without the reason of an earlier import.
  private func own(_ values: [String]) -> [String] {
    hasReason ? Array(values.dropLast()) : values
  }

  /// Notes what is read in place of cells.
  private func replace(_ draft: inout RowDraft<Record>) {
    if values.isEmpty { return }
    for column in columns {
      guard let known = values[column.index], column.index < draft.row.values.count else {
        continue
      }
      let cell = CellText.plain(draft.row.values[column.index])
      guard !cell.isEmpty, cell.isStreamSafe else { continue }
      let text = TextForm.cleaned(cell)
      guard let value = known[UnicodeText.folded(text)] else { continue }
      draft.source.replace(column, text, by: value.to)
    }
  }

  /// Remarks what was wrong with the row; one whose values may stand under the wrong headings is refused.
  private func noteFaults(
    of row: TableRow,
    _ draft: inout RowDraft<Record>,
    _ check: inout FieldCheck
  ) {
    for fault in row.faults {
      if case .extraValues = fault {
        check.refuse("", fault.text)
        continue
      }
      let column = fault.column.flatMap { columns.indices.contains($0) ? columns[$0] : nil }
      let value = column.map { $0.index < row.values.count ? row.values[$0.index] : "" } ?? ""
      draft.remark(column, value, fault.text)
    }
  }

  /// Leaves out errors of a spreadsheet, such as `#N/A`, of fields of any type.
  ///
  /// In columns about being contacted they count as a wish.
  private func leaveOutErrors(_ draft: inout RowDraft<Record>) {
    for column in columns where !column.isLeftOut && column.meaning?.wish == nil {
      guard column.index < draft.row.values.count,
        draft.source.replacement(in: column) == nil
      else { continue }
      let cell = draft.row.values[column.index]
      guard cell.utf8.first(where: { $0 > 0x20 }) == UInt8(ascii: "#"),
        SpreadsheetDamage.of(cell) == .error
      else { continue }
      draft.leaveOut(column, CellText.plain(cell), SpreadsheetDamage.error.reason)
      draft.source.drop(column)
    }
  }

  /// Fills the fields that take the first value of their columns.
  private func fillFields(_ draft: inout RowDraft<Record>) {
    let currency = draft.first(layout.currencies).map { forms.currency($0.1) } ?? .empty
    for filling in layout.fields where !draft.filled.contains(filling.field.name) {
      // The names of people are filled already.
      let kind = filling.field.placeholders
      if kind == .person, Self.hasNames { continue }
      for column in filling.columns {
        let text = draft.text(column, as: kind)
        if text.isEmpty { continue }
        if fill(filling.field, text, column, currency, &draft) { break }
      }
    }
  }

  /// - Returns: whether the field has a value now.
  private func fill(
    _ field: RecordField,
    _ text: String,
    _ column: SettledColumn,
    _ currency: CellReading<CurrencyCode>,
    _ draft: inout RowDraft<Record>
  ) -> Bool {
    if field.type == .text {
      draft.set(field, to: field.choice(of: text) ?? text, from: column)
      return draft.filled.contains(field.name)
    }
    if field.type == .integer, column.meaning == .employees {
      return fillHeadCount(field, text, column, &draft)
    }
    if field.type == .money, currency.fault != nil {
      draft.leaveOut(column, text, "is in a currency that is not known")
      return false
    }
    switch forms.value(of: text, column, as: field, currency: currency.value) {
    case .empty: return false
    case .value(let value):
      draft.set(field, to: value)
      return true
    case .unreadable(let reason):
      draft.leaveOut(column, text, reason)
      return false
    }
  }

  /// Reads a number of people; of a range the lower bound counts, and the description has it whole.
  private func fillHeadCount(
    _ field: RecordField,
    _ text: String,
    _ column: SettledColumn,
    _ draft: inout RowDraft<Record>
  ) -> Bool {
    switch forms.headCount(text, column) {
    case .empty: return false
    case .unreadable(let reason):
      draft.leaveOut(column, text, reason)
      return false
    case .value(let count):
      guard let number = count.atLeast ?? count.atMost, number <= Int64(Int32.max) else {
        draft.leaveOut(column, text, "is too large")
        return false
      }
      draft.set(field, to: .integer(number))
      if count.single == nil || count.isApproximate {
        let isKept = draft.keep(column.heading, text)
        let rest = isKept ? "; the description has it as it is" : ""
        draft.remark(column, text, "was read as \(number)\(rest)")
      }
      return true
    }
  }

  /// Notes the texts by which the row refers to other records.
  private func fillRelations(_ draft: inout RowDraft<Record>, _ check: inout FieldCheck) {
    for filling in layout.relations {
      let texts = filling.columns.map { TextForm.cleaned(draft.text($0, as: .organization)) }
        .filter { !$0.isEmpty }
      let names = texts.filter {
        $0.unicodeScalars.count <= ImportLimits.nameLength && $0.isStreamSafe
      }
      if names.isEmpty, let text = texts.first, let column = filling.columns.first {
        let isLong = text.unicodeScalars.count > ImportLimits.nameLength
        let most = isLong ? ImportLimits.nameLength : String.mostCombiningMarks
        let unit = isLong ? "characters" : "combining marks in a row"
        if dispensableRelations.contains(filling.field.name) {
          draft.leaveOut(column, text, "has more than \(most) \(unit)")
        } else {
          check.refuse(filling.field.name, "must have at most \(most) \(unit)")
        }
      }
      draft.source.names[filling.field.name] = names.first
      if names.count > 1 {
        draft.source.otherNames[filling.field.name] = Array(names.dropFirst())
      }
    }
  }

  private func fillDescription(_ draft: inout RowDraft<Record>) {
    var parts: [(column: SettledColumn, text: String)] = []
    for column in layout.descriptions {
      let text = draft.text(column)
      if text.isEmpty { continue }
      guard text.isStreamSafe else {
        let most = String.mostCombiningMarks
        draft.leaveOut(column, text, "has more than \(most) combining marks in a row")
        continue
      }
      parts.append((column, text))
    }
    for column in layout.noted {
      let text = draft.text(column)
      let moment = text.isEmpty ? "" : forms.moment(text, column)
      if moment.isEmpty { continue }
      if draft.source.isOwn {
        draft.source.notes.append("\(column.heading): \(moment)")
      } else {
        draft.keep(column.heading, moment)
      }
    }
    for column in keepsLeftOut ? layout.leftOut : [] {
      let text = draft.text(column)
      if !text.isEmpty, SpreadsheetDamage.of(text) != .error { draft.keep(column.heading, text) }
    }
    draft.describe(parts)
  }

  /// Leaves out values that break the rules of their fields, so that they do not cost the record.
  ///
  /// What is required stays, and refuses the row.
  private func settle(_ draft: inout RowDraft<Record>) {
    var record = draft.record
    var check = FieldCheck()
    do throws(MeshError) {
      try record.conform(to: schema, &check)
    } catch {
      // Such a record is refused when it is made, for the same reason.
      return
    }
    for violation in check.violations {
      guard let field = schema[violation.field], !field.traits.contains(.required),
        draft.filled.contains(field.name)
      else { continue }
      let column = columns.first { $0.field?.name == field.name }
      let value = column.map { draft.cell($0) } ?? ""
      draft.clear(field)
      draft.remark(column, value, "was left out: it \(violation.description)")
    }
    if check.violations.isEmpty { draft.record = record }
  }
}

extension TableRow {
  /// What it has beyond the last column.
  fileprivate var extraValues: [String] {
    for case .extraValues(_, let values) in faults { return values }
    return []
  }
}
