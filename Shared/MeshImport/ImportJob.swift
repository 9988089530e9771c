package import MeshCore
package import TypeAPI

/// A file on its way into the tenant.
package struct ImportJob: Sendable, Equatable {
  package enum State: String, Sendable {
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

  package let id: ImportID
  var version: Int64 = 1
  package let fileName: String
  /// What the caller asked for; empty entries are filled in from the header row.
  package var mapping: ImportMapping
  package var state = State.receiving
  package var receivedBytes = 0
  package var progress = ImportProgress()
  /// Why it failed; empty unless it did.
  package var failure = ""
  /// Who created it, as the change log names them.
  package let creator: String
  /// The member the service works for; nil for the operator.
  let onBehalfOf: MemberID?
  /// Whether they may add to the tenant's lists, such as statuses.
  package let mayConfigure: Bool
  package let createTime: Timestamp
  package var startTime: Timestamp?
  package var endTime: Timestamp?

  package var etag: Etag { Etag(version: version) }

  /// Takes note of a chunk.
  ///
  /// - Returns: false when the chunk was received before.
  /// - Throws: `AppendFault`.
  mutating func receive(offset: Int64, count: Int) throws(AppendFault) -> Bool {
    guard state == .receiving else { throw .notReceiving }
    let received = Int64(receivedBytes)
    if offset < received, received - offset >= Int64(count) { return false }
    guard offset == received else { throw .wrongOffset(expected: receivedBytes) }
    receivedBytes += count
    return true
  }
}

/// Why a chunk cannot be appended.
enum AppendFault: ClientError, Equatable {
  case notReceiving
  /// The chunk leaves a gap or overlaps what was received in part.
  case wrongOffset(expected: Int)

  var meshError: MeshError {
    switch self {
    case .notReceiving:
      .failedPrecondition("the import was started or has ended; it takes no more content")
    case .wrongOffset(let expected):
      MeshError(
        code: .outOfRange,
        reason: .invalidField,
        message: "the next chunk begins at \(expected)",
        violations: [
          FieldViolation(
            field: "offset",
            description: "must be \(expected), where the next chunk begins"
          )
        ]
      )
    }
  }
}

/// How far an import is, and what came of it.
package struct ImportProgress: Sendable, Equatable {
  /// Bytes worked through; a record begins there.
  package internal(set) var bytes = 0
  /// Line of that byte.
  var line = 1
  package internal(set) var rows = 0
  package internal(set) var created = 0
  /// Created records that repeat another.
  package internal(set) var duplicates = 0
  /// Rows that were imported before.
  package internal(set) var unchanged = 0
  package internal(set) var refused = 0
}

/// An import with what it decided.
package struct ImportReport: Sendable {
  package let job: ImportJob
  /// By the number of rows they are about, most first.
  package let remarks: [(remark: ImportRemark, rows: Int)]
}

/// A row that could not become a record.
package struct RefusedRow: Sendable, Equatable {
  package let line: Int
  /// Of the column at fault; empty when the row as a whole is.
  package let heading: String
  package let field: String
  package let reason: String
}
