// Codings of text, bytes, enums and messages.

/// `string`: UTF-8 without U+0000.
package enum WireString: WireCoding {
  @inlinable package static var wireType: WireType { .delimited }
  @inlinable package static var absent: String { "" }

  @inlinable package static func size(_ value: String) -> Int {
    WireSize.delimited(value.utf8.count)
  }

  @inlinable package static func write(_ value: String, to writer: inout WireWriter) {
    writer.string(value)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> String {
    try reader.string(field)
  }
}

/// `bytes`.
package enum WireBytes: WireCoding {
  @inlinable package static var wireType: WireType { .delimited }
  @inlinable package static var absent: [UInt8] { [] }

  @inlinable package static func size(_ value: [UInt8]) -> Int { WireSize.delimited(value.count) }

  @inlinable package static func write(_ value: [UInt8], to writer: inout WireWriter) {
    writer.bytes(value)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> [UInt8] {
    try reader.bytes()
  }
}

/// An enum; a value that the proto does not name is kept.
package enum WireEnum<Value: ProtoEnum>: WirePackable {
  @inlinable package static var wireType: WireType { .varint }
  @inlinable package static var absent: Value { Value(rawValue: 0) }

  @inlinable package static func size(_ value: Value) -> Int { WireInt32.size(value.rawValue) }

  @inlinable package static func write(_ value: Value, to writer: inout WireWriter) {
    WireInt32.write(value.rawValue, to: &writer)
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Value {
    Value(rawValue: try WireInt32.read(&reader, field))
  }
}

/// A message within a message.
package enum WireMessage<Value: Message>: WireCoding {
  @inlinable package static var wireType: WireType { .delimited }
  @inlinable package static var absent: Value { Value() }

  @inlinable package static func size(_ value: Value) -> Int {
    WireSize.delimited(value.encodedSize())
  }

  @inlinable package static func write(_ value: Value, to writer: inout WireWriter) {
    writer.delimited { value.encode(into: &$0) }
  }

  @inlinable package static func read(
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) -> Value {
    var value = Value()
    try merge(&value, &reader, field)
    return value
  }

  /// Reads into a field that may have been read before: messages merge.
  @inlinable package static func merge(
    _ value: inout Value?,
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) {
    if value == nil {
      value = try read(&reader, field)
    } else {
      var current = value.take() ?? Value()
      try merge(&current, &reader, field)
      value = current
    }
  }

  @inlinable package static func merge(
    _ value: inout Value,
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) {
    let outer = try reader.enter()
    do {
      try value.merge(from: &reader)
    } catch {
      throw within(error, field)
    }
    reader.leave(to: outer)
  }

  /// Reads one element of a repeated field.
  @inlinable package static func append(
    to values: inout [Value],
    _ reader: inout WireReader,
    _ field: StaticString
  ) throws(WireError) {
    var value = Value()
    let outer = try reader.enter()
    do {
      try value.merge(from: &reader)
    } catch {
      throw within(error, field, values.count)
    }
    reader.leave(to: outer)
    values.append(value)
  }

  @usableFromInline static func within(
    _ error: WireError,
    _ field: StaticString,
    _ index: Int? = nil
  ) -> WireError {
    error.within(index.map { "\(field)[\($0)]" } ?? field.description)
  }
}
