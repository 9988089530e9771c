import MeshCore
import MeshProto

/// The length-prefixed message of gRPC: a flag, four bytes of length, the message.
enum GRPCFrame {
  static let prefixCount = 5

  /// A message behind its prefix.
  static func encode(_ message: some Answer) -> [UInt8] {
    withLength(message.wireBytes(behind: prefixCount))
  }

  static func encode(_ message: [UInt8]) -> [UInt8] {
    var frame = [UInt8](repeating: 0, count: prefixCount)
    frame.reserveCapacity(prefixCount + message.count)
    frame.append(contentsOf: message)
    return withLength(frame)
  }

  private static func withLength(_ frame: consuming [UInt8]) -> [UInt8] {
    let length = UInt32(frame.count - prefixCount).bigEndian
    frame.withUnsafeMutableBytes { $0.storeBytes(of: length, toByteOffset: 1, as: UInt32.self) }
    return frame
  }

  /// The length that a prefix announces.
  ///
  /// - Throws: UNIMPLEMENTED for a compressed message, RESOURCE_EXHAUSTED beyond `limit`.
  static func length(
    of body: UnsafeRawBufferPointer,
    limit: Int
  ) throws(MeshError) -> Int {
    guard body[0] == 0 else { throw .unimplemented("compressed messages are not supported") }
    let length = Int(UInt32(bigEndian: body.loadUnaligned(fromByteOffset: 1, as: UInt32.self)))
    guard length <= limit else {
      throw .tooLarge("the message is longer than \(limit) bytes")
    }
    return length
  }
}

/// The one message of a unary call's direction, as it comes in.
struct IncomingMessage {
  private(set) var body: [UInt8] = []
  private var length: Int?

  /// - Throws: when the message is compressed, beyond `limit`, or followed by another.
  mutating func append(_ bytes: UnsafeRawBufferPointer, limit: Int) throws(MeshError) {
    if body.isEmpty { body = Array(bytes) } else { body.append(contentsOf: bytes) }
    if length == nil, body.count >= GRPCFrame.prefixCount {
      length = try body.withUnsafeBufferPointer { (body) throws(MeshError) in
        try GRPCFrame.length(of: UnsafeRawBufferPointer(body), limit: limit)
      }
    }
    if let length, body.count > GRPCFrame.prefixCount + length {
      throw .malformed("a unary call has one message")
    }
  }

  /// Whether the whole message is there.
  var isComplete: Bool { length.map { body.count == GRPCFrame.prefixCount + $0 } ?? false }

  /// Calls `read` with the message, without its prefix.
  func withMessage<Result, Failure: Error>(
    _ read: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body.withUnsafeBufferPointer { (body) throws(Failure) in
      let message = body.dropFirst(GRPCFrame.prefixCount)
      return try read(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: message)))
    }
  }
}
