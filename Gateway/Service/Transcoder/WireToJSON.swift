import MeshCore
import MeshProto

/// Writes wire bytes as proto3 JSON while it reads them, without building a message.
///
/// Names are the proto's own. A field without presence is written with its default when it is absent
/// (`""`, `0`, `false`, `[]`, `{}`, the enum's first value), unless a selection leaves it out; a message,
/// a member of a oneof and an `optional` field are written only when present. int64 is a string, bytes
/// are base 64.
///
/// Expects fields in the order of their numbers, as every protobuf library writes them; bytes in
/// another order, or with a duplicate field, are sorted first (`WireOrder`).
struct WireToJSON {
  static let maxDepth = 100

  private let schema: Schema
  private let selection: FieldSelection?
  private var writer: JSONWriter

  /// The JSON of a message; of the records of a selection it has only what that names.
  ///
  /// - Throws: when the bytes are not a valid message of that type: a defect of the service that
  ///   sent them.
  static func json(
    _ wire: [UInt8],
    message: Int,
    schema: Schema,
    _ selection: FieldSelection? = nil
  ) throws(WireError) -> [UInt8] {
    var transcoder = WireToJSON(
      schema: schema,
      selection: selection,
      writer: JSONWriter(reserving: wire.count * 2 + 256)
    )
    var scanner = WireScanner(wire)
    try transcoder.message(schema.messages[message], &scanner, depth: 0)
    return transcoder.writer.bytes
  }

  private mutating func message(
    _ shape: MessageShape,
    _ scanner: inout WireScanner,
    depth: Int
  ) throws(WireError) {
    guard depth < Self.maxDepth else { throw .tooDeep }
    switch shape.form {
    case .fields: break
    case .timestamp: return writer.timestamp(try WellKnownJSON.timestamp(&scanner))
    case .duration: return writer.string(try WellKnownJSON.duration(&scanner))
    case .fieldMask: return writer.string(try WellKnownJSON.fieldMask(&scanner))
    case .structure: return try structure(&scanner, depth: depth)
    case .value: return try value(&scanner, depth: depth)
    case .list: return try list(&scanner, depth: depth)
    case .unsupported: throw .malformed
    }
    let mark = writer.mark
    let start = scanner
    if try !fields(shape, &scanner, depth: depth) {
      writer.rewind(to: mark)
      var ordered = WireScanner(try WireOrder.ordered(shape, start))
      guard try fields(shape, &ordered, depth: depth) else { throw .malformed }
      scanner = start
      while let (_, type) = try scanner.tag() { try scanner.skip(type) }
    }
  }

  /// Writes an object of a message's fields.
  ///
  /// - Returns: false when the fields are not in order; the caller must then discard what was
  ///   written.
  private mutating func fields(
    _ shape: MessageShape,
    _ scanner: inout WireScanner,
    depth: Int
  ) throws(WireError) -> Bool {
    writer.beginObject()
    let fields = shape.fields
    let absence = selection?.record === shape ? selection?.absence ?? shape.absence : shape.absence
    // Fields before it are written; the one before it is an open array or object when `isOpen`.
    var next = 0
    var isOpen = false
    var oneofs: UInt64 = 0
    while let (number, type) = try scanner.tag() {
      if isOpen, fields[next - 1].number == number {
        try element(fields[next - 1], type, &scanner, depth: depth)
        continue
      }
      guard let index = shape.index(of: number) else {
        try scanner.skip(type)
        continue
      }
      guard index >= next else { return false }
      if isOpen { close(fields[next - 1]) }
      writer.members(absence.text, absence.range(next..<index))
      let field = fields[index]
      if let oneof = field.oneof {
        guard oneof < 64, oneofs & 1 << UInt64(oneof) == 0 else { return false }
        oneofs |= 1 << UInt64(oneof)
      }
      next = index + 1
      writer.key(of: shape.keys, field.key)
      isOpen = field.shape != .singular
      if isOpen { open(field) }
      try element(field, type, &scanner, depth: depth)
    }
    if isOpen { close(fields[next - 1]) }
    writer.members(absence.text, absence.range(next..<fields.count))
    writer.endObject()
    return true
  }

  private mutating func open(_ field: FieldShape) {
    if field.shape == .map { writer.beginObject() } else { writer.beginArray() }
  }

  private mutating func close(_ field: FieldShape) {
    if field.shape == .map { writer.endObject() } else { writer.endArray() }
  }

  /// Writes a singular value, or one or several elements of a repeated field.
  private mutating func element(
    _ field: FieldShape,
    _ type: WireType,
    _ scanner: inout WireScanner,
    depth: Int
  ) throws(WireError) {
    switch field.shape {
    case .map:
      guard type == .delimited, case .message(let entry) = field.kind else { throw .malformed }
      try mapEntry(schema.messages[entry], &scanner, depth: depth)
    case .repeated where type == .delimited && field.kind.wireType != .delimited:
      let outer = try scanner.enter()
      while !scanner.isAtEnd { try scalar(field.kind, &scanner) }
      scanner.leave(to: outer)
    default:
      guard type == field.kind.wireType else { throw .malformed }
      guard case .message(let index) = field.kind else { return try scalar(field.kind, &scanner) }
      let outer = try scanner.enter()
      try message(schema.messages[index], &scanner, depth: depth + 1)
      scanner.leave(to: outer)
    }
  }

  private mutating func mapEntry(
    _ shape: MessageShape,
    _ scanner: inout WireScanner,
    depth: Int
  ) throws(WireError) {
    guard let key = shape.index(of: 1), let value = shape.index(of: 2) else { throw .malformed }
    let outer = try scanner.enter()
    var name: String?
    var place: (WireScanner, WireType)?
    while let (number, type) = try scanner.tag() {
      if number == 1, type == shape.fields[key].kind.wireType {
        name = try WireToJSON.mapKey(shape.fields[key].kind, &scanner)
      } else {
        if number == 2 { place = (scanner, type) }
        try scanner.skip(type)
      }
    }
    writer.key(name ?? shape.fields[key].kind.absentMapKey)
    if let (start, type) = place {
      var inner = start
      try element(shape.fields[value], type, &inner, depth: depth + 1)
    } else if case .message(let index) = shape.fields[value].kind {
      var nothing = WireScanner([])
      try message(schema.messages[index], &nothing, depth: depth + 1)
    } else {
      var zero = WireScanner([0, 0, 0, 0, 0, 0, 0, 0])
      try scalar(shape.fields[value].kind, &zero)
    }
    scanner.leave(to: outer)
  }

  private static func mapKey(
    _ kind: FieldShape.Kind,
    _ scanner: inout WireScanner
  ) throws(WireError) -> String {
    if case .string = kind { return try scanner.text() }
    var writer = JSONWriter(reserving: 24)
    try Self.number(kind, &scanner, to: &writer)
    let text = writer.text
    return text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text
  }
}

// Values.
extension WireToJSON {
  private mutating func scalar(
    _ kind: FieldShape.Kind,
    _ scanner: inout WireScanner
  ) throws(WireError) {
    switch kind {
    case .string: try string(&scanner)
    case .bytes: writer.string(Base64.encode(Array(scanner.bytes[try scanner.delimited()])))
    case .enumeration(let index):
      enumeration(index, Int32(truncatingIfNeeded: try scanner.varint()))
    default: try Self.number(kind, &scanner, to: &writer)
    }
  }

  private mutating func string(_ scanner: inout WireScanner) throws(WireError) {
    let range = try scanner.delimited()
    guard writer.string(checking: scanner.bytes, range) else { throw .malformed }
  }

  private static func number(
    _ kind: FieldShape.Kind,
    _ scanner: inout WireScanner,
    to writer: inout JSONWriter
  ) throws(WireError) {
    switch kind {
    case .double: writer.double(Double(bitPattern: try scanner.fixed64()))
    case .float: writer.float(Float(bitPattern: try scanner.fixed32()))
    case .int32: writer.integer(Int64(Int32(truncatingIfNeeded: try scanner.varint())))
    case .uint32: writer.integer(Int64(UInt32(truncatingIfNeeded: try scanner.varint())))
    case .sint32:
      let value = UInt32(truncatingIfNeeded: try scanner.varint())
      writer.integer(Int64(Int32(bitPattern: value >> 1 ^ (0 &- (value & 1)))))
    case .fixed32: writer.integer(Int64(try scanner.fixed32()))
    case .sfixed32: writer.integer(Int64(Int32(bitPattern: try scanner.fixed32())))
    case .int64: writer.quoted(Int64(bitPattern: try scanner.varint()))
    case .uint64: writer.quoted(try scanner.varint())
    case .sint64:
      let value = try scanner.varint()
      writer.quoted(Int64(bitPattern: value >> 1 ^ (0 &- (value & 1))))
    case .fixed64: writer.quoted(try scanner.fixed64())
    case .sfixed64: writer.quoted(Int64(bitPattern: try scanner.fixed64()))
    case .bool: writer.bool(try scanner.varint() != 0)
    case .string, .bytes, .enumeration, .message: throw .malformed
    }
  }

  /// A value of a newer proto, without a known name, is written as its number.
  private mutating func enumeration(_ index: Int, _ value: Int32) {
    if let name = schema.enumerations[index].name(of: value) {
      writer.string(name)
    } else {
      writer.integer(Int64(value))
    }
  }
}

// Struct, Value and ListValue, by the numbers of struct.proto.
extension WireToJSON {
  private mutating func structure(
    _ scanner: inout WireScanner,
    depth: Int
  ) throws(WireError) {
    writer.beginObject()
    while let (number, type) = try scanner.tag() {
      guard number == 1, type == .delimited else {
        try scanner.skip(type)
        continue
      }
      let outer = try scanner.enter()
      var key = ""
      var found = WireScanner([])
      while let (number, type) = try scanner.tag() {
        switch (number, type) {
        case (1, .delimited): key = try scanner.text()
        case (2, .delimited):
          found = scanner
          _ = try found.enter()
          _ = try scanner.delimited()
        default: try scanner.skip(type)
        }
      }
      writer.key(key)
      try value(&found, depth: depth + 1)
      scanner.leave(to: outer)
    }
    writer.endObject()
  }

  private mutating func list(_ scanner: inout WireScanner, depth: Int) throws(WireError) {
    writer.beginArray()
    while let (number, type) = try scanner.tag() {
      guard number == 1, type == .delimited else {
        try scanner.skip(type)
        continue
      }
      let outer = try scanner.enter()
      try value(&scanner, depth: depth + 1)
      scanner.leave(to: outer)
    }
    writer.endArray()
  }

  private mutating func value(_ scanner: inout WireScanner, depth: Int) throws(WireError) {
    guard depth < Self.maxDepth else { throw .tooDeep }
    let mark = writer.mark
    var isWritten = false
    while let (number, type) = try scanner.tag() {
      if isWritten { writer.rewind(to: mark) }
      isWritten = true
      switch (number, type) {
      case (2, .fixed64): writer.double(Double(bitPattern: try scanner.fixed64()))
      case (3, .delimited): try string(&scanner)
      case (4, .varint): writer.bool(try scanner.varint() != 0)
      case (5, .delimited), (6, .delimited):
        let outer = try scanner.enter()
        if number == 5 {
          try structure(&scanner, depth: depth + 1)
        } else {
          try list(&scanner, depth: depth + 1)
        }
        scanner.leave(to: outer)
      default:
        try scanner.skip(type)
        writer.null()
      }
    }
    if !isWritten { writer.null() }
  }
}

extension FieldShape.Kind {
  var wireType: WireType {
    switch self {
    case .double, .fixed64, .sfixed64: .fixed64
    case .float, .fixed32, .sfixed32: .fixed32
    case .string, .bytes, .message: .delimited
    case .int32, .int64, .uint32, .uint64, .sint32, .sint64, .bool, .enumeration: .varint
    }
  }

  /// The JSON key of a map entry whose key is not on the wire.
  fileprivate var absentMapKey: String {
    switch self {
    case .string: ""
    case .bool: "false"
    default: "0"
    }
  }
}
