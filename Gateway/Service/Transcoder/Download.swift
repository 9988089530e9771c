import MeshProto
import ProtoDescriptors

/// How a method's responses become one body: each has a piece of it and a cursor for the next.
struct Download: Sendable {
  /// The body's media type.
  let contentType: String
  /// The file name for browsers.
  let fileName: String
  private let cursor: Int
  private let content: Int
  private let nextCursor: Int

  /// nil for a method with a JSON response.
  ///
  /// - Throws: when the method lacks one of the fields.
  init?(
    _ method: ProtoDescriptors.MethodDescriptor,
    _ rule: HTTPBinding,
    schema: Schema
  ) throws(SchemaError) {
    guard let type = method.access?.download, !type.isEmpty else { return nil }
    func number(_ name: String, in message: String) throws(SchemaError) -> Int {
      let shape = schema.messages[try schema.message(named: message)]
      guard let index = shape.index(named: Array(name.utf8)[...]) else {
        throw SchemaError("\(method.path): a download has a field \(name)")
      }
      return shape.fields[index].number
    }
    cursor = try number("cursor", in: method.input)
    content = try number("content", in: method.output)
    nextCursor = try number("next_cursor", in: method.output)
    contentType = type
    let noun = rule.path.split(separator: "/").last?.prefix { $0 != ":" } ?? ""
    let ending = type.split(separator: "/").last ?? ""
    fileName = "\(noun).\(ending)"
  }

  /// The request with another cursor appended: the last value of a field counts.
  func request(_ wire: [UInt8], at position: String) -> [UInt8] {
    var output = WireOutput()
    output.raw(wire[...])
    output.tag(cursor, .delimited)
    output.delimited(position.utf8)
    return output.bytes
  }

  /// The piece of the body in a response, and the cursor of the next one; empty at the end.
  func piece(of reply: [UInt8]) throws(WireError) -> (content: [UInt8], next: String) {
    var piece: (content: [UInt8], next: String) = ([], "")
    var scanner = WireScanner(reply)
    while let (number, type) = try scanner.tag() {
      switch (number, type) {
      case (content, .delimited): piece.content = Array(scanner.bytes[try scanner.delimited()])
      case (nextCursor, .delimited): piece.next = try scanner.text()
      default: try scanner.skip(type)
      }
    }
    return piece
  }
}
