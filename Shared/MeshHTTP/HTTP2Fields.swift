import CNghttp2
import Glibc

/// Header fields as HTTP/2 carries them: lower-case names, in order, repeated ones kept.
///
/// All of them lie in one block of memory, because a call has a dozen and most are never looked at.
package struct HTTP2Fields: Hashable, Sendable {
  /// For each field the two lengths, four bytes each, then name and value.
  private var block: [UInt8] = []
  package private(set) var count = 0

  package init() {}

  /// Names and values, without the bookkeeping.
  package var byteCount: Int { block.count - 8 * count }

  /// Appends a field; the name is lower-case.
  ///
  /// Blanks around the value are left out: a peer takes a value with them for a fault of the whole
  /// message (RFC 9113, section 8.2.1).
  package mutating func add(_ name: String, _ value: String) {
    var name = name
    var value = value
    name.withUTF8 { name in
      value.withUTF8 { value in
        var range = 0..<value.count
        while let first = range.first, Self.isBlank(value[first]) { range = range.dropFirst() }
        while let last = range.last, Self.isBlank(value[last]) { range = range.dropLast() }
        append(
          UnsafeRawBufferPointer(name),
          UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: value[range]))
        )
      }
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// The fields of a block that a `HTTP2FieldBuffer` holds.
  init(block: UnsafeRawBufferPointer, count: Int) {
    self.block = Array(block)
    self.count = count
  }

  private mutating func append(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    var lengths = (UInt32(name.count), UInt32(value.count))
    block.reserveCapacity(block.count + 8 + name.count + value.count)
    withUnsafeBytes(of: &lengths) { block.append(contentsOf: $0) }
    block.append(contentsOf: name)
    block.append(contentsOf: value)
    count += 1
  }

  /// Calls `body` with each field until it returns true.
  @inline(__always)
  private func scan(
    _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool
  ) {
    block.withUnsafeBytes { Self.scan($0, body) }
  }

  @inline(__always)
  private static func scan(
    _ bytes: UnsafeRawBufferPointer,
    _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool
  ) {
    guard var next = bytes.baseAddress else { return }
    let end = next + bytes.count
    while next < end {
      let nameCount = Int(next.loadUnaligned(as: UInt32.self))
      let valueCount = Int(next.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
      let name = UnsafeRawBufferPointer(start: next + 8, count: nameCount)
      let value = UnsafeRawBufferPointer(start: next + 8 + nameCount, count: valueCount)
      if body(name, value) { return }
      next += 8 + nameCount + valueCount
    }
  }

  /// The first value of `name`; what is not UTF-8 in it is repaired.
  package subscript(name: String) -> String? {
    var name = name
    var found: String?
    name.withUTF8 { wanted in
      scan { name, value in
        guard name.isSame(as: UnsafeRawBufferPointer(wanted)) else { return false }
        found = String(decoding: value, as: UTF8.self)
        return true
      }
    }
    return found
  }

  /// Every field in order, as bytes that are valid during the call only.
  package func forEachRaw(
    _ body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Void
  ) {
    scan { name, value in
      body(name, value)
      return false
    }
  }

  /// Every field in order.
  package func forEach(_ body: (_ name: String, _ value: String) -> Void) {
    scan { name, value in
      body(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
      return false
    }
  }

  /// Calls `body` with the fields as nghttp2 takes them, which copies them.
  func withVector<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    // The vector points into the block, so it is used while the block's bytes are held.
    block.withUnsafeBytes { bytes in
      withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: count) { vector in
        var index = 0
        Self.scan(bytes) { name, value in
          vector.initializeElement(
            at: index,
            to: nghttp2_nv(name, value, flags: NGHTTP2_NV_FLAG_NONE)
          )
          index += 1
          return false
        }
        return body(vector.baseAddress, count)
      }
    }
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func isSame(as other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count else { return false }
    guard let here = baseAddress, let there = other.baseAddress else { return true }
    return memcmp(here, there, count) == 0
  }
}

extension nghttp2_nv {
  fileprivate init(
    _ name: UnsafeRawBufferPointer,
    _ value: UnsafeRawBufferPointer,
    flags: nghttp2_nv_flag
  ) {
    // nghttp2 does not write through these, although its type says it may.
    self.init(
      name: UnsafeMutablePointer(mutating: name.assumingMemoryBound(to: UInt8.self).baseAddress),
      value: UnsafeMutablePointer(mutating: value.assumingMemoryBound(to: UInt8.self).baseAddress),
      namelen: name.count,
      valuelen: value.count,
      flags: UInt8(flags.rawValue)
    )
  }
}

/// Fields that are the same in every message, prepared once and never copied.
///
/// Written once and lives as long as the process, hence Sendable: make one per constant.
package struct HTTP2ConstantFields: @unchecked Sendable {
  private let vector: UnsafeBufferPointer<nghttp2_nv>

  package init(_ fields: KeyValuePairs<StaticString, StaticString>) {
    let copyNothing = nghttp2_nv_flag(
      rawValue: NGHTTP2_NV_FLAG_NO_COPY_NAME.rawValue | NGHTTP2_NV_FLAG_NO_COPY_VALUE.rawValue
    )
    let memory = UnsafeMutableBufferPointer<nghttp2_nv>.allocate(capacity: fields.count)
    for (index, (name, value)) in fields.enumerated() {
      let field = nghttp2_nv(
        UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount),
        UnsafeRawBufferPointer(start: value.utf8Start, count: value.utf8CodeUnitCount),
        flags: copyNothing
      )
      memory.initializeElement(at: index, to: field)
    }
    vector = UnsafeBufferPointer(memory)
  }

  @inline(__always)
  func withVector<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    body(vector.baseAddress, vector.count)
  }
}

/// A header block to send.
package enum HTTP2Head {
  case constant(HTTP2ConstantFields)
  case fields(HTTP2Fields)

  @inline(__always)
  func withVector<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    switch self {
    case .constant(let fields): fields.withVector(body)
    case .fields(let fields): fields.withVector(body)
    }
  }
}
