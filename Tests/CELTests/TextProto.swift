/// A message of protobuf's text format: as much of it as the conformance files use.
struct TextProto {
  enum Value {
    /// The bytes of a quoted value.
    case text([UInt8])
    /// A number or an enum's name, as written.
    case word(String)
    case message(TextProto)
  }

  struct SyntaxError: Error { let offset: Int }

  private var fields: [(name: String, value: Value)] = []

  init(parsing text: String) throws {
    var reader = Reader(bytes: Array(text.utf8))
    self = try reader.message(isNested: false)
  }

  private init() {}

  var names: Set<String> { Set(fields.map(\.name)) }

  func messages(_ name: String) -> [TextProto] {
    fields.compactMap { field in
      if field.name == name, case .message(let message) = field.value { message } else { nil }
    }
  }

  func message(_ name: String) -> TextProto? { messages(name).first }

  func bytes(_ name: String) -> [UInt8]? {
    for field in fields where field.name == name {
      if case .text(let bytes) = field.value { return bytes }
    }
    return nil
  }

  func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  func word(_ name: String) -> String? {
    for field in fields where field.name == name {
      if case .word(let word) = field.value { return word }
    }
    return nil
  }
}

extension TextProto {
  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func skipSpace() {
      while let byte = next {
        if byte == UInt8(ascii: "#") {
          while next != nil, next != UInt8(ascii: "\n") { index += 1 }
        } else if [9, 10, 13, 32, UInt8(ascii: ","), UInt8(ascii: ";")].contains(byte) {
          index += 1
        } else {
          return
        }
      }
    }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      skipSpace()
      guard next == UInt8(ascii: character) else { return false }
      index += 1
      return true
    }

    mutating func message(isNested: Bool) throws -> TextProto {
      var message = TextProto()
      while true {
        skipSpace()
        if next == nil, !isNested { return message }
        if isNested, take("}") { return message }
        let name = take("[") ? try extensionName() : try word()
        _ = take(":")
        if take("[") {
          while !take("]") { message.fields.append((name, try value())) }
        } else {
          message.fields.append((name, try value()))
        }
      }
    }

    mutating func value() throws -> Value {
      if take("{") { return .message(try message(isNested: true)) }
      guard next == UInt8(ascii: "\"") || next == UInt8(ascii: "'") else {
        return .word(try word())
      }
      var text: [UInt8] = []
      while let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        text += try quoted(by: quote)
        skipSpace()
      }
      return .text(text)
    }

    mutating func extensionName() throws -> String {
      let start = index
      while next != nil, next != UInt8(ascii: "]") { index += 1 }
      guard take("]") else { throw SyntaxError(offset: index) }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    mutating func word() throws -> String {
      let start = index
      while let byte = next, byte > 127 || "-+._".utf8.contains(byte) || isAlphanumeric(byte) {
        index += 1
      }
      guard index > start else { throw SyntaxError(offset: index) }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    func isAlphanumeric(_ byte: UInt8) -> Bool {
      let scalar = Unicode.Scalar(byte)
      return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
        || ("0"..."9").contains(scalar)
    }

    mutating func quoted(by quote: UInt8) throws -> [UInt8] {
      index += 1
      var text: [UInt8] = []
      while let byte = next {
        index += 1
        if byte == quote { return text }
        if byte == UInt8(ascii: "\\") { text += try escape() } else { text.append(byte) }
      }
      throw SyntaxError(offset: index)
    }

    mutating func escape() throws -> [UInt8] {
      guard let byte = next else { throw SyntaxError(offset: index) }
      index += 1
      switch Unicode.Scalar(byte) {
      case "x", "X": return [UInt8(truncatingIfNeeded: digits(2, radix: 16))]
      case "u": return utf8(digits(4, radix: 16))
      case "U": return utf8(digits(8, radix: 16))
      case "0"..."7":
        index -= 1
        return [UInt8(truncatingIfNeeded: digits(3, radix: 8))]
      case "a": return [7]
      case "b": return [8]
      case "t": return [9]
      case "n": return [10]
      case "v": return [11]
      case "f": return [12]
      case "r": return [13]
      default: return [byte]
      }
    }

    mutating func digits(_ count: Int, radix: Int) -> UInt32 {
      var value: UInt32 = 0
      for _ in 0..<count {
        guard let byte = next,
          let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < radix
        else { break }
        value = value * UInt32(radix) + UInt32(digit)
        index += 1
      }
      return value
    }

    func utf8(_ value: UInt32) -> [UInt8] {
      Unicode.Scalar(value).map { Array(String(Character($0)).utf8) } ?? []
    }
  }
}
