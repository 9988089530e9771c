import COpenSSL

/// Text in memory that OpenSSL reads or writes as a file; the one owner of its BIO.
struct MemoryBIO: ~Copyable {
  let pointer: OpaquePointer

  /// An empty one to write to.
  init() { pointer = Self.allocated(BIO_new(BIO_s_mem())) }

  /// One that holds `text`.
  init(_ text: String) {
    self.init()
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return }
    precondition(
      BIO_write(pointer, bytes, Int32(bytes.count)) == Int32(bytes.count),
      "out of memory"
    )
  }

  deinit { BIO_free(pointer) }

  /// All that was written and not yet read.
  consuming func text() -> String {
    let pending = BIO_ctrl_pending(pointer)
    let bytes = [UInt8](unsafeUninitializedCapacity: pending) { buffer, count in
      count = Int(max(0, BIO_read(pointer, buffer.baseAddress, Int32(pending))))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func allocated(_ pointer: OpaquePointer?) -> OpaquePointer {
    guard let pointer else { fatalError("out of memory") }
    return pointer
  }
}
