import MeshCore
import MeshProto
import MeshRecords
import MeshTables

// Names of people: whole ones are split by the rules of their script.
extension RowReader {
  private static var firstName: RecordField? { Record.schema["first_name"] }
  private static var lastName: RecordField? { Record.schema["last_name"] }

  func fillNames(_ draft: inout RowDraft<Record>) {
    guard let first = Self.firstName, let last = Self.lastName else { return }
    for field in [first, last] {
      let columns = layout.fields.first { $0.field.name == field.name }?.columns ?? []
      if let (column, text) = draft.first(columns, isName: true) {
        draft.set(field, to: text, from: column)
      }
    }
    // What a record of ours is called is made of its own fields.
    if !draft.source.isOwn, let (column, text) = draft.first(layout.wholeNames, isName: true) {
      switch PersonName.read(text) {
      case .empty: break
      case .unreadable(let reason): draft.leaveOut(column, text, reason)
      case .value(let name): take(name, column, &draft)
      }
    }
    if let (column, middle) = draft.first(layout.middleNames, isName: true) {
      let given = draft.record.value(of: first).text ?? ""
      let whole = given.isEmpty ? middle : "\(given) \(middle)"
      if !given.split(separator: " ").contains(middle[...]) {
        draft.set(first, to: whole, from: column)
      }
    }
    for column in layout.nameNotes {
      let text = draft.text(column)
      if !text.isEmpty { draft.keep(column.heading, text) }
    }
  }

  /// Takes the name that stands before an e-mail address, for a row that has none.
  func fillName(_ text: String, _ draft: inout RowDraft<Record>) {
    guard let name = PersonName.read(text).value else { return }
    take(name, nil, &draft)
  }

  /// Fills first and last name, if the row has neither in columns of their own.
  private func take(
    _ name: PersonName,
    _ column: SettledColumn?,
    _ draft: inout RowDraft<Record>
  ) {
    guard let first = Self.firstName, let last = Self.lastName,
      !draft.filled.contains(first.name), !draft.filled.contains(last.name)
    else { return }
    if !name.company.isEmpty {
      take(company: name.company, column, &draft)
      return
    }
    for (field, part) in [(first, name.first), (last, name.last)] where !part.isEmpty {
      if let column {
        draft.set(field, to: part, from: column)
      } else if part.unicodeScalars.count <= field.rule.maxLength {
        draft.set(field, to: .text(part))
      }
    }
    for (label, part) in [
      ("Title", name.title), ("Suffix", name.suffix), ("Also called", name.note),
    ] where !part.isEmpty {
      draft.keep(label, part)
    }
  }

  /// A name that is a company's, in a row that names no other company.
  private func take(
    company: String,
    _ column: SettledColumn?,
    _ draft: inout RowDraft<Record>
  ) {
    guard let field = Record.schema["company_name"], let column else { return }
    let own = layout.fields.first { $0.field.name == field.name }?.columns ?? []
    if draft.first(own, isName: true) == nil {
      draft.set(field, to: company, from: column)
    } else {
      draft.keep(column.heading, company)
    }
  }
}
