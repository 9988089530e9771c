package import MeshCore

/// The value of one field of a record, for code that knows fields only by their schema.
///
/// Texts are equal when their bytes are, as in the store.
package enum FieldValue: Hashable, Sendable {
  /// No value: null, missing and empty are the same.
  case none
  case text(String)
  case bool(Bool)
  case integer(Int64)
  case decimal(Double)
  case id(TypeID)
  case timestamp(Timestamp)
  case date(CalendarDate)
  case money(Money)
  case etag(Etag)
  case list([FieldValue])
  /// A message by its bytes on the wire.
  case message([UInt8])
  /// The values of a tenant's own fields by key.
  case fields([String: FieldValue])

  package var isNone: Bool { if case .none = self { true } else { false } }

  /// The text, of a text field.
  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var money: Money? {
    if case .money(let money) = self { money } else { nil }
  }

  package var id: TypeID? {
    if case .id(let id) = self { id } else { nil }
  }

  /// The ids of a field with one id or a list of them.
  package var ids: [TypeID] {
    switch self {
    case .id(let id): [id]
    case .list(let values): values.compactMap(\.id)
    default: []
    }
  }
}

extension FieldValue {
  package static func == (left: FieldValue, right: FieldValue) -> Bool {
    switch (left, right) {
    case (.none, .none): true
    case (.text(let left), .text(let right)): !differ(left, right)
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.decimal(let left), .decimal(let right)): left == right
    case (.id(let left), .id(let right)): left == right
    case (.timestamp(let left), .timestamp(let right)): left == right
    case (.date(let left), .date(let right)): left == right
    case (.money(let left), .money(let right)): left == right
    case (.etag(let left), .etag(let right)): left == right
    case (.list(let left), .list(let right)): left == right
    case (.message(let left), .message(let right)): left == right
    case (.fields(let left), .fields(let right)): left == right
    default: false
    }
  }
}

// What generated code hands over, whichever type its property has.
extension FieldValue {
  package init(_ text: String) { self = text.isEmpty ? .none : .text(text) }
  package init(_ text: String?) { self = text.map { FieldValue($0) } ?? .none }
  package init(_ flag: Bool) { self = .bool(flag) }
  package init(_ flag: Bool?) { self = flag.map { .bool($0) } ?? .none }
  package init(_ number: Int32) { self = .integer(Int64(number)) }
  package init(_ number: Int32?) { self = number.map { .integer(Int64($0)) } ?? .none }
  package init(_ number: Int64) { self = .integer(number) }
  package init(_ number: Int64?) { self = number.map { .integer($0) } ?? .none }
  package init(_ number: UInt32) { self = .integer(Int64(number)) }
  package init(_ number: Double) { self = .decimal(number) }
  package init(_ number: Double?) { self = number.map { .decimal($0) } ?? .none }
  package init(_ time: Timestamp?) { self = time.map { .timestamp($0) } ?? .none }
  package init(_ date: CalendarDate?) { self = date.map { .date($0) } ?? .none }
  package init(_ money: Money?) { self = money.map { .money($0) } ?? .none }
  package init(_ etag: Etag?) { self = etag.map { .etag($0) } ?? .none }

  package init<Kind>(_ id: ID<Kind>?) { self = id.map { .id(TypeID($0)) } ?? .none }
  package init(_ ref: RecordRef?) { self = ref.map { .id($0) } ?? .none }

  package init(_ value: some ProtoEnum) { self = .integer(Int64(value.rawValue)) }

  package init(_ texts: [String]) { self = .init(list: texts.map { .text($0) }) }

  package init<Kind>(_ ids: [ID<Kind>]) { self = .init(list: ids.map { .id(TypeID($0)) }) }

  package init(_ refs: [RecordRef]) { self = .init(list: refs.map { .id($0) }) }

  package init(_ message: (some Message)?) {
    self = message.map { .message($0.wireBytes()) } ?? .none
  }

  package init(_ messages: [some Message]) {
    self = .init(list: messages.map { .message($0.wireBytes()) })
  }

  private init(list: [FieldValue]) { self = list.isEmpty ? .none : .list(list) }
}

// What generated code takes, whichever type its property has: another type's value changes nothing,
// no value clears it.
extension FieldValue {
  package func read(into text: inout String) {
    if case .text(let value) = self { text = value } else if isNone { text = "" }
  }

  package func read(into text: inout String?) {
    if case .text(let value) = self { text = value } else if isNone { text = nil }
  }

  package func read(into flag: inout Bool) {
    if case .bool(let value) = self { flag = value } else if isNone { flag = false }
  }

  package func read(into flag: inout Bool?) {
    if case .bool(let value) = self { flag = value } else if isNone { flag = nil }
  }

  package func read<Number: FixedWidthInteger>(into number: inout Number) {
    if case .integer(let value) = self {
      number = Number(exactly: value) ?? number
    } else if isNone {
      number = 0
    }
  }

  package func read<Number: FixedWidthInteger>(into number: inout Number?) {
    if case .integer(let value) = self {
      number = Number(exactly: value) ?? number
    } else if isNone {
      number = nil
    }
  }

  package func read(into number: inout Double) {
    if case .decimal(let value) = self { number = value } else if isNone { number = 0 }
  }

  package func read(into number: inout Double?) {
    if case .decimal(let value) = self { number = value } else if isNone { number = nil }
  }

  package func read(into time: inout Timestamp?) {
    if case .timestamp(let value) = self { time = value } else if isNone { time = nil }
  }

  package func read(into date: inout CalendarDate?) {
    if case .date(let value) = self { date = value } else if isNone { date = nil }
  }

  package func read(into money: inout Money?) {
    if case .money(let value) = self { money = value } else if isNone { money = nil }
  }

  package func read(into etag: inout Etag?) {
    if case .etag(let value) = self { etag = value } else if isNone { etag = nil }
  }

  package func read<Kind>(into id: inout ID<Kind>?) {
    if case .id(let value) = self { id = ID(value) ?? id } else if isNone { id = nil }
  }

  package func read<Kind>(into ids: inout [ID<Kind>]) {
    if case .list(let values) = self {
      ids = values.compactMap { $0.id.flatMap { ID($0) } }
    } else if isNone {
      ids = []
    }
  }

  package func read(into ref: inout RecordRef?) {
    if case .id(let value) = self { ref = value } else if isNone { ref = nil }
  }

  package func read(into refs: inout [RecordRef]) {
    if case .list(let values) = self { refs = values.compactMap(\.id) } else if isNone { refs = [] }
  }

  package func read(into texts: inout [String]) {
    if case .list(let values) = self {
      texts = values.compactMap(\.text)
    } else if isNone {
      texts = []
    }
  }

  package func read<Choice: ProtoEnum>(into choice: inout Choice) {
    if case .integer(let value) = self, let number = Int32(exactly: value) {
      choice = Choice(rawValue: number)
    } else if isNone {
      choice = Choice(rawValue: 0)
    }
  }

  package func read<M: Message>(into message: inout M?) {
    if case .message(let bytes) = self {
      if let value = try? M(wire: bytes) { message = value }
    } else if isNone {
      message = nil
    }
  }

  package func read<M: Message>(into messages: inout [M]) {
    guard case .list(let values) = self else {
      if isNone { messages = [] }
      return
    }
    messages = values.compactMap { value in
      if case .message(let bytes) = value { try? M(wire: bytes) } else { nil }
    }
  }
}

extension ID {
  /// The id of this kind; nil for one of another.
  package init?(_ id: TypeID) {
    guard id.prefix == Kind.prefix.description else { return nil }
    self.init(high: id.high, low: id.low)
  }
}

// A tenant's own fields travel as a JSON object.
extension FieldValue {
  package init(_ fields: WellKnown.Struct?) {
    let values = (fields?.fields ?? [:]).compactMapValues { value -> FieldValue? in
      switch value.kind {
      case .string(let text): text.isEmpty ? nil : .text(text)
      case .bool(let flag): .bool(flag)
      case .number(let number): .decimal(number)
      case .null, .structure, .list, nil: nil
      }
    }
    self = values.isEmpty ? .none : .fields(values)
  }

  package func read(into fields: inout WellKnown.Struct?) {
    guard case .fields(let values) = self else {
      if isNone { fields = nil }
      return
    }
    let kept = values.compactMapValues { value -> WellKnown.Value? in
      switch value {
      case .text(let text): WellKnown.Value(.string(text))
      case .bool(let flag): WellKnown.Value(.bool(flag))
      case .decimal(let number): WellKnown.Value(.number(number))
      case .integer(let number): WellKnown.Value(.number(Double(number)))
      default: nil
      }
    }
    fields = kept.isEmpty ? nil : WellKnown.Struct(fields: kept)
  }
}
