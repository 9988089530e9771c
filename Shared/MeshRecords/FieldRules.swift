package import MeshCore
package import MeshProto

// Enforces what a field's declaration says about its value, for every kind of record.
extension RecordMessage {
  /// Values of a tenant's own fields that one request may set.
  private static var mostCustomValues: Int { 1_000 }

  /// Refuses values that are far larger than their fields allow, by bytes and entries alone.
  ///
  /// Called before a transaction, and before any characters are examined: a few megabytes would
  /// hold up the writer, and with it every tenant.
  ///
  /// - Throws: INVALID_ARGUMENT with every field at fault.
  package func requireBounded(by schema: RecordSchema) throws(MeshError) {
    var check = FieldCheck()
    let filled = filledFields
    for index in schema.fields.indices {
      guard filled.contains(schema.fields[index].index) || schema.fields[index].customKey != nil
      else { continue }
      let field = schema.fields[index]
      if field.isInput, field.type != .custom { field.checkBounds(of: value(of: field), &check) }
    }
    if let place = schema["custom"], case .fields(let values) = self[field: place.index],
      values.count > Self.mostCustomValues
    {
      check.refuse("custom", "must have at most \(Self.mostCustomValues) fields")
    }
    try check.finish()
  }

  /// Normalizes the fields that people set, and checks them.
  ///
  /// - Throws: INVALID_ARGUMENT at once for values that are far too large, before any rule examines them.
  package mutating func conform(
    to schema: RecordSchema,
    _ check: inout FieldCheck
  ) throws(MeshError) {
    try requireBounded(by: schema)
    // Most fields of most records are empty, and most of those have no rule that applies when they are.
    let places = filledFields.union(schema.ruledWhenEmpty)
    for index in schema.fields.indices {
      // Copied only when there is something to check.
      guard places.contains(schema.fields[index].index) || schema.fields[index].customKey != nil
      else { continue }
      let field = schema.fields[index]
      guard field.isInput, field.type != .custom else { continue }
      let value = value(of: field)
      let formed = field.formedEntries(field.formed(value), &check)
      if formed != value { set(field, to: formed) }
      field.check(formed, &check)
    }
    refuseUnknownCustomFields(of: schema, &check)
  }

  private func refuseUnknownCustomFields(of schema: RecordSchema, _ check: inout FieldCheck) {
    guard let place = schema["custom"], case .fields(let values) = self[field: place.index] else {
      return
    }
    for key in values.keys.sorted() where schema["custom.\(key)"] == nil {
      check.refuse("custom.\(key)", "does not exist")
    }
  }
}

extension RecordField {
  /// Refuses a value that is too large in any form.
  ///
  /// - Parameters:
  ///   - value: as it came.
  ///   - path: what the caller calls the field; its name where it is the record's own.
  ///   - check: collects the errors.
  fileprivate func checkBounds(
    of value: FieldValue,
    at path: String? = nil,
    _ check: inout FieldCheck
  ) {
    switch value {
    case .text(let text):
      guard isFarTooLong(text) else { return }
      check.refuse(path ?? name, violation(of: value) ?? "must be of type \(type.name)")
    case .list(let values):
      if values.count > rule.maxEntries {
        check.refuse(path ?? name, "must have at most \(rule.maxEntries) entries")
      } else if values.contains(where: { $0.text.map(isFarTooLong) ?? false }) {
        check.refuse(path ?? name, "must have entries of at most \(rule.maxLength) characters")
      }
    default: return
    }
  }

  /// The normalized entries of a list of messages; adds their errors to the check.
  fileprivate func formedEntries(_ value: FieldValue, _ check: inout FieldCheck) -> FieldValue {
    guard let form = rule.entries, case .list(let entries) = value else { return value }
    return .list(
      entries.enumerated().map { index, entry in
        guard case .message(let bytes) = entry else { return entry }
        let edited = form.edited(bytes) { field, value in
          let path = "\(name)[\(index)].\(field.name)"
          guard field.isInput else { return value }
          field.checkBounds(of: value, at: path, &check)
          if !check.isFine(path) { return value }
          let formed = field.formed(value)
          field.check(formed, at: path, &check)
          return formed
        }
        return .message(edited)
      }
    )
  }

  /// Whether a text has more bytes than any text that can become a value of the field.
  ///
  /// Blanks around it, and letters that are written apart from their accents, take several times as many.
  private func isFarTooLong(_ text: String) -> Bool {
    let isUnlimited = rule.maxLength == 0 && (type == .text || type == .texts)
    return !isUnlimited && text.utf8.count > 8 * rule.maxLength + 1_024
  }

  /// The value in its normalized form.
  func formed(_ value: FieldValue) -> FieldValue {
    switch value {
    case .text(let text):
      if !rule.choices.isEmpty {
        let name = TextForm.cleaned(text)
        return .text(rule.choices.first { $0 == name.lowercased() } ?? name)
      }
      switch rule.format {
      case .verbatim: return FieldValue(UnicodeText.composed(text))
      case .email: return FieldValue(EmailAddress.formed(TextForm.cleaned(text)))
      case .colour: return FieldValue(TextForm.cleaned(text).lowercased())
      case .paragraph, .condition: return FieldValue(TextForm.cleaned(text, keepsLines: true))
      default: return FieldValue(TextForm.cleaned(text))
      }
    case .list(let values) where type == .texts:
      return .list(values.map { $0.text.map { .text(UnicodeText.composed($0)) } ?? $0 })
    // A number of a tenant's own field comes as JSON has it.
    case .decimal(let number) where type == .integer:
      return Int64(exactly: number).map { .integer($0) } ?? value
    case .integer(let number) where type == .decimal:
      return .decimal(Double(number))
    default: return value
    }
  }

  /// Refuses a normalized value that breaks a rule; the error names the part that is missing, if one is.
  func check(_ value: FieldValue, at path: String? = nil, _ check: inout FieldCheck) {
    let path = path ?? name
    if case .money(let money) = value, let part = money.missing {
      check.refuse("\(path).\(part.rawValue)", "must have a value beside the other part")
    } else if let rule = violation(of: value) {
      check.refuse(path, rule)
    }
  }

  /// The rule that a normalized value breaks, as an obligation; nil when it breaks none.
  private func violation(of value: FieldValue) -> String? {
    switch value {
    case .none:
      return traits.contains(.required) ? missing : nil
    case .text(let text):
      guard type == .text else { return "must be of type \(type.name)" }
      return violation(ofText: text)
    case .integer(let number):
      if type == .integer, traits.contains(.required), number == 0, rule.minimum == nil {
        return missing
      }
      return violation(ofNumber: number)
    case .money(let money):
      return violation(ofNumber: money.amountMinor)
    case .bool: return type == .bool ? nil : "must be of type \(type.name)"
    case .decimal(let number):
      guard type == .decimal else { return "must be of type \(type.name)" }
      return number.isFinite ? nil : "must be a finite number"
    default: return nil
    }
  }

  private var missing: String {
    if !rule.choices.isEmpty { return mustBeChoice }
    return type == .text && rule.maxLength > 0
      ? "must have 1 to \(rule.maxLength) characters" : "must have a value"
  }

  private var mustBeChoice: String { "must be one of \(rule.choices.joined(separator: ", "))" }

  private func violation(ofText text: String) -> String? {
    if rule.maxLength > 0, text.utf8.count > rule.maxLength,
      text.utf8.count > 4 * rule.maxLength || text.unicodeScalars.count > rule.maxLength
    {
      return traits.contains(.required) ? missing : "must have at most \(rule.maxLength) characters"
    }
    if !rule.choices.isEmpty {
      return rule.choices.contains(text) ? nil : mustBeChoice
    }
    switch rule.format {
    case .email where !EmailAddress.isValid(text):
      return "must be an e-mail address such as name@example.com"
    case .url where !WebAddress.isValid(text):
      return "must be a web address such as https://example.com"
    case .timeZone where TimeZone(text) == nil:
      return "must be an IANA time zone such as Europe/Berlin"
    case .key where !TenantKey.isValid(text):
      return "must have 1 to 60 lower-case letters, digits and underscores"
    case .colour where !Self.isColour(text): return "must be a colour such as #0078d4"
    default: return nil
    }
  }

  private static func isColour(_ text: String) -> Bool {
    let digits = text.utf8.dropFirst()
    return text.hasPrefix("#") && digits.count == 6
      && digits.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  private func violation(ofNumber number: Int64) -> String? {
    switch (rule.minimum, rule.maximum) {
    case (let least?, let most?) where !(least...max(least, most)).contains(number):
      "must be from \(least) to \(most)"
    case (let least?, nil) where number < least: "must be at least \(least)"
    case (nil, let most?) where number > most: "must be at most \(most)"
    default: nil
    }
  }
}
