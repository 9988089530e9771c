import MeshCore

/// The metadata of a call, in order; a key may occur several times.
///
/// Keys are lower-case ASCII. Values are texts, or bytes under keys that end with `-bin`, which
/// travel as base 64.
package struct Metadata: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// The first value under `key`.
  package subscript(key: String) -> String? { entries.first { $0.key == key }?.value }

  package func values(_ key: String) -> [String] {
    entries.filter { $0.key == key }.map(\.value)
  }

  package mutating func add(_ key: String, _ value: String) {
    entries.append(Entry(key: key, value: value))
  }

  package mutating func add(contentsOf other: Metadata) { entries += other.entries }

  /// The bytes of the first value under `key`, which ends with `-bin`; nil for bad base 64 too.
  package func binary(_ key: String) -> [UInt8]? { self[key].flatMap { Base64.decode($0) } }

  /// Adds bytes under a key that ends with `-bin`.
  package mutating func addBinary(_ key: String, _ value: [UInt8]) {
    add(key, Base64.encode(value, padded: false))
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
