/// Where a header block that is being received is put together.
///
/// A connection has one: the fields of different blocks never mix (RFC 9113, section 4.3). It is
/// plain memory, reached from callbacks without counting references, once for every field.
struct HTTP2FieldBuffer: ~Copyable {
  private var memory = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var used = 0
  private var count = 0

  deinit {
    memory.deallocate()
  }

  /// Names and values with 32 bytes for each field, as limits count them.
  var size: Int { used + 24 * count }

  mutating func removeAll() {
    used = 0
    count = 0
  }

  @inline(__always)
  mutating func append(
    _ name: UnsafePointer<UInt8>,
    _ nameCount: Int,
    _ value: UnsafePointer<UInt8>,
    _ valueCount: Int
  ) {
    if used + 8 + nameCount + valueCount > memory.count { grow(by: 8 + nameCount + valueCount) }
    guard let start = memory.baseAddress else { return }
    let next = start + used
    next.storeBytes(of: UInt32(truncatingIfNeeded: nameCount), as: UInt32.self)
    next.storeBytes(
      of: UInt32(truncatingIfNeeded: valueCount),
      toByteOffset: 4,
      as: UInt32.self
    )
    (next + 8).copyMemory(from: name, byteCount: nameCount)
    (next + 8 + nameCount).copyMemory(from: value, byteCount: valueCount)
    used += 8 + nameCount + valueCount
    count += 1
  }

  private mutating func grow(by more: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: max(512, 2 * memory.count, used + more),
      alignment: 8
    )
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<used]))
    memory.deallocate()
    memory = larger
  }

  var fields: HTTP2Fields {
    HTTP2Fields(block: UnsafeRawBufferPointer(rebasing: memory[..<used]), count: count)
  }
}

/// What nghttp2 hands to every callback of a connection.
struct HTTP2CallbackContext: ~Copyable {
  /// Owns this, and so outlives it.
  let connection: Unmanaged<HTTP2Connection>
  let maxHeaderBytes: Int
  var incoming = HTTP2FieldBuffer()
  /// The stream that the block belongs to.
  var incomingID: Int32 = 0

  init(_ connection: HTTP2Connection, maxHeaderBytes: Int) {
    self.connection = .passUnretained(connection)
    self.maxHeaderBytes = maxHeaderBytes
  }
}
