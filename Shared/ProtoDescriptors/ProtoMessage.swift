import CProtobuf
import Glibc

/// A message in libprotobuf-c's memory, which ends with its owner.
package struct ProtoMessage: ~Copyable {
  /// No set of descriptors comes near it.
  private static let maxBytes = 16 << 20

  private let message: UnsafeMutablePointer<ProtobufCMessage>

  /// - Throws: `malformed` when the bytes are no such message, `tooLarge` beyond 16 MiB.
  package init(wire: [UInt8], as type: MessageTable) throws(DescriptorError) {
    guard wire.count <= Self.maxBytes else { throw .tooLarge }
    guard let message = type.unpack(wire) else { throw .malformed }
    self.message = message
  }

  /// A message without values.
  init(_ type: MessageTable) {
    guard let message = type.unpack([]) else { preconditionFailure("out of memory") }
    self.message = message
  }

  deinit { protobuf_c_message_free_unpacked(message, nil) }

  /// Shows the fields to `body`, which must not keep them.
  package borrowing func read<Result, Failure>(
    _ body: (ProtoFields) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(ProtoFields(message))
  }

  /// The message on the wire: the fields of its table by number, unknown ones behind them.
  package borrowing func wireBytes() -> [UInt8] {
    let count = protobuf_c_message_get_packed_size(message)
    return [UInt8](unsafeUninitializedCapacity: count) { wire, written in
      written = protobuf_c_message_pack(message, wire.baseAddress)
    }
  }

  /// Sets an integer of 64 bits.
  mutating func set(_ number: Int, _ value: UInt64) {
    guard let place = ProtoFields(message).place(number) else { return }
    place.count.storeBytes(of: 1, as: Int.self)
    place.value.storeBytes(of: value, as: UInt64.self)
  }

  /// Replaces the values of a repeated field of bytes.
  mutating func set(_ number: Int, _ values: [[UInt8]]) {
    guard let place = ProtoFields(message).place(number) else { return }
    let old = place.elements(ProtobufCBinaryData.self)
    for element in old { free(element.data) }
    free(UnsafeMutableRawPointer(mutating: old.baseAddress))
    let new = Self.allocate(ProtobufCBinaryData.self, values.count)
    for (index, value) in values.enumerated() {
      let data = Self.allocate(UInt8.self, value.count)
      data.initialize(from: value, count: value.count)
      (new + index).initialize(to: ProtobufCBinaryData(len: value.count, data: data))
    }
    place.count.storeBytes(of: values.count, as: Int.self)
    place.value.storeBytes(of: new, as: UnsafeMutablePointer<ProtobufCBinaryData>.self)
  }

  /// Memory that libprotobuf-c will free.
  private static func allocate<T>(_: T.Type, _ count: Int) -> UnsafeMutablePointer<T> {
    guard let memory = malloc(max(count, 1) * MemoryLayout<T>.stride) else {
      preconditionFailure("out of memory")
    }
    return memory.bindMemory(to: T.self, capacity: count)
  }
}

/// Why descriptors cannot be read.
package enum DescriptorError: Error, Equatable {
  /// The bytes are no descriptor: cut off, changed, or of another message.
  case malformed
  /// Messages are nested deeper than protoc nests them.
  case tooDeep
  /// The descriptors are longer than 16 MiB.
  case tooLarge
}

extension DescriptorError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed: "the bytes are not a protobuf descriptor"
    case .tooDeep: "the descriptors are nested too deeply"
    case .tooLarge: "the descriptors are longer than 16 MiB"
    }
  }
}
