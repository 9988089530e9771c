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
  package func encode(into writer: inout WireWriter) {
    for (key, value) in fields.sorted(by: { $0.key < $1.key }) {
      writer.delimited(10) { writer in
        writer.string(key, tag: 10)
        writer.delimited(18) { value.encode(into: &$0) }
      }
    }
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10:
        var entry = Entry()
        try reader.message("fields") { (reader) throws(WireError) in
          try entry.merge(from: &reader)
        }
        fields[entry.key] = entry.value
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }

  private struct Entry {
    var key = ""
    var value = WellKnown.Value()

    mutating func merge(from reader: inout WireReader) throws(WireError) {
      while true {
        switch try reader.nextTag() {
        case 0: return
        case 10: key = try reader.string("key")
        case 18:
          try reader.message("value") { (reader) throws(WireError) in
            try value.merge(from: &reader)
          }
        case let tag: try reader.skip(tag)
        }
      }
    }
  }
}

extension WellKnown.ListValue {
  package func encode(into writer: inout WireWriter) {
    for value in values { writer.delimited(10) { value.encode(into: &$0) } }
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 10:
        var value = WellKnown.Value()
        try reader.message("values", at: values.count) { (reader) throws(WireError) in
          try value.merge(from: &reader)
        }
        values.append(value)
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }
}

extension WellKnown.Value {
  package func encode(into writer: inout WireWriter) {
    switch kind {
    case nil: break
    case .null: writer.int32(0, tag: 8)
    case .number(let number): writer.double(number, tag: 17)
    case .string(let text): writer.string(text, tag: 26)
    case .bool(let flag): writer.bool(flag, tag: 32)
    case .structure(let fields): writer.delimited(42) { fields.encode(into: &$0) }
    case .list(let values): writer.delimited(50) { values.encode(into: &$0) }
    }
    writer.unknownFields(unknownFields)
  }

  package mutating func merge(from reader: inout WireReader) throws(WireError) {
    while true {
      switch try reader.nextTag() {
      case 0: return
      case 8:
        _ = try reader.int32()
        kind = .null
      case 17: kind = .number(try reader.double())
      case 26: kind = .string(try reader.string("string_value"))
      case 32: kind = .bool(try reader.bool())
      case 42: try mergeStruct(from: &reader)
      case 50: try mergeList(from: &reader)
      case let tag: try reader.unknown(tag, into: &unknownFields)
      }
    }
  }

  private mutating func mergeStruct(from reader: inout WireReader) throws(WireError) {
    var fields = WellKnown.Struct()
    if case .structure(let current) = kind { fields = current }
    try reader.message("struct_value") { (reader) throws(WireError) in
      try fields.merge(from: &reader)
    }
    kind = .structure(fields)
  }

  private mutating func mergeList(from reader: inout WireReader) throws(WireError) {
    var values = WellKnown.ListValue()
    if case .list(let current) = kind { values = current }
    try reader.message("list_value") { (reader) throws(WireError) in
      try values.merge(from: &reader)
    }
    kind = .list(values)
  }
}
