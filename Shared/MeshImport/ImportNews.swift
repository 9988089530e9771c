package import RecordsAPI

/// What whoever started an import is told of its end.
package struct ImportNews: Sendable {
  package let title: String
  package let message: String
  package let hasFailed: Bool

  /// - Parameter job: an import, as the change log has it; nothing is told of one that has not ended.
  package init?(of job: RecordImport) {
    hasFailed = job.state == .failed
    guard hasFailed || job.state == .succeeded else { return nil }
    let noun = job.validateOnly ? "A dry run of an import" : "An import"
    title = hasFailed ? "\(noun) has failed" : "\(noun) has ended"
    let outcomes = [
      (job.created, "created"), (job.updated, "updated"), (job.restored, "restored"),
      (job.unchanged, "unchanged"), (job.refused, "refused"),
    ]
    let counts = outcomes.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let rows = counts.isEmpty ? "It had no rows." : "Rows: \(counts.joined(separator: ", "))."
    message = hasFailed ? job.failure : rows
  }
}
