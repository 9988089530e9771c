/// The header fields of one message, in the order they came.
///
/// Kept as one block of bytes and offsets into it: a request's fields cost two allocations however
/// many there are, and only the values that are asked for become strings. Names are compared without
/// regard to case (RFC 9110, section 5.1).
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
  struct Field: Sendable {
    var name: Range<Int>
    var value: Range<Int>
  }

  private var bytes: [UInt8] = []
  private var fields: [Field] = []

  package init() {}

  /// Fields by name and value, in order, as `add` takes them.
  package init(dictionaryLiteral pairs: (String, String)...) {
    for (name, value) in pairs { add(name, value) }
  }

  /// Fields that a parser found in `bytes`.
  init(bytes: [UInt8], fields: [Field]) {
    self.bytes = bytes
    self.fields = fields
  }

  package var count: Int { fields.count }

  /// The first value of a field; nil when it is absent.
  ///
  /// Bytes that are no UTF-8 are shown as replacement characters.
  package subscript(name: String) -> String? {
    for field in fields where matches(field, name) { return text(field.value) }
    return nil
  }

  /// Every value of a field, in order.
  package func all(_ name: String) -> [String] {
    fields.filter { matches($0, name) }.map { text($0.value) }
  }

  /// How often a field occurs.
  package func count(of name: String) -> Int {
    fields.count { matches($0, name) }
  }

  /// Appends a field.
  ///
  /// Control characters in the value become spaces, so that no value can end its line and begin
  /// another field.
  package mutating func add(_ name: String, _ value: String) {
    let start = bytes.count
    bytes.append(contentsOf: name.utf8)
    let middle = bytes.count
    bytes.append(contentsOf: value.utf8)
    for index in middle..<bytes.count where bytes[index] < 0x20 || bytes[index] == 0x7F {
      bytes[index] = 0x20
    }
    fields.append(Field(name: start..<middle, value: middle..<bytes.count))
  }

  /// Replaces every occurrence of a field by one.
  package mutating func set(_ name: String, _ value: String) {
    remove(name)
    add(name, value)
  }

  /// Takes every occurrence of a field out.
  package mutating func remove(_ name: String) {
    fields = fields.filter { !matches($0, name) }
  }

  /// The fields as text, in order; for logs and tests.
  package var pairs: [(name: String, value: String)] {
    fields.map { (text($0.name), text($0.value)) }
  }

  /// Whether a field's comma-separated list holds `token`, without regard to case.
  package func list(_ name: String, has token: String) -> Bool {
    fields.contains { field in
      matches(field, name)
        && bytes[field.value].split(separator: UInt8(ascii: ",")).contains { item in
          Self.equal(HTTPSyntax.trimmed(item), token)
        }
    }
  }

  /// Appends the fields as lines of an HTTP/1.1 head.
  func write(to output: inout [UInt8]) {
    for field in fields {
      output.append(contentsOf: bytes[field.name])
      output.append(0x3A)
      output.append(0x20)
      output.append(contentsOf: bytes[field.value])
      output.append(0x0D)
      output.append(0x0A)
    }
  }

  /// The raw bytes of the only occurrence of a field; nil when it is absent or repeated.
  func only(_ name: String) -> ArraySlice<UInt8>? {
    var found: ArraySlice<UInt8>?
    for field in fields where matches(field, name) {
      if found != nil { return nil }
      found = bytes[field.value]
    }
    return found
  }

  private func matches(_ field: Field, _ name: String) -> Bool {
    field.name.count == name.utf8.count && Self.equal(bytes[field.name], name)
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// Whether ASCII text equals `name` without regard to case.
  private static func equal(_ text: ArraySlice<UInt8>, _ name: String) -> Bool {
    guard text.count == name.utf8.count else { return false }
    var index = text.startIndex
    for byte in name.utf8 {
      if HTTPSyntax.lowercased(text[index]) != HTTPSyntax.lowercased(byte) { return false }
      index += 1
    }
    return true
  }
}
