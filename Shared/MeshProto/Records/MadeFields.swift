extension RecordMessage {
  /// Makes the fields that are made of others anew.
  package mutating func makeFields(_ schema: RecordSchema = Self.schema) {
    for field in schema.made {
      let value = FieldValue(text(of: field))
      if self[field: field.index] != value { self[field: field.index] = value }
    }
  }

  /// The value of a field that is made of others.
  ///
  /// - Parameters:
  ///   - field: the field.
  ///   - visible: the fields that it may be made of.
  /// - Returns: the text; empty when none of them has a value.
  package func text(of field: MadeField, visible: FieldSet = .all) -> String {
    for group in field.groups {
      let texts = group.filter(visible.bits.contains).compactMap { self[field: $0].text }
        .filter { !$0.isEmpty }
      if texts.isEmpty { continue }
      let scalars = texts.joined(separator: " ").unicodeScalars.prefix(field.maxLength)
      var text = String(String.UnicodeScalarView(scalars))
      while text.last == " " { text.removeLast() }
      return text
    }
    return ""
  }
}

extension FieldSet {
  /// Without the fields that are made of others which it does not have.
  package func withoutHints(_ schema: RecordSchema) -> FieldSet {
    if self == .all { return self }
    var visible = self
    for field in schema.made where !field.groups.joined().allSatisfy(bits.contains) {
      visible.bits.remove(field.index)
    }
    return visible
  }
}
