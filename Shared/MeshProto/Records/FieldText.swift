import MeshCore

extension RecordField {
  /// A value of the field as text: in histories, exports and the keys of groups.
  ///
  /// Ids and dates are as the API shows them, bools `true` or `false`, times RFC 3339 in UTC, amounts
  /// `12.34 EUR`, choices by their names, lists JSON. No value is an empty text, and so is a message.
  package func text(of value: FieldValue) -> String {
    switch value {
    case .none, .message, .fields: ""
    case .text(let text): text
    case .bool(let flag): flag ? "true" : "false"
    case .integer(let number): text(of: number)
    case .decimal(let number): Self.text(of: number)
    case .id(let id): id.description
    case .timestamp(let time): time.rfc3339
    case .date(let date): date.description
    case .money(let money): money.text
    case .etag(let etag): etag.description
    case .list(let values): list(values)
    }
  }

  private func text(of number: Int64) -> String {
    guard case .choice(let names) = type, let index = Int(exactly: number),
      names.indices.contains(index)
    else { return String(number) }
    return names[index]
  }

  private static func text(of number: Double) -> String {
    var json = JSONWriter(reserving: 24)
    json.double(number)
    return json.text
  }

  private func list(_ values: [FieldValue]) -> String {
    if case .messages = type { return "" }
    var json = JSONWriter(reserving: 64)
    json.beginArray()
    for value in values { json.string(text(of: value)) }
    json.endArray()
    return json.text
  }

  /// Whether values of the field have a text.
  package var hasText: Bool {
    switch type {
    case .message, .messages, .custom: false
    default: true
    }
  }
}
