import MeshTestScale
import ProtoDescriptors

/// Messages with random values, written here from their descriptors: by neither of the codecs.
struct RandomWire {
  private let schema: SampleSchema
  private var random: SeededRandom
  /// Full names of the fields that were written so far.
  private(set) var written: Set<String> = []

  /// A number that no message of the fixtures gives to a field.
  private static let unknown = 900

  init(_ schema: SampleSchema, seed: UInt64) {
    self.schema = schema
    random = SeededRandom(seed: seed)
  }

  /// A message in which others lie at most `levels` deep.
  mutating func message(_ name: String, levels: Int = 4) -> [UInt8] {
    guard let message = schema.messages[name] else { return [] }
    var wire: [UInt8] = []
    let chosen = message.oneofs.indices.map { index in
      message.fields.filter { $0.oneof == index }.randomElement(using: &random)?.number
    }
    // A message with many fields that are messages would grow without end.
    let share = message.fields.count > 10 ? 4 : 2
    for field in message.fields.shuffled(using: &random)
    where isSent(field, chosen, levels, share) {
      wire += values(field, levels)
      written.insert("\(name).\(field.name)")
    }
    if one(in: 8) { wire += Self.tag(Self.unknown, 0) + varint(number()) }
    return wire
  }

  private mutating func one(in count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func isSent(
    _ field: FieldDescriptor,
    _ chosen: [Int?],
    _ levels: Int,
    _ share: Int
  ) -> Bool {
    if field.kind == .message, levels == 0 { return false }
    if let oneof = field.oneof, chosen[oneof] != field.number { return false }
    return field.kind == .message ? one(in: share) : !one(in: 3)
  }

  private mutating func values(_ field: FieldDescriptor, _ levels: Int) -> [UInt8] {
    if schema.isMap(field) { return entries(field, levels) }
    let count = field.isRepeated ? Int.random(in: 1...4, using: &random) : 1
    if field.isPacked {
      let values = (0..<count).flatMap { _ in value(field, levels) }
      return Self.tag(field.number, 2) + Self.delimited(values)
    }
    return (0..<count).flatMap { _ in tagged(field, levels) }
  }

  private mutating func tagged(_ field: FieldDescriptor, _ levels: Int) -> [UInt8] {
    Self.tag(field.number, Self.wireType(field.kind)) + value(field, levels)
  }

  /// Entries with different keys.
  private mutating func entries(_ field: FieldDescriptor, _ levels: Int) -> [UInt8] {
    guard let entry = schema.messages[field.typeName] else { return [] }
    var keys: Set<[UInt8]> = []
    var wire: [UInt8] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let key = tagged(entry.fields[0], levels)
      guard keys.insert(key).inserted else { continue }
      let body = key + tagged(entry.fields[1], levels)
      wire += Self.tag(field.number, 2) + Self.delimited(body)
    }
    for part in entry.fields { written.insert("\(entry.fullName).\(part.name)") }
    return wire
  }

  private mutating func value(_ field: FieldDescriptor, _ levels: Int) -> [UInt8] {
    switch field.kind {
    case .message: return Self.delimited(message(field.typeName, levels: levels - 1))
    case .string: return Self.delimited(Array(text().utf8))
    case .bytes: return Self.delimited(bytes())
    case .bool: return [Bool.random(using: &random) ? 1 : 0]
    case .enum: return varint(UInt64(bitPattern: Int64(enumNumber(field.typeName))))
    case .int32: return varint(UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: number()))))
    case .uint32, .sint32: return varint(UInt64(UInt32(truncatingIfNeeded: number())))
    case .fixed32, .sfixed32, .float: return Self.fixed(number(), 4)
    case .fixed64, .sfixed64, .double: return Self.fixed(number(), 8)
    case .int64, .uint64, .sint64, .group: return varint(number())
    }
  }

  /// The ends of the ranges, and all lengths of varint, as often as anything.
  private mutating func number() -> UInt64 {
    let edges: [UInt64] = [
      0, 1, 127, 128, .max, 1 << 31, 1 << 31 - 1, 1 << 32 - 1, 1 << 63, 1 << 63 - 1,
    ]
    if one(in: 2), let edge = edges.randomElement(using: &random) { return edge }
    return UInt64.random(in: 0 ... .max, using: &random)
      >> UInt64.random(in: 0..<64, using: &random)
  }

  private mutating func enumNumber(_ name: String) -> Int32 {
    let values = schema.enums[name]?.values ?? []
    // Our codec knows one null, whatever its number.
    let isNull = name == "google.protobuf.NullValue"
    guard isNull || !one(in: 4), let value = values.randomElement(using: &random) else {
      return Int32(truncatingIfNeeded: number())
    }
    return Int32(truncatingIfNeeded: value.number)
  }

  /// Every length of a scalar in UTF-8, but no NUL.
  private mutating func text() -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x7e, 1...0x7f, 0x80...0x7ff, 0x800...0xd7ff, 0xe000...0xffff, 0x1_0000...0x10_ffff,
    ]
    let most = one(in: 10) ? 300 : 12
    let count = Int.random(in: 0...most, using: &random)
    return String(
      String.UnicodeScalarView(
        (0..<count).compactMap { _ in
          let range = ranges.randomElement(using: &random) ?? 1...1
          return Unicode.Scalar(UInt32.random(in: range, using: &random))
        }
      )
    )
  }

  private mutating func bytes() -> [UInt8] {
    (0..<Int.random(in: 0...20, using: &random)).map { _ in .random(in: 0...255, using: &random) }
  }

  private func varint(_ value: UInt64) -> [UInt8] { Self.varint(value) }

  private static func varint(_ value: UInt64) -> [UInt8] {
    value < 0x80
      ? [UInt8(value)]
      : [UInt8(truncatingIfNeeded: value) | 0x80] + varint(value >> 7)
  }

  private static func fixed(_ value: UInt64, _ count: UInt64) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func delimited(_ bytes: [UInt8]) -> [UInt8] {
    varint(UInt64(bytes.count)) + bytes
  }

  private static func tag(_ number: Int, _ type: UInt64) -> [UInt8] {
    varint(UInt64(number) << 3 | type)
  }

  private static func wireType(_ kind: FieldDescriptor.Kind) -> UInt64 {
    switch kind {
    case .double, .fixed64, .sfixed64: 1
    case .float, .fixed32, .sfixed32: 5
    case .string, .bytes, .message: 2
    default: 0
    }
  }
}
