package import MeshCore
import MeshRecords
import MeshTables
package import RecordsAPI
package import TypeAPI

/// The import of one file.
package struct ImportJob: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    case receiving
    case surveying
    case ready
    case running
    case succeeded
    case failed
    case cancelled
    case undoing
    case undone
    case paused

    var hasEnded: Bool {
      switch self {
      case .receiving, .surveying, .ready, .running, .paused, .undoing: false
      case .succeeded, .failed, .cancelled, .undone: true
      }
    }

    /// Whether the service works on it.
    package var isAtWork: Bool {
      switch self {
      case .surveying, .running, .undoing: true
      case .receiving, .ready, .paused, .succeeded, .failed, .cancelled, .undone: false
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
  /// The caller's mapping; once the file was read, the whole one.
  package internal(set) var mapping: ImportMapping
  /// Whether the mapping is there with its columns and values: steps of an import do without.
  var hasColumns = true
  package internal(set) var choices = ImportChoices()
  /// How the file is understood; nil until it was read, and in lists.
  package internal(set) var reading: ImportReading?
  package internal(set) var state = State.receiving
  /// Whether it starts by itself once the file was read, if there are no questions.
  var goesOn = false
  package internal(set) var receivedBytes = 0
  /// Bytes of the rows that were converted; nil while the content is read as it came.
  var convertedBytes: Int?
  package internal(set) var progress = ImportProgress()
  package internal(set) var undo = UndoProgress()
  /// Why it failed; empty unless it did.
  package internal(set) var failure = ""
  /// The actor who created it, as in the change log.
  package let creator: String
  /// The member on whose behalf the service works; nil for the operator.
  package let onBehalfOf: MemberID?
  /// The member who asked to take it back; nil for the operator, and while nobody has.
  var undoneBy: MemberID?
  /// Whether whoever started it could then add to the tenant's lists, such as statuses.
  package internal(set) var mayConfigure = false
  package let createTime: Timestamp
  package internal(set) var startTime: Timestamp?
  package internal(set) var endTime: Timestamp?

  package var etag: Etag { Etag(version: version) }

  /// As the change log has it: a reading may be long, and is kept with the import.
  var withoutReading: ImportJob {
    var job = self
    job.reading = nil
    return job
  }

  /// Bytes that its rows are read from.
  var contentBytes: Int { convertedBytes ?? receivedBytes }

  /// How much of the file was worked through, in bytes of the file as it came.
  package var processedBytes: Int {
    guard let convertedBytes, convertedBytes > 0 else { return progress.bytes }
    return Int(Double(receivedBytes) * (Double(progress.bytes) / Double(convertedBytes)))
  }

  /// What has to be decided before it can start; empty unless it is ready.
  package var questions: [ImportQuestion] {
    state == .ready ? reading?.questions(choices, mapping.dateOrder) ?? [] : []
  }

  /// Whether nobody continued it in time.
  func isOverdue(at now: Timestamp) -> Bool {
    switch state {
    case .receiving, .ready: now >= createTime + ImportLimits.receivingTime
    case .paused: now >= (startTime ?? createTime) + ImportLimits.pausedTime
    case .surveying, .running, .succeeded, .failed, .cancelled, .undoing, .undone: false
    }
  }

  /// Ends it without success.
  mutating func fail(_ reason: String) {
    state = .failed
    failure = reason
  }

  /// Ends it because nobody continued it in time.
  mutating func expire() { fail(overdueReason) }

  /// What was not done in time, for an import that is overdue.
  var overdueReason: String {
    switch state {
    case .ready: "it was not started within 24 hours; create the import again"
    case .paused: "it was paused, and not continued within 30 days of its start"
    default: "the content did not come within 24 hours; create the import again"
    }
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

/// An import's progress and counts.
package struct ImportProgress: Sendable, Equatable {
  /// The place that was reached: a row begins there.
  var position = RowPosition(offset: 0, line: 1)
  package internal(set) var rows = 0
  package internal(set) var created = 0
  /// Created records that duplicate another.
  package internal(set) var duplicates = 0
  /// Known records that were changed.
  package internal(set) var updated = 0
  /// Records that were taken out of the trash.
  package internal(set) var restored = 0
  /// Rows of which nothing was stored.
  package internal(set) var unchanged = 0
  package internal(set) var refused = 0
  /// Blank rows, repeated headings and footers, which are not among `rows`.
  package internal(set) var passedOver = 0
  /// Rows that were taken and lack another record of their kind that they name.
  package internal(set) var incomplete = 0
  /// Rows that were taken with a remark.
  package internal(set) var remarked = 0

  /// Bytes processed.
  package var bytes: Int { position.offset }

  /// Whether the row that was counted last is kept with the report.
  var keepsRow: Bool { refused + remarked <= ImportLimits.keptRows }
}

/// How far the undoing of an import is.
package struct UndoProgress: Sendable, Equatable {
  /// Records that it had made and that are in the trash now.
  package internal(set) var deleted = 0
  /// Records that it had changed and that are as they were.
  package internal(set) var putBack = 0
  /// Records that have been changed since, and were left wholly or in part.
  package internal(set) var left = 0
}
