/// What an `ID` identifies; its prefix begins the id's text.
package protocol IDKind: Sendable {
  /// Lower-case letters and inner underscores, for example `lead`.
  static var prefix: StaticString { get }
}

/// The id of one kind of thing: a UUIDv7 in 16 bytes, in text a TypeID.
///
/// The text of a lead's id is `lead_01h455vb4pex5vsknk084sn02q`. Ids are ordered by creation, as far
/// as the clocks of the processes that made them agree.
package struct ID<Kind: IDKind>: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The first 8 bytes, most significant first.
  package let high: UInt64
  /// The last 8 bytes, most significant first.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads a TypeID strictly; nil when the text is none, or is one of another kind.
  package init?(_ text: String) {
    let utf8 = text.utf8
    let prefix = Kind.prefix
    let suffixOffset = prefix.utf8CodeUnitCount + 1
    guard utf8.count == suffixOffset + TypeIDSuffix.length else { return nil }
    let suffixStart = utf8.index(utf8.startIndex, offsetBy: suffixOffset)
    let separator = utf8.index(before: suffixStart)
    let isOfKind = prefix.withUTF8Buffer { utf8[..<separator].elementsEqual($0) }
    guard isOfKind, utf8[separator] == UInt8(ascii: "_"),
      let value = TypeIDSuffix.decode(utf8[suffixStart...])
    else { return nil }
    self.init(high: value.high, low: value.low)
  }

  /// Reads the 16 bytes that `bytes` gives; nil when there are more or fewer.
  package init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    var value: UInt128 = 0
    for byte in bytes { value = value << 8 | UInt128(byte) }
    self.init(
      high: UInt64(truncatingIfNeeded: value >> 64),
      low: UInt64(truncatingIfNeeded: value)
    )
  }

  /// The 16 bytes of the UUID, in the order that sorts like the id.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(16)
    for half in [high, low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        result.append(UInt8(truncatingIfNeeded: half >> UInt64(shift)))
      }
    }
    return result
  }

  package var description: String {
    let prefix = Kind.prefix
    let prefixCount = prefix.utf8CodeUnitCount
    // Written in place: ids are rendered for every row of every answer.
    return String(unsafeUninitializedCapacity: prefixCount + 1 + TypeIDSuffix.length) { buffer in
      var count = 0
      func append(_ byte: UInt8) {
        buffer[count] = byte
        count += 1
      }
      prefix.withUTF8Buffer { $0.forEach(append) }
      append(UInt8(ascii: "_"))
      TypeIDSuffix.encode(high: high, low: low, append)
      return count
    }
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

/// The 16 bytes of an id whose kind generic code does not know.
package struct IDWords: Hashable, Comparable, Sendable {
  /// The first 8 bytes, most significant first.
  package let high: UInt64
  /// The last 8 bytes, most significant first.
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Reads `<prefix>_<26 digits>` strictly; nil for anything else.
  package init?(_ text: String, prefix: String) {
    guard let id = TypeID(text), id.prefix == prefix else { return nil }
    self.init(high: id.high, low: id.low)
  }

  /// The 26 digits that follow the prefix in a TypeID.
  package var typeIDSuffix: String {
    String(unsafeUninitializedCapacity: TypeIDSuffix.length) { buffer in
      var count = 0
      TypeIDSuffix.encode(high: high, low: low) { byte in
        buffer[count] = byte
        count += 1
      }
      return count
    }
  }

  /// The 16 bytes of the UUID.
  package var bytes: [UInt8] { ID<TenantKind>(high: high, low: low).bytes }

  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension ID {
  package init(_ words: IDWords) { self.init(high: words.high, low: words.low) }

  package init?(_ words: IDWords?) {
    guard let words else { return nil }
    self.init(words)
  }

  package var words: IDWords { IDWords(high: high, low: low) }
}
