import MeshCore
import MeshStore

// The one path of every change to an import, and to the keys that imports and people add.
extension WriteTransaction {
  func createImport(_ job: ImportJob) throws {
    try insert(job)
    try record(
      Change(action: "create", object: "import", id: "\(job.id)", after: job.wireBytes)
    )
  }

  /// Writes an import that moved on; one that has ended gives its content up.
  ///
  /// Progress alone is no change of the record; a new state is.
  ///
  /// - Returns: the import as it is then.
  func save(_ after: ImportJob, before: ImportJob) throws -> ImportJob {
    var job = after
    job.version = before.version + 1
    if job.state.hasEnded {
      job.endTime = now
      try deleteContent(of: job.id)
    }
    try update(job)
    if job.state != before.state {
      try record(
        Change(
          action: "update",
          object: "import",
          id: "\(job.id)",
          before: before.wireBytes,
          after: job.wireBytes
        )
      )
    }
    return job
  }

  /// Adds a status, or else a source.
  ///
  /// - Throws: ALREADY_EXISTS when the key is there.
  func add(_ entry: PicklistEntry, toStatuses isStatus: Bool) throws {
    guard try isStatus ? insertStatus(entry) : insertSource(entry) else {
      throw MeshError.alreadyExists("key", "must not be one that is there already, as \(entry.key)")
    }
    if isStatus {
      try record(
        Change(
          action: "create",
          object: "lead_status",
          id: entry.key,
          after: entry.statusBytes
        )
      )
    } else {
      try record(
        Change(
          action: "create",
          object: "lead_source",
          id: entry.key,
          after: entry.sourceBytes
        )
      )
    }
  }
}
