package import MeshCore

// How the domain's types travel: ids, dates and etags as text, times and amounts as messages.
//
// A reader takes the name of the field for its error; without a name, or when it is not strict, what
// cannot be read is nil and stays among the unknown fields, so that it is passed on as it came. Of a
// list it takes the place too, which the error names: `related[1]`.

extension WireReader {
  /// An id of one kind; an empty text is none.
  package mutating func id(
    _ field: StaticString?,
    at index: Int? = nil,
    _ tag: UInt32,
    _ prefix: StaticString,
    _ unknown: inout UnknownFields
  ) throws(WireError) -> IDWords? {
    let bytes = try delimited()
    if bytes.isEmpty { return nil }
    if let words = Self.id(bytes, prefix) { return words }
    let rule = "must be an id: \(prefix)_ and \(TypeIDText.suffixLength) characters"
    try keep(bytes, Self.path(field, index), tag, rule, &unknown)
    return nil
  }

  /// What errors call an entry of a list, and a field that is none.
  private static func path(_ field: StaticString?, _ index: Int?) -> String? {
    field.map { name in index.map { "\(name)[\($0)]" } ?? name.description }
  }

  private static func id(_ bytes: UnsafeRawBufferPointer, _ prefix: StaticString) -> IDWords? {
    let count = prefix.utf8CodeUnitCount
    guard bytes.count == count + 1 + TypeIDText.suffixLength, bytes[count] == UInt8(ascii: "_"),
      prefix.withUTF8Buffer({ bytes[..<count].elementsEqual($0) })
    else { return nil }
    return TypeIDText.words(UnsafeRawBufferPointer(rebasing: bytes[(count + 1)...]))
  }

  /// The id of a record of any of some kinds; an empty text is none.
  package mutating func ref(
    _ field: StaticString?,
    at index: Int? = nil,
    _ tag: UInt32,
    _ kinds: KindRegistry,
    _ unknown: inout UnknownFields
  ) throws(WireError) -> RecordRef? {
    let bytes = try delimited()
    if bytes.isEmpty { return nil }
    // The longest prefix of a TypeID has 63 characters.
    if bytes.count <= 64 + TypeIDText.suffixLength,
      let ref = kinds.ref(String(decoding: bytes, as: UTF8.self))
    {
      return ref
    }
    let count = TypeIDText.suffixLength
    let rule = "must be the id of a record: a known prefix, _ and \(count) characters"
    try keep(bytes, Self.path(field, index), tag, rule, &unknown)
    return nil
  }

  /// The version that an etag's text says; an empty text is none.
  package mutating func etag() throws(WireError) -> Etag? {
    let text = try string("etag")
    return text.isEmpty ? nil : Etag(text)
  }

  /// A date as `YYYY-MM-DD`; an empty text is none.
  package mutating func date(
    _ field: StaticString?,
    _ tag: UInt32,
    _ unknown: inout UnknownFields
  ) throws(WireError) -> CalendarDate? {
    let bytes = try delimited()
    if bytes.isEmpty { return nil }
    if bytes.count == 10, let date = CalendarDate(String(decoding: bytes, as: UTF8.self)) {
      return date
    }
    try keep(bytes, field, tag, "must be a date such as 2026-01-31", &unknown)
    return nil
  }

  /// A `google.protobuf.Timestamp`, to the microsecond.
  package mutating func timestamp(
    _ field: StaticString?,
    _ tag: UInt32,
    _ unknown: inout UnknownFields
  ) throws(WireError) -> Timestamp? {
    var message = WellKnown.Timestamp()
    let bytes = try nested(field ?? "") { (reader) throws(WireError) in
      try message.merge(from: &reader)
    }
    if let time = Timestamp(message) { return time }
    try keep(bytes, field, tag, "must be in the years 1 to 9999", &unknown)
    return nil
  }

  /// A `leadmesh.type.v1.Money`; one without amount and currency is none.
  ///
  /// A strict reader keeps what a request leaves out as `Money.missing`; elsewhere an amount that is not
  /// there is 0, as it was written before it could be missing.
  package mutating func money(
    _ field: StaticString?,
    _ tag: UInt32,
    _ unknown: inout UnknownFields
  ) throws(WireError) -> Money? {
    var amount: Int64?
    var currency = ""
    let bytes = try nested(field ?? "") { (reader) throws(WireError) in
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 8: amount = try reader.int64()
        case 18: currency = try reader.string("currency")
        case let tag: try reader.skip(tag)
        }
      }
    }
    if currency.isEmpty, amount ?? 0 == 0 || isStrict {
      return isStrict ? Money(amountMinor: amount, currency: nil) : nil
    }
    if let currency = CurrencyCode(currency) ?? CurrencyCode(currency.uppercased()) {
      return Money(amountMinor: isStrict ? amount : amount ?? 0, currency: currency)
    }
    let path = field.map { "\($0).currency" }
    try keep(bytes, path, tag, "must be a currency code of ISO 4217 such as EUR", &unknown)
    return nil
  }

  /// Reads a message and returns its bytes.
  private mutating func nested(
    _ field: StaticString,
    _ body: (inout WireReader) throws(WireError) -> Void
  ) throws(WireError) -> UnsafeRawBufferPointer {
    let before = place
    try message(field, body)
    // The length precedes the bytes; reading it again is cheaper than to carry it along.
    var again = WireReader(start: before, count: place - before, depth: 1)
    return try again.delimited()
  }

  private func keep(
    _ bytes: UnsafeRawBufferPointer,
    _ field: StaticString?,
    _ tag: UInt32,
    _ rule: String,
    _ unknown: inout UnknownFields
  ) throws(WireError) {
    try keep(bytes, field.map(\.description), tag, rule, &unknown)
  }

  private func keep(
    _ bytes: UnsafeRawBufferPointer,
    _ field: String?,
    _ tag: UInt32,
    _ rule: String,
    _ unknown: inout UnknownFields
  ) throws(WireError) {
    if isStrict, let field { throw .unreadable(field: field, rule: rule) }
    unknown.append(tag: tag, delimited: bytes)
  }
}

extension WireWriter {
  package mutating func etag(_ etag: Etag, tag: UInt32) { string(etag.description, tag: tag) }

  package mutating func ref(_ ref: RecordRef, tag: UInt32) { string(ref.description, tag: tag) }

  package mutating func date(_ date: CalendarDate, tag: UInt32) {
    string(date.description, tag: tag)
  }

  package mutating func timestamp(_ time: Timestamp, tag: UInt32) {
    delimited(tag) { WellKnown.Timestamp(time).encode(into: &$0) }
  }

  package mutating func money(_ money: Money, tag: UInt32) {
    delimited(tag) { writer in
      if money.missing != .amountMinor { writer.int64(money.amountMinor, tag: 8) }
      if money.missing != .currency { writer.string(money.currency.text, tag: 18) }
    }
  }

  /// Writes unknown fields except those that a value has taken the place of.
  package mutating func unknownFields(
    _ fields: UnknownFields,
    except isHidden: (UInt32) -> Bool
  ) {
    if !fields.isEmpty { unknownFields(fields.dropping(isHidden)) }
  }
}
