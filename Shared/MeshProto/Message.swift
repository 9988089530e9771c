/// A protobuf message as a plain value with its own wire codec.
///
/// Generated from `.proto` files, except for the well-known types. Decoding checks everything that
/// can be wrong with bytes once, so that handlers only ever see valid text and bounded depth.
package protocol Message: Answer, Equatable where Body == Self {
  /// The full name in the proto, such as `leadmesh.leads.v1.Lead`.
  static var protoName: String { get }

  init()

  /// Fields this build does not know, kept from decoding and written again by encoding.
  var unknownFields: UnknownFields { get set }

  func encode(into writer: inout WireWriter)

  /// Reads fields up to the end of the reader's current message.
  ///
  /// A scalar read again replaces the earlier one, a message merges, a repeated field appends.
  mutating func merge(from reader: inout WireReader) throws(WireError)
}

extension Message {
  /// Decodes one message that fills `wire`.
  package init(
    wire: UnsafeRawBufferPointer,
    limits: WireLimits = .standard
  ) throws(WireError) {
    self.init()
    guard wire.count <= limits.maxBytes else { throw .tooLarge(limit: limits.maxBytes) }
    guard let start = wire.baseAddress, !wire.isEmpty else { return }
    var reader = WireReader(
      start: start,
      count: wire.count,
      depth: limits.maxDepth,
      isStrict: limits.isStrict
    )
    try merge(from: &reader)
  }

  /// Decodes one message that fills `wire`.
  package init(wire: [UInt8], limits: WireLimits = .standard) throws(WireError) {
    self = try wire.withUnsafeBufferPointer { (bytes) throws(WireError) in
      try Self(wire: UnsafeRawBufferPointer(bytes), limits: limits)
    }
  }

  /// Decodes one message that fills `wire`.
  package init(wire: ArraySlice<UInt8>, limits: WireLimits = .standard) throws(WireError) {
    self = try wire.withUnsafeBufferPointer { (bytes) throws(WireError) in
      try Self(wire: UnsafeRawBufferPointer(bytes), limits: limits)
    }
  }

  /// The fields that another message has too, which have the same numbers and types in both.
  ///
  /// For two APIs of one thing. What the other has beyond that is left out; of messages within it, it is among their
  /// unknown fields.
  package init(sharing other: some Message) throws(WireError) {
    try self.init(wire: other.wireBytes())
    unknownFields = UnknownFields()
  }

  /// The message on the wire.
  ///
  /// Equal messages give equal bytes: map entries are sorted by key.
  package func wireBytes() -> [UInt8] {
    wireBytes(behind: 0)
  }

  /// The message on the wire behind `prefixCount` bytes that are zero, for a length or the like.
  package func wireBytes(behind prefixCount: Int) -> [UInt8] {
    withUnsafeTemporaryAllocation(byteCount: WireWriter.scratchSize, alignment: 1) { scratch in
      var writer = WireWriter(scratch: scratch)
      writer.zeros(prefixCount)
      encode(into: &writer)
      return writer.finish()
    }
  }
}

/// What a handler answers: a message, or the wire format of one that was written without it.
package protocol Answer<Body>: Sendable {
  associatedtype Body: Message

  /// The message, read from the wire format if need be.
  func message() throws(WireError) -> Body

  /// The message on the wire behind `prefixCount` bytes that are zero.
  func wireBytes(behind prefixCount: Int) -> [UInt8]
}

extension Message {
  package func message() -> Self { self }
}

/// The wire format of a message, in pieces of whole fields.
package struct Encoded<Body: Message>: Answer {
  private let pieces: [[UInt8]]

  package init(_ pieces: [UInt8]...) { self.pieces = pieces }

  package func message() throws(WireError) -> Body { try Body(wire: wireBytes(behind: 0)) }

  package func wireBytes(behind prefixCount: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pieces.reduce(prefixCount) { $0 + $1.count })
    bytes.append(contentsOf: repeatElement(0, count: prefixCount))
    for piece in pieces { bytes.append(contentsOf: piece) }
    return bytes
  }
}

/// A proto3 enum: open, so that values of a newer proto survive a round trip.
package protocol ProtoEnum: RawRepresentable, Hashable, Sendable where RawValue == Int32 {
  init(rawValue: Int32)
}
