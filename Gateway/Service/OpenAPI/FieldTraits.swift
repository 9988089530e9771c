import MeshProto

/// What a field's declaration says of its values: `leadmesh.options.v1.FieldTraits`.
struct FieldTraits: Sendable {
  /// The extension of `FieldOptions`.
  static let extensionNumber = 51002
  /// `leadmesh.options.v1.resource`, the extension of `MessageOptions`.
  static let resourceNumber = 51003

  var isOutputOnly = false
  var isRequired = false
  /// In Unicode characters; 0 when the declaration does not say.
  var maxLength = 0
  var minimum: Int64?
  var maximum: Int64?
  /// A number of `leadmesh.type.v1.Kind`; 0 for a field that holds no ids.
  var references: Int32 = 0
  var picklist = ""
  var choices: [String] = []
  /// `leadmesh.options.v1.FieldFormat`.
  var format: UInt64 = 0
  var isImmutable = false
  var label = ""

  /// Reads a field's options; those of others are passed over.
  static func read(_ scanner: inout WireScanner) throws(WireError) -> FieldTraits {
    var traits = FieldTraits()
    let outer = try scanner.enter()
    while let (number, type) = try scanner.tag() {
      guard number == extensionNumber else {
        try scanner.skip(type)
        continue
      }
      let options = try scanner.enter()
      while let (number, type) = try scanner.tag() {
        try traits.take(number, type, &scanner)
      }
      scanner.leave(to: options)
    }
    scanner.leave(to: outer)
    return traits
  }

  private mutating func take(
    _ number: Int,
    _ type: WireType,
    _ scanner: inout WireScanner
  ) throws(WireError) {
    switch number {
    case 3: isOutputOnly = try scanner.varint() != 0
    case 4: isRequired = try scanner.varint() != 0
    case 5: maxLength = Int(truncatingIfNeeded: try scanner.varint())
    case 6: minimum = Self.signed(try scanner.varint())
    case 7: maximum = Self.signed(try scanner.varint())
    case 8: references = Int32(truncatingIfNeeded: try scanner.varint())
    case 9: picklist = try scanner.text()
    case 10: choices.append(try scanner.text())
    case 11: format = try scanner.varint()
    case 13: isImmutable = try scanner.varint() != 0
    case 14: label = try scanner.text()
    default: try scanner.skip(type)
    }
  }

  /// The number of the kind of record that a message's options declare, in
  /// `leadmesh.options.v1.ResourceTraits`.
  static func kind(_ scanner: inout WireScanner) throws(WireError) -> Int32 {
    var kind: Int32 = 0
    let outer = try scanner.enter()
    while let (number, type) = try scanner.tag() {
      if number == 1 {
        kind = Int32(truncatingIfNeeded: try scanner.varint())
      } else {
        try scanner.skip(type)
      }
    }
    scanner.leave(to: outer)
    return kind
  }

  /// The zigzag form of `sint64`.
  private static func signed(_ value: UInt64) -> Int64 {
    Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }
}
