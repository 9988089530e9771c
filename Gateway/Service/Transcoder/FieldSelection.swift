import MeshProto

/// The records of a list of which only some fields were asked for.
struct FieldSelection {
  let record: MessageShape
  let absence: AbsentFields
}

extension Endpoint {
  /// What `selection` needs to know: of a method that lists records and has `fields` in its request.
  static func selectable(
    _ request: MessageShape,
    _ response: MessageShape,
    _ schema: Schema
  ) -> (record: MessageShape, number: Int)? {
    guard let mask = request.index(named: Array("fields".utf8)[...]),
      case .message(let type) = request.fields[mask].kind, schema.messages[type].form == .fieldMask,
      let list = response.fields.first, list.shape == .repeated,
      case .message(let record) = list.kind
    else { return nil }
    return (schema.messages[record], request.fields[mask].number)
  }

  /// The fields that a request asks for; nil for all.
  func selection(_ request: [UInt8]) throws(WireError) -> FieldSelection? {
    guard let (record, number) = selectable else { return nil }
    var scanner = WireScanner(request)
    var shown = Set(["id", "etag"].compactMap { record.index(named: Array($0.utf8)[...]) })
    var isSelected = false
    while let (found, type) = try scanner.tag() {
      guard found == number, type == .delimited else {
        try scanner.skip(type)
        continue
      }
      let outer = try scanner.enter()
      while let (_, type) = try scanner.tag() {
        guard type == .delimited else { throw .malformed }
        isSelected = true
        let path = scanner.bytes[try scanner.delimited()]
        // The service has answered: it is the name of a field, or of a tenant's own, or stands for all.
        if path.elementsEqual([UInt8(ascii: "*")]) { return nil }
        let name = path.prefix { $0 != UInt8(ascii: ".") }
        if let index = record.index(named: name) { shown.insert(index) }
      }
      scanner.leave(to: outer)
    }
    guard isSelected else { return nil }
    let absence = AbsentFields(record.fields, keys: record.keys, schema.enumerations) {
      shown.contains($0)
    }
    return FieldSelection(record: record, absence: absence)
  }
}
