import MeshCore
import MeshCrypto

/// A list of the store's own whose entries have numbers, as the tokens of its pages know it.
struct NumberedList {
  private let key: [UInt8]
  private let binding: [[UInt8]]

  /// - Parameters:
  ///   - names: tell the list from others.
  ///   - transaction: of the tenant whose list it is.
  init(_ names: [String], of transaction: ReadTransaction) {
    key = transaction.session.pageKey
    binding = [transaction.scopeBytes] + names.map { Array($0.utf8) }
  }

  /// The number that the page before ended with; nil for the first page.
  ///
  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a token of another list.
  func place(of request: PageRequest) throws(MeshError) -> Int64? {
    if request.token.isEmpty { return nil }
    let token = try PageToken(request.token, key: key, binding: binding, counts: [1])
    guard case .integer(let number) = token.values[0] else { return nil }
    return number
  }

  func token(at number: Int64) -> String {
    PageToken(values: [.integer(number)]).text(key: key, binding: binding)
  }
}

/// Makes the tokens of one list, and reads them.
struct PageTokens: Sendable {
  private let key: [UInt8]
  private let binding: [[UInt8]]
  /// Whether nobody can read off them what is in the rows that they are of.
  private let isSealed: Bool

  /// - Parameters:
  ///   - key: the store's own.
  ///   - binding: everything that the list depends on; another binding does not take its tokens.
  ///   - isSealed: whether the rows are to be told to nobody.
  init(key: [UInt8], binding: [[UInt8]], isSealed: Bool) {
    self.key = key
    self.binding = isSealed ? binding + [Array("sealed".utf8)] : binding
    self.isSealed = isSealed
  }

  func text(_ token: PageToken) -> String {
    token.text(key: key, binding: binding, isSealed: isSealed)
  }

  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a token of another list.
  func token(_ text: String, counts: [Int]) throws(MeshError) -> PageToken {
    try PageToken(text, key: key, binding: binding, counts: counts, isSealed: isSealed)
  }
}

/// The text that stands for a place in one list: opaque, signed, and good for no other list.
struct PageToken {
  private static let codeSize = 16

  /// The direction, and a row's values in the columns of the order; or the number of an entry.
  let values: [SQLValue]

  /// - Parameters:
  ///   - key: the store's own.
  ///   - binding: everything that the list depends on; another binding does not take the token.
  ///   - isSealed: whether the values are encrypted too.
  /// - Returns: the token's text.
  func text(key: [UInt8], binding: [[UInt8]], isSealed: Bool = false) -> String {
    let plain = Self.encode(values)
    let content = isSealed ? Self.sealed(plain, key: key) : plain
    return Base64.encodeURL(Self.code(content, key: key, binding: binding) + content)
  }

  /// - Throws: INVALID_ARGUMENT (INVALID_PAGE_TOKEN) for a text that this store did not make for the
  ///   same list.
  init(
    _ text: String,
    key: [UInt8],
    binding: [[UInt8]],
    counts: [Int],
    isSealed: Bool = false
  ) throws(MeshError) {
    guard let bytes = Base64.decodeURL(text), bytes.count > Self.codeSize else {
      throw Self.invalid
    }
    let content = Array(bytes[Self.codeSize...])
    let code = Self.code(content, key: key, binding: binding)
    guard ConstantTime.areEqual(code, Array(bytes[..<Self.codeSize])),
      let plain = isSealed ? Self.opened(content, key: key) : content,
      let values = Self.decode(plain), counts.contains(values.count)
    else { throw Self.invalid }
    self.values = values
  }

  init(values: [SQLValue]) { self.values = values }

  static let invalid = MeshError.invalid(
    "page_token",
    "must be a token of another page of the same list",
    reason: .invalidPageToken
  )

  private static func code(_ content: [UInt8], key: [UInt8], binding: [[UInt8]]) -> [UInt8] {
    var message: [UInt8] = []
    for part in binding + [content] {
      append(UInt64(part.count), to: &message)
      message += part
    }
    return Array(HMACSHA256.code(for: message, key: key)[..<codeSize])
  }

  private static func sealed(_ plain: [UInt8], key: [UInt8]) -> [UInt8] {
    let nonce = SecureRandom.bytes(AES256GCM.nonceSize)
    return nonce + AES256GCM.seal(plain, key: sealingKey(key), nonce: nonce)
  }

  private static func opened(_ sealed: [UInt8], key: [UInt8]) -> [UInt8]? {
    let size = AES256GCM.nonceSize
    guard sealed.count > size else { return nil }
    return AES256GCM.open(sealed[size...], key: sealingKey(key), nonce: Array(sealed[..<size]))
  }

  private static func sealingKey(_ key: [UInt8]) -> [UInt8] {
    HMACSHA256.code(for: Array("leadmesh page seal 1\n".utf8), key: key)
  }

  // MARK: Values: a letter each, then eight bytes, or a length and as many bytes.

  private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(56), through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  private static func encode(_ values: [SQLValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values {
      switch value {
      case .null: bytes.append(UInt8(ascii: "n"))
      case .boolean(let value):
        bytes.append(UInt8(ascii: "i"))
        append(value ? 1 : 0, to: &bytes)
      case .integer(let value):
        bytes.append(UInt8(ascii: "i"))
        append(UInt64(bitPattern: value), to: &bytes)
      case .real(let value):
        bytes.append(UInt8(ascii: "r"))
        append(value.bitPattern, to: &bytes)
      case .text(let value):
        bytes.append(UInt8(ascii: "t"))
        append(UInt64(value.utf8.count), to: &bytes)
        bytes += Array(value.utf8)
      case .blob(let value):
        bytes.append(UInt8(ascii: "b"))
        append(UInt64(value.count), to: &bytes)
        bytes += value
      }
    }
    return bytes
  }

  private static func decode(_ bytes: [UInt8]) -> [SQLValue]? {
    var rest = bytes[...]
    var values: [SQLValue] = []
    while let kind = rest.popFirst() {
      if kind == UInt8(ascii: "n") {
        values.append(.null)
        continue
      }
      guard rest.count >= 8 else { return nil }
      let number = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      rest = rest.dropFirst(8)
      switch kind {
      case UInt8(ascii: "i"): values.append(.integer(Int64(bitPattern: number)))
      case UInt8(ascii: "r"): values.append(.real(Double(bitPattern: number)))
      case UInt8(ascii: "t"), UInt8(ascii: "b"):
        guard number <= rest.count else { return nil }
        let content = rest.prefix(Int(number))
        rest = rest.dropFirst(Int(number))
        values.append(
          kind == UInt8(ascii: "t")
            ? .text(String(decoding: content, as: UTF8.self)) : .blob(Array(content))
        )
      default: return nil
      }
    }
    return values
  }
}
