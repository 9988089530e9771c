import MeshCore
import TypeAPI

/// A file of leads on its way into the tenant.
struct ImportJob: Sendable, Equatable {
  enum State: String, Sendable {
    case receiving
    case running
    case succeeded
    case failed
    case cancelled

    var hasEnded: Bool {
      switch self {
      case .receiving, .running: false
      case .succeeded, .failed, .cancelled: true
      }
    }
  }

  let id: ImportID
  var version: Int64
  let fileName: String
  /// What the caller asked for; empty entries are filled in from the header row.
  var mapping: ImportMapping
  var state: State
  var receivedBytes: Int
  var progress: ImportProgress
  /// Why it failed; empty unless it did.
  var failure: String
  /// Who created it, as the change log names them.
  let creator: String
  /// The member for whom the service works; nil for the operator.
  let onBehalfOf: MemberID?
  /// Whether they may add statuses and sources to the tenant.
  let mayConfigure: Bool
  let createTime: Timestamp
  var startTime: Timestamp?
  var endTime: Timestamp?

  var etag: String { String(version, radix: 36) }

  /// Why a chunk cannot be appended.
  enum AppendFault: Error, Equatable {
    case notReceiving
    /// The chunk leaves a gap or overlaps what was received in part.
    case wrongOffset(expected: Int)
  }

  /// Takes note of a chunk.
  ///
  /// - Returns: false when the chunk was received before.
  mutating func receive(offset: Int, count: Int) throws(AppendFault) -> Bool {
    guard state == .receiving else { throw .notReceiving }
    if offset + count <= receivedBytes { return false }
    guard offset == receivedBytes else { throw .wrongOffset(expected: receivedBytes) }
    receivedBytes += count
    return true
  }
}

/// How far an import is, and what came of it.
struct ImportProgress: Sendable, Equatable {
  /// Bytes worked through; a record begins there.
  var bytes = 0
  /// Line of that byte.
  var line = 1
  var rows = 0
  var created = 0
  /// Created leads that repeat another.
  var duplicates = 0
  /// Rows that were imported before.
  var unchanged = 0
  var refused = 0
}

/// Something the importer decided and the person should know.
struct ImportRemark: Sendable, Hashable {
  let field: String
  let value: String
  let text: String
}

/// A row that could not become a lead.
struct RefusedRow: Sendable, Equatable {
  let line: Int
  let heading: String
  let field: String
  let reason: String
}
