import MeshCore
import MeshProto
import MeshRecords
import MeshStore
import RecordsAPI
import TypeAPI

/// The column that a file of kept rows has behind those of the file that they come from: it has the reasons.
enum ReasonColumn {
  static let heading = "Reason"
  /// How many imports, the newest first, a file is compared with.
  static let compared = 20
}

extension ImportReading {
  /// The headings of the file, without that of reasons of ours.
  var ownHeadings: [String] {
    let hasReason = table?.hasReason ?? false
    return columns.dropLast(hasReason ? 1 : 0).map(\.column)
  }

  /// Whether the last column is called as that of reasons, and fills nothing.
  fileprivate var mayHaveReason: Bool {
    guard let last = columns.last, columns.count > 1, table?.hasHeader == true else {
      return false
    }
    return last.column == ReasonColumn.heading && last.field.isEmpty
  }
}

extension ImportSteps {
  /// Leaves out the reasons of an earlier import, if the file is one of rows that it kept.
  func leaveOutReason(_ reading: inout ImportReading, _ tenant: TenantID) async throws {
    if !reading.mayHaveReason { return }
    let (headings, object) = (Array(reading.ownHeadings.dropLast()), Plan.Record.schema.object)
    let isOurs = try await store.read(tenant, priority: .background) { transaction in
      try transaction.hasKeptRows(under: headings, of: object)
    }
    guard isOurs else { return }
    reading.table?.hasReason = true
    reading.columns[headings.count].readAs = "why rows were refused before; it is not kept"
  }
}

extension ReadTransaction {
  /// Whether one of the newest imports of a kind of record kept rows of a file with certain headings.
  fileprivate func hasKeptRows(under headings: [String], of object: String) throws -> Bool {
    let imports = try rows(
      """
      SELECT id FROM imports
      WHERE object = \(object) AND refused_count + remarked_count > 0
      ORDER BY create_time DESC, id DESC LIMIT \(ReasonColumn.compared)
      """
    ) { row in try row.next(ImportID.self) }
    return try imports.contains { try importReading(of: $0)?.ownHeadings == headings }
  }
}
