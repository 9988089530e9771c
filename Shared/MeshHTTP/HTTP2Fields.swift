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
  package mutating func add(_ name: String, _ value: String) {
    var name = name
    var value = value
    name.withUTF8 { name in
      value.withUTF8 { value in
        append(UnsafeRawBufferPointer(name), UnsafeRawBufferPointer(value))
      }
    }
  }

  mutating func append(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
    let size = 8 + name.count + value.count
    if block.isEmpty { block.reserveCapacity(224) }
    var lengths = (UInt32(name.count), UInt32(value.count))
    block.reserveCapacity(max(block.count + size, block.capacity))
    withUnsafeBytes(of: &lengths) { block.append(contentsOf: $0) }
    block.append(contentsOf: name)
    block.append(contentsOf: value)
    count += 1
  }

  package mutating func removeAll() {
    block.removeAll(keepingCapacity: true)
    count = 0
  }

  /// Calls `body` with each field until it returns a value.
  @inline(__always)
  private func first<Value>(
    where body: (_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Value?
  ) -> Value? {
    block.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        let nameCount = Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        let valueCount = Int(bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
        let name = offset + 8
        let value = name + nameCount
        offset = value + valueCount
        let found = body(
          UnsafeRawBufferPointer(rebasing: bytes[name..<value]),
          UnsafeRawBufferPointer(rebasing: bytes[value..<offset])
        )
        if let found { return found }
      }
      return nil
    }
  }

  /// Calls `body` with the first value of `name`; nil when there is none.
  @inline(__always)
  package func withValue<Result>(
    of name: StaticString,
    _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return first { $0.elementsEqual(wanted) ? body($1) : nil }
  }

  /// The first value of `name`; what is not UTF-8 in it is repaired.
  package subscript(name: String) -> String? {
    var name = name
    return name.withUTF8 { wanted in
      first { $0.elementsEqual(wanted) ? String(decoding: $1, as: UTF8.self) : nil }
    }
  }

  /// Every field in order.
  package func forEach(_ body: (_ name: String, _ value: String) -> Void) {
    let _: Never? = first { name, value in
      body(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
      return nil
    }
  }

  /// Calls `body` with the fields as nghttp2 takes them, which copies them.
  func withVector<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: nghttp2_nv.self, capacity: count) { vector in
      var index = 0
      let _: Never? = first { name, value in
        vector.initializeElement(
          at: index,
          to: nghttp2_nv(name, value, flags: NGHTTP2_NV_FLAG_NONE)
        )
        index += 1
        return nil
      }
      return body(vector.baseAddress, count)
    }
  }
}

extension UnsafeRawBufferPointer {
  @inline(__always)
  fileprivate func elementsEqual(_ other: UnsafeRawBufferPointer) -> Bool {
    guard count == other.count, let here = baseAddress, let there = other.baseAddress else {
      return count == other.count
    }
    return memcmp(here, there, count) == 0
  }

  @inline(__always)
  fileprivate func elementsEqual(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
    elementsEqual(UnsafeRawBufferPointer(other))
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
package final class HTTP2ConstantFields: Sendable {
  /// Unchecked: written once, before it is shared; nghttp2 only reads it.
  private struct Vector: @unchecked Sendable {
    let fields: UnsafeBufferPointer<nghttp2_nv>
  }
  private let vector: Vector

  /// Lives as long as the process: make one per constant.
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
    vector = Vector(fields: UnsafeBufferPointer(memory))
  }

  @inline(__always)
  func withVector<Result>(_ body: (UnsafePointer<nghttp2_nv>?, Int) -> Result) -> Result {
    body(vector.fields.baseAddress, vector.fields.count)
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
