import MeshProto

/// The parts of a `google.protobuf.FileDescriptorSet` that REST is made of.
struct DescriptorSet {
  struct Message {
    var name = ""
    var fields: [Field] = []
    var isMapEntry = false
    /// The kind of record it declares, a number of `leadmesh.type.v1.Kind`; 0 for none.
    var kind: Int32 = 0
  }

  struct Field {
    var name = ""
    var number = 0
    var isRepeated = false
    /// `FieldDescriptorProto.Type`.
    var type = 0
    /// Full name of the message or enum, without the leading dot.
    var typeName = ""
    var oneof: Int?
    var isProto3Optional = false
    var traits = FieldTraits()
  }

  struct Enumeration {
    var name = ""
    var values: [(name: String, number: Int32)] = []
  }

  struct Method {
    /// `/<package>.<Service>/<Method>`.
    var path = ""
    var input = ""
    var output = ""
    var isStreaming = false
    /// `leadmesh.options.v1.Retry`.
    var retry: UInt64 = 0
    var rules: [HTTPRule] = []
  }

  var messages: [Message] = []
  var enumerations: [Enumeration] = []
  var methods: [Method] = []

  /// Reads a descriptor set and adds what it describes.
  mutating func add(_ wire: [UInt8]) throws(WireError) {
    var scanner = WireScanner(wire)
    while let (number, type) = try scanner.tag() {
      guard number == 1, type == .delimited else { throw .malformed }
      let outer = try scanner.enter()
      try addFile(&scanner)
      scanner.leave(to: outer)
    }
  }

  private mutating func addFile(_ scanner: inout WireScanner) throws(WireError) {
    // The package may follow what it names.
    var package = ""
    var look = scanner
    while let (number, type) = try look.tag() {
      if number == 2 { package = try look.text() } else { try look.skip(type) }
    }
    while let (number, type) = try scanner.tag() {
      switch number {
      case 4: try nested(&scanner) { (inner) throws(WireError) in try addMessage(&inner, package) }
      case 5: try nested(&scanner) { (inner) throws(WireError) in try addEnum(&inner, package) }
      case 6: try nested(&scanner) { (inner) throws(WireError) in try addService(&inner, package) }
      default: try scanner.skip(type)
      }
    }
  }

  private mutating func addMessage(
    _ scanner: inout WireScanner,
    _ scope: String
  ) throws(WireError) {
    var message = Message()
    var look = scanner
    while let (number, type) = try look.tag() {
      if number == 1 { message.name = "\(scope).\(try look.text())" } else { try look.skip(type) }
    }
    while let (number, type) = try scanner.tag() {
      switch number {
      case 2:
        try nested(&scanner) { (inner) throws(WireError) in
          message.fields.append(try Self.field(&inner))
        }
      case 3:
        try nested(&scanner) { (inner) throws(WireError) in try addMessage(&inner, message.name) }
      case 4:
        try nested(&scanner) { (inner) throws(WireError) in try addEnum(&inner, message.name) }
      case 7:
        try nested(&scanner) { (inner) throws(WireError) in
          while let (number, type) = try inner.tag() {
            switch number {
            case 7: message.isMapEntry = try inner.varint() != 0
            case FieldTraits.resourceNumber: message.kind = try FieldTraits.kind(&inner)
            default: try inner.skip(type)
            }
          }
        }
      default: try scanner.skip(type)
      }
    }
    messages.append(message)
  }

  private static func field(_ scanner: inout WireScanner) throws(WireError) -> Field {
    var field = Field()
    while let (number, type) = try scanner.tag() {
      switch number {
      case 1: field.name = try scanner.text()
      case 3: field.number = Int(truncatingIfNeeded: try scanner.varint())
      case 4: field.isRepeated = try scanner.varint() == 3
      case 5: field.type = Int(truncatingIfNeeded: try scanner.varint())
      case 6: field.typeName = String(try scanner.text().drop { $0 == "." })
      case 8: field.traits = try FieldTraits.read(&scanner)
      case 9: field.oneof = Int(truncatingIfNeeded: try scanner.varint())
      case 17: field.isProto3Optional = try scanner.varint() != 0
      default: try scanner.skip(type)
      }
    }
    return field
  }

  private mutating func addEnum(_ scanner: inout WireScanner, _ scope: String) throws(WireError) {
    var enumeration = Enumeration()
    while let (number, type) = try scanner.tag() {
      switch number {
      case 1: enumeration.name = "\(scope).\(try scanner.text())"
      case 2:
        var value: (name: String, number: Int32) = ("", 0)
        try nested(&scanner) { (inner) throws(WireError) in
          while let (number, type) = try inner.tag() {
            switch number {
            case 1: value.name = try inner.text()
            case 2: value.number = Int32(truncatingIfNeeded: try inner.varint())
            default: try inner.skip(type)
            }
          }
        }
        enumeration.values.append(value)
      default: try scanner.skip(type)
      }
    }
    enumerations.append(enumeration)
  }

  private mutating func addService(_ scanner: inout WireScanner, _ scope: String) throws(WireError)
  {
    var name = ""
    var found: [Method] = []
    while let (number, type) = try scanner.tag() {
      switch number {
      case 1: name = "\(scope).\(try scanner.text())"
      case 2:
        try nested(&scanner) { (inner) throws(WireError) in found.append(try Self.method(&inner)) }
      default: try scanner.skip(type)
      }
    }
    for var method in found {
      method.path = "/\(name)/\(method.path)"
      methods.append(method)
    }
  }

  private static func method(_ scanner: inout WireScanner) throws(WireError) -> Method {
    var method = Method()
    while let (number, type) = try scanner.tag() {
      switch number {
      case 1: method.path = try scanner.text()
      case 2: method.input = String(try scanner.text().drop { $0 == "." })
      case 3: method.output = String(try scanner.text().drop { $0 == "." })
      case 4:
        let outer = try scanner.enter()
        while let (number, type) = try scanner.tag() {
          switch number {
          case HTTPRule.extensionNumber: method.rules = try HTTPRule.read(&scanner)
          case 51001: method.retry = try retry(&scanner)
          default: try scanner.skip(type)
          }
        }
        scanner.leave(to: outer)
      case 5, 6: method.isStreaming = try scanner.varint() != 0 || method.isStreaming
      default: try scanner.skip(type)
      }
    }
    return method
  }

  /// `(leadmesh.options.v1.access).retry` of a method's options.
  private static func retry(_ scanner: inout WireScanner) throws(WireError) -> UInt64 {
    var retry: UInt64 = 0
    let outer = try scanner.enter()
    while let (number, type) = try scanner.tag() {
      if number == 4 { retry = try scanner.varint() } else { try scanner.skip(type) }
    }
    scanner.leave(to: outer)
    return retry
  }

  private func nested(
    _ scanner: inout WireScanner,
    _ body: (inout WireScanner) throws(WireError) -> Void
  ) throws(WireError) {
    let outer = try scanner.enter()
    try body(&scanner)
    scanner.leave(to: outer)
  }
}

/// One binding of `google.api.http`.
struct HTTPRule {
  /// The extension of `MethodOptions`.
  static let extensionNumber = 72_295_728

  var method = ""
  var template = ""
  /// "*" for the whole request, a field's name, or empty for none.
  var body = ""
  /// A part of the annotation that REST here does not know; it is refused at start.
  var unsupported: String?

  /// The binding and its additional ones.
  static func read(_ scanner: inout WireScanner) throws(WireError) -> [HTTPRule] {
    let outer = try scanner.enter()
    var rule = HTTPRule()
    var more: [HTTPRule] = []
    while let (number, type) = try scanner.tag() {
      switch number {
      case 2: (rule.method, rule.template) = ("GET", try scanner.text())
      case 3: (rule.method, rule.template) = ("PUT", try scanner.text())
      case 4: (rule.method, rule.template) = ("POST", try scanner.text())
      case 5: (rule.method, rule.template) = ("DELETE", try scanner.text())
      case 6: (rule.method, rule.template) = ("PATCH", try scanner.text())
      case 7: rule.body = try scanner.text()
      case 11: more += try read(&scanner)
      case 8, 12:
        rule.unsupported = number == 8 ? "custom" : "response_body"
        try scanner.skip(type)
      default: try scanner.skip(type)
      }
    }
    scanner.leave(to: outer)
    return [rule] + more
  }
}
