import MeshCore
import MeshPhone
import MeshProto
import MeshRecords
import MeshTables

/// The phone cells of a batch: each text is read once, as reading takes longer than everything else about a row.
struct PhoneCells {
  private struct Key: Hashable {
    let text: String
    let country: String
  }

  private var known: [Key: PhoneCell?] = [:]

  mutating func read(_ text: String, country: String, region: String) -> PhoneCell? {
    let key = Key(text: text, country: country)
    if let cell = known[key] { return cell }
    let cell = PhoneCell.read(text, country: country, region: region)
    known[key] = .some(cell)
    return cell
  }
}

// Addresses, numbers and websites: the best is first, and the others are kept with the record.
extension RowReader {
  func fillEmails(_ draft: inout RowDraft<Record>) {
    for filling in layout.emails {
      var others: [String] = []
      for column in filling.columns {
        let text = draft.cell(column)
        if text.isEmpty { continue }
        switch EmailCell.read(text) {
        case .empty: continue
        case .unreadable(let reason): draft.leaveOut(column, CellText.plain(text), reason)
        case .value(let cell):
          take(cell, of: filling.field, column, &others, &draft)
        }
      }
      for address in others { keep(address, "Other e-mail address", filling, &draft) }
    }
  }

  private func take(
    _ cell: EmailCell,
    of field: RecordField,
    _ column: SettledColumn,
    _ others: inout [String],
    _ draft: inout RowDraft<Record>
  ) {
    for address in cell.addresses {
      let folded = EmailAddress.folded(address)
      if !draft.filled.contains(field.name), address.unicodeScalars.count <= field.rule.maxLength {
        draft.set(field, to: .text(address))
      } else if EmailAddress.folded(draft.record.value(of: field).text ?? "") != folded,
        !others.contains(where: { EmailAddress.folded($0) == folded })
      {
        others.append(address)
      }
    }
    if let name = cell.name { fillName(name, &draft) }
    for rest in cell.rest {
      draft.leaveOut(column, rest, "is not an e-mail address such as name@example.com")
    }
  }

  func fillPhones(_ draft: inout RowDraft<Record>, _ cells: inout PhoneCells) {
    if layout.phones.isEmpty { return }
    let dialCode = draft.first(layout.dialCodes)?.1 ?? ""
    let isKnown = !dialCode.isEmpty && CountryName.region(of: dialCode) != nil
    let country = isKnown ? dialCode : draft.first(layout.countries)?.1 ?? ""
    for filling in layout.phones {
      var numbers: [(number: PhoneCell.Number, column: SettledColumn)] = []
      for column in filling.columns {
        let text = draft.text(column)
        if text.isEmpty { continue }
        guard text.isStreamSafe, let cell = cells.read(text, country: country, region: region)
        else {
          let isShortened = PhoneCell.isShortened(text)
          let reason =
            isShortened
            ? SpreadsheetDamage.scientific.reason : "has no number that can be called"
          draft.leaveOut(column, text, reason)
          continue
        }
        for number in cell.numbers where !numbers.contains(where: { $0.number.text == number.text })
        {
          numbers.append((number, column))
        }
        for note in cell.notes { draft.keep(column.heading, note) }
        if text.unicodeScalars.count > filling.field.rule.maxLength,
          !cell.numbers.contains(where: { $0.text == text })
        {
          let most = filling.field.rule.maxLength
          let rest = "what it says besides the number is in the description"
          draft.remark(column, text, "has more than \(most) characters; \(rest)")
        }
      }
      take(numbers, filling, &draft)
    }
  }

  /// Takes the first number that can exist, or the first of all; a long text is no number.
  private func take(
    _ numbers: [(number: PhoneCell.Number, column: SettledColumn)],
    _ filling: RowLayout.Filling,
    _ draft: inout RowDraft<Record>
  ) {
    let most = filling.field.rule.maxLength
    let short = numbers.filter { $0.number.text.unicodeScalars.count <= most }
    for long in numbers where long.number.text.unicodeScalars.count > most {
      let isKept = draft.keep(long.column.heading, long.number.text)
      let rest = isKept ? "; it is in the description" : "; it was left out"
      draft.remark(long.column, long.number.text, "has more than \(most) characters\(rest)")
    }
    guard let best = short.first(where: { $0.number.isValid }) ?? short.first else { return }
    draft.set(filling.field, to: .text(best.number.text))
    draft.source.phones[best.number.text] = .some(best.number.isValid ? best.number.read : nil)
    for other in short where other.number.text != best.number.text {
      keep(other.number.text, "Other phone number", filling, &draft)
    }
  }

  func fillWebsites(_ draft: inout RowDraft<Record>) {
    for filling in layout.websites {
      for column in filling.columns {
        let text = draft.text(column)
        if text.isEmpty { continue }
        switch WebCell.read(text) {
        case .empty: continue
        case .unreadable(let reason): draft.leaveOut(column, text, reason)
        case .value(let cell):
          var others = cell.others
          if draft.filled.contains(filling.field.name) {
            others.insert(cell.address, at: 0)
          } else {
            draft.set(filling.field, to: cell.address, from: column)
          }
          for other in others where other != draft.record.value(of: filling.field).text {
            keep(other, "Other website", filling, &draft)
            if cell.others.contains(other) {
              draft.remark(column, other, "was kept in the description: a record has one website")
            }
          }
          for rest in cell.rest { draft.leaveOut(column, rest, "is not a web address") }
        }
      }
    }
  }

  private func keep(
    _ text: String,
    _ label: String,
    _ filling: RowLayout.Filling,
    _ draft: inout RowDraft<Record>
  ) {
    if let column = filling.columns.first { draft.keep(label, text, from: column) }
  }
}
