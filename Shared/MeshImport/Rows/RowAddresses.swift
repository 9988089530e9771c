import MeshCore
import MeshProto
import MeshRecords
import MeshTables

// Postal addresses: all parts are of one address, the first that the row has.
extension RowReader {
  func fillAddresses(_ draft: inout RowDraft<Record>) {
    let present = layout.addresses.filter { hasPlace($0, draft) }
    guard let address = present.first ?? layout.addresses.first(where: { has($0, draft) }) else {
      return
    }
    for part in address.parts {
      guard let (column, text) = draft.first(part.columns, as: part.field.placeholders) else {
        continue
      }
      let whole =
        switch column.meaning {
        case .street: street(text, address, draft)
        case .postalCode: IdentifierEvidence.withoutZeroDecimal(text)
        default: text
        }
      draft.set(part.field, to: whole, from: column)
    }
    fillStreetAlone(address, &draft)
    for other in present.dropFirst() {
      let text = other.parts.compactMap { draft.first($0.columns)?.1 }.joined(separator: ", ")
      if let column = other.parts.first?.columns.first {
        draft.keep("Other address", text, from: column)
      }
    }
  }

  /// Whether the row has a street, a town or a postal code of the address: a country alone is none.
  private func hasPlace(_ address: RowLayout.Address, _ draft: RowDraft<Record>) -> Bool {
    address.parts.contains { part in
      part.columns.contains { $0.meaning != .country && $0.meaning != .state }
        && draft.first(part.columns) != nil
    }
  }

  private func has(_ address: RowLayout.Address, _ draft: RowDraft<Record>) -> Bool {
    address.parts.contains { draft.first($0.columns) != nil }
  }

  /// A street with the number of its house and its further lines.
  private func street(
    _ text: String,
    _ address: RowLayout.Address,
    _ draft: RowDraft<Record>
  ) -> String {
    let number = draft.first(address.houseNumbers)?.1
    let lines = address.streetMore.map { draft.text($0) }.filter { !$0.isEmpty && $0 != text }
    return ([number.map { "\(text) \($0)" } ?? text] + lines).joined(separator: "\n")
  }

  /// Further lines of an address without a first one.
  private func fillStreetAlone(_ address: RowLayout.Address, _ draft: inout RowDraft<Record>) {
    guard let name = ColumnMeaning.street.field(in: Record.schema),
      let field = Record.schema[name], !draft.filled.contains(name),
      let (column, text) = draft.first(address.streetMore)
    else { return }
    draft.set(field, to: text, from: column)
  }
}
