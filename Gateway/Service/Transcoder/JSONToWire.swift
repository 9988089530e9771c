import MeshCore
import MeshProto

/// Writes a message's wire bytes while it reads its proto3 JSON, without building a tree.
///
/// Strict: an unknown key, a duplicate key, two members of a oneof, a number out of range and an
/// unknown enum value are refused, each with the path of the field; a text that is not JSON is refused as
/// that, whatever else is wrong before the place. `null` is the same as leaving the field out. 64-bit
/// integers may be strings or numbers.
struct JSONToWire {
  private let schema: Schema
  private let json: [UInt8]
  private var reader: JSONReader
  private(set) var output: WireOutput

  init(schema: Schema, json: [UInt8], output: WireOutput = WireOutput()) {
    self.schema = schema
    self.json = json
    reader = JSONReader(json)
    self.output = output
  }

  /// Reads the whole text as a message; its fields are added to the output.
  mutating func document(_ message: Int) throws(JSONError) {
    do throws(JSONError) {
      try self.message(schema.messages[message])
      try reader.finish()
    } catch {
      throw error.kind == .syntax ? error : JSONReader.syntaxError(of: json) ?? error
    }
  }

  private mutating func message(_ shape: MessageShape) throws(JSONError) {
    switch shape.form {
    case .fields: try fields(shape)
    case .timestamp: try WellKnownJSON.writeTimestamp(try text(), to: &output)
    case .duration: try WellKnownJSON.writeDuration(try text(), to: &output)
    case .fieldMask: try WellKnownJSON.writeFieldMask(try text(), to: &output)
    case .structure: try structure()
    case .value: try value()
    case .list: try list()
    case .unsupported: throw JSONError(.value, "has no JSON form")
    }
  }

  private mutating func fields(_ shape: MessageShape) throws(JSONError) {
    try reader.beginObject()
    var seen = IndexSet()
    var oneofs = IndexSet()
    while let key = try reader.nextKey() {
      guard let index = shape.index(named: key) else {
        throw JSONError(.unknownField, "is not a known field").within(Self.text(key))
      }
      let field = shape.fields[index]
      do throws(JSONError) {
        guard seen.insert(index) else { throw JSONError(.value, "is given twice") }
        if try reader.peek() == .null, !takesNull(field) {
          try reader.null()
          continue
        }
        if let oneof = field.oneof, !oneofs.insert(oneof) {
          throw JSONError(.value, "cannot be given together with its alternative")
        }
        try self.field(field)
      } catch {
        throw error.kind == .syntax ? error : error.within(shape.name(of: field))
      }
    }
  }

  private func takesNull(_ field: FieldShape) -> Bool {
    guard field.shape == .singular, case .message(let index) = field.kind else { return false }
    if case .value = schema.messages[index].form { return true }
    return false
  }

  private mutating func field(_ field: FieldShape) throws(JSONError) {
    switch field.shape {
    case .singular: try element(field)
    case .repeated: try array(field)
    case .map: try map(field)
    }
  }

  /// One value with its tag.
  private mutating func element(_ field: FieldShape) throws(JSONError) {
    output.tag(field.number, field.kind.wireType)
    if case .message(let index) = field.kind {
      let start = output.beginDelimited()
      try message(schema.messages[index])
      output.endDelimited(start)
    } else {
      try scalar(field.kind)
    }
  }

  private mutating func array(_ field: FieldShape) throws(JSONError) {
    try reader.beginArray()
    let isPacked = field.kind.wireType != .delimited
    var start = 0
    var index = 0
    while try reader.nextElement() {
      do throws(JSONError) {
        if isPacked {
          if index == 0 {
            output.tag(field.number, .delimited)
            start = output.beginDelimited()
          }
          try scalar(field.kind)
        } else {
          try element(field)
        }
      } catch {
        throw error.kind == .syntax ? error : error.within(index: index)
      }
      index += 1
    }
    if isPacked, index > 0 { output.endDelimited(start) }
  }

  private mutating func map(_ field: FieldShape) throws(JSONError) {
    guard case .message(let entryIndex) = field.kind else { return }
    let entry = schema.messages[entryIndex]
    guard let key = entry.index(of: 1), let value = entry.index(of: 2) else { return }
    try reader.beginObject()
    var seen: Set<ArraySlice<UInt8>> = []
    while let name = try reader.nextKey() {
      do throws(JSONError) {
        guard seen.insert(name).inserted else { throw JSONError(.value, "is given twice") }
        output.tag(field.number, .delimited)
        let start = output.beginDelimited()
        output.tag(1, entry.fields[key].kind.wireType)
        try ScalarText.write(name, entry.fields[key].kind, schema: schema, to: &output)
        try element(entry.fields[value])
        output.endDelimited(start)
      } catch {
        throw error.kind == .syntax ? error : error.within(Self.text(name))
      }
    }
  }

  private mutating func scalar(_ kind: FieldShape.Kind) throws(JSONError) {
    switch kind {
    case .string: output.delimited(try reader.string())
    case .bool: output.varint(try reader.bool() ? 1 : 0)
    case .bytes: try ScalarText.write(try reader.string(), kind, schema: schema, to: &output)
    case .enumeration:
      guard try reader.peek() == .string else {
        throw JSONError(.value, "must be the name of a value")
      }
      try ScalarText.write(try reader.string(), kind, schema: schema, to: &output)
    default:
      let isString = try reader.peek() == .string
      let text = isString ? try reader.string() : try reader.number()
      try ScalarText.write(text, kind, schema: schema, to: &output)
    }
  }

  private mutating func text() throws(JSONError) -> String {
    Self.text(try reader.string())
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

// Struct, Value and ListValue, by the numbers of struct.proto.
extension JSONToWire {
  private mutating func structure() throws(JSONError) {
    try reader.beginObject()
    var seen: Set<ArraySlice<UInt8>> = []
    while let key = try reader.nextKey() {
      do throws(JSONError) {
        guard seen.insert(key).inserted else { throw JSONError(.value, "is given twice") }
        output.tag(1, .delimited)
        let entry = output.beginDelimited()
        output.tag(1, .delimited)
        output.delimited(key)
        output.tag(2, .delimited)
        let start = output.beginDelimited()
        try value()
        output.endDelimited(start)
        output.endDelimited(entry)
      } catch {
        throw error.kind == .syntax ? error : error.within(Self.text(key))
      }
    }
  }

  private mutating func list() throws(JSONError) {
    try reader.beginArray()
    while try reader.nextElement() {
      output.tag(1, .delimited)
      let start = output.beginDelimited()
      try value()
      output.endDelimited(start)
    }
  }

  private mutating func value() throws(JSONError) {
    switch try reader.peek() {
    case .null:
      try reader.null()
      output.tag(1, .varint)
      output.varint(0)
    case .number:
      output.tag(2, .fixed64)
      try ScalarText.write(try reader.number(), .double, schema: schema, to: &output)
    case .string:
      output.tag(3, .delimited)
      output.delimited(try reader.string())
    case .bool:
      output.tag(4, .varint)
      output.varint(try reader.bool() ? 1 : 0)
    case .object:
      output.tag(5, .delimited)
      let start = output.beginDelimited()
      try structure()
      output.endDelimited(start)
    case .array:
      output.tag(6, .delimited)
      let start = output.beginDelimited()
      try list()
      output.endDelimited(start)
    }
  }
}

/// Small numbers seen before; those up to 63 without an allocation.
private struct IndexSet {
  private var low: UInt64 = 0
  private var high: Set<Int> = []

  /// Adds a number.
  ///
  /// - Returns: false when it was there already.
  mutating func insert(_ index: Int) -> Bool {
    guard index < 64 else { return high.insert(index).inserted }
    let bit: UInt64 = 1 << UInt64(index)
    defer { low |= bit }
    return low & bit == 0
  }
}
