import MeshCore
import MeshProto
import MeshRecords
import MeshTables

// Who is not to be contacted: of several columns, the one that says so wins.
extension RowReader {
  func fillWishes(_ draft: inout RowDraft<Record>) {
    if layout.wishes.isEmpty { return }
    var answers: [ColumnWish.Channel: (mayContact: Bool, isConsent: Bool)] = [:]
    for (column, wish) in layout.wishes {
      let text = draft.cell(column)
      guard let said = WishCell.read(text, wish.isConsent ? .optIn : .optOut) else { continue }
      if said.isDoubtful {
        draft.remark(
          column,
          CellText.plain(text),
          "could not be read as yes or no; it counts as a wish not to be contacted"
        )
      }
      for channel in wish.channels {
        let known = answers[channel]
        let mayContact = said.mayContact && known?.mayContact ?? true
        let isConsent = said.mayContact && wish.isConsent || known?.isConsent ?? false
        answers[channel] = (mayContact, isConsent)
      }
    }
    for (channel, answer) in answers {
      guard let field = channel.field(in: Record.schema) else { continue }
      if field.type == .bool {
        draft.set(field, to: .bool(!answer.mayContact))
      } else if !answer.mayContact {
        draft.set(field, to: .text("denied"))
      } else if answer.isConsent {
        // Only a column about consent grants it: not having refused is no consent.
        draft.set(field, to: .text("granted"))
      }
    }
  }
}

extension ColumnWish.Channel {
  /// The field of a record that holds the consent for this channel.
  func field(in schema: RecordSchema) -> RecordField? {
    let meaning: ColumnMeaning =
      switch self {
      case .email: .doNotEmail
      case .call: .doNotCall
      case .text: .doNotText
      }
    return meaning.field(in: schema).flatMap { schema[$0] }
  }
}
