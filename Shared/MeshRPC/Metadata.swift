import MeshCore
import MeshHTTP

/// The metadata of a call, in order; a key may occur several times.
///
/// Keys are lower-case ASCII. Values are texts, or bytes under keys that end with `-bin`, which
/// travel as base 64.
package struct Metadata: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: String
  }

  /// As they came; what belongs to HTTP/2 and gRPC is among them, and not shown.
  private(set) var fields: HTTP2Fields

  package init() {
    fields = HTTP2Fields()
  }

  /// What a peer sent.
  init(_ fields: HTTP2Fields) {
    self.fields = fields
  }

  package var entries: [Entry] {
    var entries: [Entry] = []
    fields.forEach { key, value in
      if !Self.isReserved(key) { entries.append(Entry(key: key, value: value)) }
    }
    return entries
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// The first value under `key`.
  package subscript(key: String) -> String? {
    fields[key]
  }

  package func values(_ key: String) -> [String] {
    entries.filter { $0.key == key }.map(\.value)
  }

  package mutating func add(_ key: String, _ value: String) {
    fields.add(key, value)
  }

  package mutating func add(contentsOf other: Metadata) {
    for entry in other.entries { add(entry.key, entry.value) }
  }

  /// The bytes of the first value under `key`, which ends with `-bin`; nil for bad base 64 too.
  package func binary(_ key: String) -> [UInt8]? {
    self[key].flatMap { Base64.decode($0) }
  }

  /// Adds bytes under a key that ends with `-bin`.
  package mutating func addBinary(_ key: String, _ value: [UInt8]) {
    add(key, Base64.encode(value, padded: false))
  }

  /// Fields of HTTP/2 and of gRPC itself.
  private static func isReserved(_ key: String) -> Bool {
    key.hasPrefix(":") || key.hasPrefix("grpc-") || key == "content-type" || key == "te"
  }
}

/// The keys of metadata that the mesh itself gives a meaning.
package enum MetadataKey {
  /// `Bearer <token>` of a member.
  package static let authorization = "authorization"
  /// `system:<name>` of a process; believed only from a peer on this machine.
  package static let caller = "leadmesh-caller"
  /// The tenant that a call is for.
  package static let tenant = "leadmesh-tenant"
  /// The member whose command a process carries out.
  package static let onBehalfOf = "leadmesh-on-behalf-of"
  /// The idempotency key: the same key and request have one effect.
  package static let idempotencyKey = "leadmesh-request-id"
  /// The client's address, as the gateway saw it; believed only from a peer on this machine.
  package static let originAddress = "leadmesh-origin-address"
  /// The client's `User-Agent`, believed as the address is.
  package static let originAgent = "leadmesh-origin-agent"
  /// One request of a client across all services, for logs.
  package static let requestID = "x-request-id"
  /// W3C Trace Context.
  package static let traceparent = "traceparent"
}
