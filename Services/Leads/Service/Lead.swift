import MeshCore

enum LeadKind: IDKind { static let prefix: StaticString = "lead" }
typealias LeadID = ID<LeadKind>

/// A person or company that may buy, as the service knows it.
struct Lead: Sendable, Equatable {
  let id: LeadID
  /// Grows by one with each change; the etag.
  var version: Int64
  var profile: LeadProfile
  /// Whether the phone number is one that can exist.
  var phoneIsValid: Bool
  /// Who works on it; nil while it waits in the unassigned queue.
  var owner: MemberID?
  var score: Score
  /// The older lead this one repeats.
  var duplicateOf: LeadID?
  let createTime: Timestamp
  var updateTime: Timestamp
  var lastActivityTime: Timestamp?

  /// What a client sends back to change only what it has read.
  var etag: String { String(version, radix: 36) }

  /// - Throws: `.stale` when the client has read an older version. An empty etag matches any.
  func requireMatch(_ etag: String) throws(LeadFault) {
    guard etag.isEmpty || etag == self.etag else { throw .stale }
  }
}

/// Why a lead cannot be as somebody wants it.
enum LeadFault: Error, Equatable {
  /// The values break rules of the fields.
  case invalid([FieldViolation])
  /// It has changed since the caller read it.
  case stale
}
