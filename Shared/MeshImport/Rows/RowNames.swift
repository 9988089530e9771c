import MeshCore
import MeshProto
import MeshRecords
import MeshTables

// Names of people: whole ones are split by the rules of their script.
extension RowReader {
  private static var firstName: RecordField? { Record.schema["first_name"] }
  private static var lastName: RecordField? { Record.schema["last_name"] }
  /// Whether the records are about people, who have two names.
  static var hasNames: Bool { firstName != nil && lastName != nil }

  func fillNames(_ draft: inout RowDraft<Record>) {
    guard let first = Self.firstName, let last = Self.lastName else { return }
    let parts = [first, last].map { field in
      let columns = layout.fields.first { $0.field.name == field.name }?.columns ?? []
      return draft.first(columns, as: .person)
    }
    // Null is a name beside another one: `Jennifer Null`, but not `Null Null`.
    let isNobody = parts.allSatisfy { part in part.map { Placeholder.isOne($0.1) } ?? false }
    for (field, part) in zip([first, last], parts) where !isNobody {
      if let (column, text) = part { draft.set(field, to: text, from: column) }
    }
    // What a record of ours is called is made of its own fields.
    if !draft.source.isOwn, let (column, text) = draft.first(layout.wholeNames, as: .person) {
      switch PersonName.read(text) {
      case .empty: break
      case .unreadable(let reason): draft.leaveOut(column, text, reason)
      case .value(let name): take(name, column, &draft)
      }
    }
    if let (column, middle) = draft.first(layout.middleNames, as: .person) {
      let given = draft.record.value(of: first).text ?? ""
      if given.isEmpty {
        draft.set(first, to: middle, from: column)
      } else if !given.split(separator: " ").contains(middle[...]) {
        // People are called by their first name.
        draft.keep(column.heading, middle)
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

  /// Fills first and last name, as far as the row has neither in columns of their own.
  private func take(
    _ name: PersonName,
    _ column: SettledColumn?,
    _ draft: inout RowDraft<Record>
  ) {
    guard let first = Self.firstName, let last = Self.lastName else { return }
    let hasFirst = draft.filled.contains(first.name)
    let hasLast = draft.filled.contains(last.name)
    if !name.company.isEmpty {
      let own = [first, last].compactMap { draft.record.value(of: $0).text }
      // Jane Hotel is a person where her names have columns.
      let whole = LooseText.form(of: own.joined(separator: " "))
      if whole != LooseText.form(of: name.company) { take(company: name.company, column, &draft) }
      return
    }
    if hasFirst, hasLast { return }
    if hasFirst || hasLast { return complete(hasFirst ? last : first, by: name, column, &draft) }
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

  /// Takes the part that is missing from a whole name, if its other part is the one that the row has.
  private func complete(
    _ missing: RecordField,
    by name: PersonName,
    _ column: SettledColumn?,
    _ draft: inout RowDraft<Record>
  ) {
    guard let column, let first = Self.firstName, let last = Self.lastName else { return }
    let isFirst = missing.name == first.name
    let (part, other) = isFirst ? (name.first, name.last) : (name.last, name.first)
    let known = draft.record.value(of: isFirst ? last : first).text ?? ""
    if part.isEmpty || LooseText.form(of: other) != LooseText.form(of: known) {
      let whole = [name.first, name.last].filter { !$0.isEmpty }.joined(separator: " ")
      if LooseText.form(of: whole) != LooseText.form(of: known) {
        draft.keep(column.heading, draft.text(column, as: .person))
      }
      return
    }
    draft.set(missing, to: part, from: column)
  }

  /// A name that is a company's, in a row that names no other company.
  private func take(
    company: String,
    _ column: SettledColumn?,
    _ draft: inout RowDraft<Record>
  ) {
    guard let column else { return }
    guard let field = Record.schema["company_name"] else {
      draft.keep(column.heading, company)
      return
    }
    let own = layout.fields.first { $0.field.name == field.name }?.columns ?? []
    if let (_, known) = draft.first(own, as: .organization) {
      if LooseText.form(of: known) != LooseText.form(of: company) {
        draft.keep(column.heading, company)
      }
    } else {
      draft.set(field, to: company, from: column)
    }
  }
}
