package import MeshCore
import MeshRecords
package import TypeAPI

/// The import of one file.
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
  /// The kind of the records.
  package let object: String
  /// Whether it is a dry run: everything is checked and counted, and nothing is made.
  package let validateOnly: Bool
  /// The caller's mapping; parts that are empty are filled in from the header row.
  package var mapping: ImportMapping
  package var state = State.receiving
  package var receivedBytes = 0
  package var progress = ImportProgress()
  /// Why it failed; empty unless it did.
  package var failure = ""
  /// The actor who created it, as in the change log.
  package let creator: String
  /// The member on whose behalf the service works; nil for the operator.
  package let onBehalfOf: MemberID?
  /// Whether whoever started it could then add to the tenant's lists, such as statuses.
  package var mayConfigure = false
  package let createTime: Timestamp
  package var startTime: Timestamp?
  package var endTime: Timestamp?

  package var etag: Etag { Etag(version: version) }

  /// Whether its content did not arrive in time.
  func isOverdue(at now: Timestamp) -> Bool {
    state == .receiving && now >= createTime + ImportLimits.receivingTime
  }

  /// Ends it without success.
  mutating func fail(_ reason: String) {
    state = .failed
    failure = reason
  }

  /// Ends it because its content did not arrive in time.
  mutating func expire() {
    fail("the content did not come within 24 hours; create the import again")
  }

  /// Records the arrival of a chunk.
  ///
  /// - Returns: false when the chunk was received before.
  /// - Throws: `AppendFault`.
  mutating func receive(offset: Int64, count: Int) throws(AppendFault) -> Bool {
    guard state == .receiving else { throw .notReceiving }
    let received = Int64(receivedBytes)
    if offset < received, received - offset >= Int64(count) { return false }
    guard offset == received else { throw .wrongOffset(expected: receivedBytes) }
    guard count <= Limit.importBytes.most - receivedBytes else { throw .tooLarge }
    receivedBytes += count
    return true
  }
}

/// Why a chunk cannot be appended.
enum AppendFault: ClientError, Equatable {
  case notReceiving
  /// The chunk leaves a gap or partly overlaps the content received before.
  case wrongOffset(expected: Int)
  /// The file would have more bytes than allowed.
  case tooLarge

  var meshError: MeshError {
    switch self {
    case .notReceiving:
      .failedPrecondition("the import was started or has ended; it accepts no more content")
    case .tooLarge:
      Limit.importBytes.reached(
        "an imported file may have at most \(Limit.importBytes.most >> 20) MiB; split it"
      )
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

/// An import's progress and counts.
package struct ImportProgress: Sendable, Equatable {
  /// Bytes processed; a record begins at this offset.
  package internal(set) var bytes = 0
  /// Line of that offset.
  var line = 1
  package internal(set) var rows = 0
  package internal(set) var created = 0
  /// Created records that duplicate another.
  package internal(set) var duplicates = 0
  /// Rows that were imported before.
  package internal(set) var unchanged = 0
  package internal(set) var refused = 0
  /// Rows that contain only blanks and separators, which are not among `rows`.
  package internal(set) var blank = 0
  /// Created records that lack another of their kind which their rows name.
  package internal(set) var incomplete = 0
}

/// An import with its remarks.
package struct ImportReport: Sendable {
  package let job: ImportJob
  /// Ordered by the number of rows they affect, most first.
  package let remarks: [(remark: ImportRemark, rows: Int)]
}

/// What is wrong with one column of a row that could not become a record, or became one without what the
/// column names.
package struct RowFault: Sendable, Equatable {
  package let line: Int
  /// Heading of the column at fault; empty when the row as a whole is refused.
  package let heading: String
  package let field: String
  package let reason: String
  /// Whether the row became a record all the same.
  package let isCreated: Bool
}
