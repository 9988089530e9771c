extension WellKnown {
  /// `google.protobuf.Struct`: a JSON object.
  package struct Struct: Message, Hashable {
    package static var protoName: String { "google.protobuf.Struct" }

    package var fields: [String: Value] = [:]
    package var unknownFields = UnknownFields()

    package init() {}

    package init(fields: [String: Value]) {
      self.fields = fields
    }
  }

  /// `google.protobuf.ListValue`: a JSON array.
  package struct ListValue: Message, Hashable {
    package static var protoName: String { "google.protobuf.ListValue" }

    package var values: [Value] = []
    package var unknownFields = UnknownFields()

    package init() {}

    package init(values: [Value]) {
      self.values = values
    }
  }

  /// `google.protobuf.Value`: any JSON value.
  package struct Value: Message, Hashable {
    package static var protoName: String { "google.protobuf.Value" }

    package enum Kind: Sendable, Hashable {
      case null
      case number(Double)
      case string(String)
      case bool(Bool)
      case structure(Struct)
      case list(ListValue)
    }

    /// Nil only in a value that was sent without one.
    package var kind: Kind?
    package var unknownFields = UnknownFields()

    package init() {}

    package init(_ kind: Kind) {
      self.kind = kind
    }
  }
}

extension WellKnown.Struct {
  private typealias Fields = WireMap<WireString, WireMessage<WellKnown.Value>>

  package func encodedSize() -> Int { Fields.size(fields, tagSize: 1) + unknownFields.count }

  package func encode(into writer: inout WireWriter) {
    Fields.write(fields, tag: 10, to: &writer)
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10: try Fields.read(into: &fields, &reader, "fields")
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

extension WellKnown.ListValue {
  private typealias Element = WireMessage<WellKnown.Value>

  package func encodedSize() -> Int {
    Element.size(each: values, tagSize: 1) + unknownFields.count
  }

  package func encode(into writer: inout WireWriter) {
    Element.write(each: values, tag: 10, to: &writer)
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10: try Element.append(to: &values, &reader, "values")
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

extension WellKnown.Value {
  package func encodedSize() -> Int {
    let size =
      switch kind {
      case nil: 0
      case .null, .bool: 2
      case .number: 9
      case .string(let text): 1 + WireString.size(text)
      case .structure(let fields): 1 + WireMessage.size(fields)
      case .list(let values): 1 + WireMessage.size(values)
      }
    return size + unknownFields.count
  }

  package func encode(into writer: inout WireWriter) {
    switch kind {
    case nil: break
    case .null: WireInt32.write(0, tag: 8, to: &writer)
    case .number(let number): WireDouble.write(number, tag: 17, to: &writer)
    case .string(let text): WireString.write(text, tag: 26, to: &writer)
    case .bool(let flag): WireBool.write(flag, tag: 32, to: &writer)
    case .structure(let fields): WireMessage.write(fields, tag: 42, to: &writer)
    case .list(let values): WireMessage.write(values, tag: 50, to: &writer)
    }
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 8:
        _ = try WireInt32.read(&reader, "null_value")
        kind = .null
      case 17: kind = .number(try WireDouble.read(&reader, "number_value"))
      case 26: kind = .string(try WireString.read(&reader, "string_value"))
      case 32: kind = .bool(try WireBool.read(&reader, "bool_value"))
      case 42:
        var fields = WellKnown.Struct()
        if case .structure(let current) = kind { fields = current }
        try WireMessage.merge(&fields, &reader, "struct_value")
        kind = .structure(fields)
      case 50:
        var values = WellKnown.ListValue()
        if case .list(let current) = kind { values = current }
        try WireMessage.merge(&values, &reader, "list_value")
        kind = .list(values)
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}
