/// A message of plain values of which a record has a list that people fill in.
package protocol EntryMessage: Message {
  /// In the order of the proto.
  static var entryFields: [RecordField] { get }

  /// A field's value by its place; setting one of another type changes nothing.
  subscript(field index: Int) -> FieldValue { get set }
}

/// What generic code knows of the entries of a record's list.
package struct EntryForm: Sendable, Hashable {
  package let fields: [RecordField]
  private let edit: @Sendable ([UInt8], (RecordField, FieldValue) -> FieldValue) -> [UInt8]

  package init<Entry: EntryMessage>(_: Entry.Type) {
    fields = Entry.entryFields
    edit = { bytes, change in
      guard var entry = try? Entry(wire: bytes) else { return bytes }
      for (index, field) in Entry.entryFields.enumerated() {
        let value = entry[field: index]
        let changed = change(field, value)
        if changed != value { entry[field: index] = changed }
      }
      return entry.wireBytes()
    }
  }

  /// An entry, by its bytes on the wire, with each value changed.
  package func edited(
    _ bytes: [UInt8],
    _ change: (RecordField, FieldValue) -> FieldValue
  ) -> [UInt8] {
    edit(bytes, change)
  }

  package static func == (left: EntryForm, right: EntryForm) -> Bool { left.fields == right.fields }

  package func hash(into hasher: inout Hasher) { hasher.combine(fields) }
}
