package import MeshCore

/// Writes wire format into memory that grows as needed.
///
/// It begins in scratch memory of its caller's stack, where most messages end; what is longer moves
/// to the heap. Functions here are called for every field and take all they need at once, as the
/// compiler inlines nothing of `package` access into other modules.
package struct WireWriter: ~Copyable {
  static let scratchSize = 1_024

  private var start: UnsafeMutableRawPointer
  private var next: UnsafeMutableRawPointer
  private var end: UnsafeMutableRawPointer
  private var ownsMemory = false

  /// Begins in `scratch`, which is not empty and outlives the writer.
  init(scratch: UnsafeMutableRawBufferPointer) {
    guard let base = scratch.baseAddress else { preconditionFailure("scratch memory is empty") }
    start = base
    next = base
    end = base + scratch.count
  }

  /// Begins on the heap, for what is longer than a message.
  package init() {
    start = UnsafeMutableRawPointer.allocate(byteCount: Self.scratchSize, alignment: 1)
    next = start
    end = start + Self.scratchSize
    ownsMemory = true
  }

  deinit {
    if ownsMemory { start.deallocate() }
  }

  /// Bytes written so far.
  package var count: Int { next - start }

  /// What was written.
  package func finish() -> [UInt8] { first(count) }

  /// The first bytes of what was written, at most all.
  package func first(_ count: Int) -> [UInt8] {
    [UInt8](UnsafeRawBufferPointer(start: start, count: min(count, self.count)))
  }

  mutating func zeros(_ count: Int) {
    reserve(count)
    next.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    next += count
  }

  /// Makes sure that `count` more bytes fit.
  @inline(__always)
  private mutating func reserve(_ count: Int) {
    if count > end - next { grow(by: count) }
  }

  @inline(never)
  private mutating func grow(by count: Int) {
    let used = next - start
    let capacity = max(2 * (end - start), used + count)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 1)
    memory.copyMemory(from: start, byteCount: used)
    if ownsMemory { start.deallocate() }
    start = memory
    next = memory + used
    end = memory + capacity
    ownsMemory = true
  }
}

// Primitives. All but `raw` and `delimited` expect that the caller has reserved the memory.
extension WireWriter {
  /// Most bytes that a tag, or a length, takes.
  private static var maxTag: Int { 5 }
  private static var maxVarint: Int { 10 }

  @inline(__always)
  private mutating func put(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      next.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, as: UInt8.self)
      next += 1
      rest >>= 7
    }
    next.storeBytes(of: UInt8(truncatingIfNeeded: rest), as: UInt8.self)
    next += 1
  }

  @inline(__always)
  private mutating func put(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    let count = bytes.count
    switch count {
    case 17...: next.copyMemory(from: source, byteCount: count)
    case 8...: put(ends: UInt64.self, of: source, count)
    case 4...: put(ends: UInt32.self, of: source, count)
    default:
      for offset in 0..<count {
        next.storeBytes(
          of: source.load(fromByteOffset: offset, as: UInt8.self),
          toByteOffset: offset,
          as: UInt8.self
        )
      }
    }
    next += count
  }

  /// Copies short texts, of which most messages are made, by two words that may overlap: a third of
  /// the time of a call of memmove.
  @inline(__always)
  private mutating func put<Word: FixedWidthInteger & BitwiseCopyable>(
    ends _: Word.Type,
    of source: UnsafeRawPointer,
    _ count: Int
  ) {
    let last = count - MemoryLayout<Word>.size
    let (head, tail) = (
      source.loadUnaligned(as: Word.self), source.loadUnaligned(fromByteOffset: last, as: Word.self)
    )
    next.storeBytes(of: head, as: Word.self)
    next.storeBytes(of: tail, toByteOffset: last, as: Word.self)
  }

  @inline(__always)
  private mutating func put(delimited bytes: UnsafeRawBufferPointer, tag: UInt32) {
    reserve(2 * Self.maxTag + bytes.count)
    put(varint: UInt64(tag))
    put(varint: UInt64(bytes.count))
    put(bytes)
  }

  @inline(__always)
  private mutating func put(varint value: UInt64, tag: UInt32) {
    reserve(Self.maxTag + Self.maxVarint)
    put(varint: UInt64(tag))
    put(varint: value)
  }

  @inline(__always)
  private mutating func put<T: FixedWidthInteger>(fixed value: T, tag: UInt32) {
    reserve(Self.maxTag + MemoryLayout<T>.size)
    put(varint: UInt64(tag))
    next.storeBytes(of: value.littleEndian, as: T.self)
    next += MemoryLayout<T>.size
  }

  /// Writes bytes that are wire format already.
  package mutating func raw(_ bytes: UnsafeRawBufferPointer) {
    reserve(bytes.count)
    put(bytes)
  }

  /// Writes bytes that are wire format already.
  package mutating func raw(_ bytes: [UInt8]) {
    reserve(bytes.count)
    bytes.withUnsafeBytes { put($0) }
  }

  /// Writes a message, the entry of a map or packed values: what `body` writes behind its length.
  ///
  /// One byte is kept for the length, and what needs more is moved up. This is cheaper than to
  /// compute the size of every nested message before.
  package mutating func delimited(_ tag: UInt32, _ body: (inout WireWriter) -> Void) {
    reserve(Self.maxTag + 1)
    put(varint: UInt64(tag))
    next += 1
    let offset = next - start
    body(&self)
    let count = next - start - offset
    if count < 0x80 {
      (start + (offset - 1)).storeBytes(of: UInt8(truncatingIfNeeded: count), as: UInt8.self)
    } else {
      insert(length: count, at: offset)
    }
  }

  private mutating func insert(length count: Int, at offset: Int) {
    reserve(Self.maxTag)
    let wide = WireVarint.size(UInt64(count)) - 1
    let body = start + offset
    (body + wide).copyMemory(from: body, byteCount: count)
    next = body - 1
    put(varint: UInt64(count))
    next += count
  }
}

// Fields: the value behind its tag, `number << 3 | wire type`.
extension WireWriter {
  /// Borrows the text: a retain and release of each would be a quarter of a lead's encoding.
  package mutating func string(_ value: borrowing String, tag: UInt32) {
    let written: Void? = value.utf8.withContiguousStorageIfAvailable { bytes in
      put(delimited: UnsafeRawBufferPointer(bytes), tag: tag)
    }
    if written == nil { bytes(Array((copy value).utf8), tag: tag) }
  }

  /// Writes a text by its UTF-8, unless it is empty.
  package mutating func text(_ utf8: UnsafeRawBufferPointer, tag: UInt32) {
    if !utf8.isEmpty { put(delimited: utf8, tag: tag) }
  }

  /// Writes an id of a kind's prefix without making a text of it.
  package mutating func id(_ id: IDWords, _ prefix: StaticString, tag: UInt32) {
    let count = prefix.utf8CodeUnitCount + 1 + TypeIDText.suffixLength
    reserve(2 * Self.maxTag + count)
    put(varint: UInt64(tag))
    put(varint: UInt64(count))
    prefix.withUTF8Buffer { put(UnsafeRawBufferPointer($0)) }
    next.storeBytes(of: UInt8(ascii: "_"), as: UInt8.self)
    next += 1
    TypeIDText.write(id, to: next)
    next += TypeIDText.suffixLength
  }

  package mutating func bytes(_ value: borrowing [UInt8], tag: UInt32) {
    value.withUnsafeBytes { put(delimited: $0, tag: tag) }
  }

  package mutating func bool(_ value: Bool, tag: UInt32) { put(varint: value ? 1 : 0, tag: tag) }

  /// A negative value takes ten bytes.
  package mutating func int32(_ value: Int32, tag: UInt32) { int64(Int64(value), tag: tag) }

  package mutating func int64(_ value: Int64, tag: UInt32) {
    put(varint: UInt64(bitPattern: value), tag: tag)
  }

  package mutating func uint32(_ value: UInt32, tag: UInt32) {
    put(varint: UInt64(value), tag: tag)
  }

  package mutating func uint64(_ value: UInt64, tag: UInt32) { put(varint: value, tag: tag) }

  package mutating func sint32(_ value: Int32, tag: UInt32) {
    put(varint: WireVarint.zigzag(value), tag: tag)
  }

  package mutating func sint64(_ value: Int64, tag: UInt32) {
    put(varint: WireVarint.zigzag(value), tag: tag)
  }

  package mutating func fixed32(_ value: UInt32, tag: UInt32) { put(fixed: value, tag: tag) }

  package mutating func fixed64(_ value: UInt64, tag: UInt32) { put(fixed: value, tag: tag) }

  package mutating func sfixed32(_ value: Int32, tag: UInt32) { put(fixed: value, tag: tag) }

  package mutating func sfixed64(_ value: Int64, tag: UInt32) { put(fixed: value, tag: tag) }

  package mutating func float(_ value: Float, tag: UInt32) {
    put(fixed: value.bitPattern, tag: tag)
  }

  package mutating func double(_ value: Double, tag: UInt32) {
    put(fixed: value.bitPattern, tag: tag)
  }

  package mutating func unknownFields(_ fields: UnknownFields) {
    if !fields.isEmpty { raw(fields.bytes) }
  }
}

// Values within `delimited` that have no tag of their own: packed fields.
extension WireWriter {
  @inline(__always)
  private mutating func pack(varint value: UInt64) {
    reserve(Self.maxVarint)
    put(varint: value)
  }

  @inline(__always)
  private mutating func pack<T: FixedWidthInteger>(fixed value: T) {
    reserve(MemoryLayout<T>.size)
    next.storeBytes(of: value.littleEndian, as: T.self)
    next += MemoryLayout<T>.size
  }

  package mutating func bool(_ value: Bool) { pack(varint: value ? 1 : 0) }
  package mutating func int32(_ value: Int32) { int64(Int64(value)) }
  package mutating func int64(_ value: Int64) { pack(varint: UInt64(bitPattern: value)) }
  package mutating func uint32(_ value: UInt32) { pack(varint: UInt64(value)) }
  package mutating func uint64(_ value: UInt64) { pack(varint: value) }
  package mutating func sint32(_ value: Int32) { pack(varint: WireVarint.zigzag(value)) }
  package mutating func sint64(_ value: Int64) { pack(varint: WireVarint.zigzag(value)) }
  package mutating func fixed32(_ value: UInt32) { pack(fixed: value) }
  package mutating func fixed64(_ value: UInt64) { pack(fixed: value) }
  package mutating func sfixed32(_ value: Int32) { pack(fixed: value) }
  package mutating func sfixed64(_ value: Int64) { pack(fixed: value) }
  package mutating func float(_ value: Float) { pack(fixed: value.bitPattern) }
  package mutating func double(_ value: Double) { pack(fixed: value.bitPattern) }
}

/// The arithmetic of varints.
enum WireVarint {
  static func size(_ value: UInt64) -> Int {
    // Seven bits to a byte, and a byte for 0.
    (70 - (value | 1).leadingZeroBitCount) / 7
  }

  /// Zigzag, so that small negative values stay short.
  static func zigzag(_ value: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: (value << 1) ^ (value >> 31)))
  }

  static func zigzag(_ value: Int64) -> UInt64 {
    UInt64(bitPattern: (value << 1) ^ (value >> 63))
  }
}
