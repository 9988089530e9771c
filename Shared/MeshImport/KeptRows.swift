import MeshAccess
import MeshCore
import MeshLoop
package import MeshRPC
import MeshRecords
import MeshStore
import MeshTables
package import RecordsAPI

extension ImportEngine {
  /// Rows of an import that were refused or taken with a remark, as CSV with the columns of the file and the reason.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - refusedOnly: whether to leave out the rows that were taken.
  ///   - cursor: from the stretch before; empty to begin with the headings.
  ///   - call: who asks.
  /// - Returns: whole rows, and where the next stretch begins.
  /// - Throws: NOT_FOUND; INVALID_ARGUMENT for a cursor that is none.
  @Home
  package func keptRows(
    of id: String,
    refusedOnly: Bool,
    cursor: String,
    _ call: Call
  ) async throws -> DownloadImportRowsResponse {
    let line = cursor.isEmpty ? 0 : Int(cursor)
    guard let line, line >= 0 else {
      throw MeshError.invalid("cursor", "must be the next_cursor of an answer")
    }
    let creator = creator(call, .read)
    return try await store.read(call.tenant) { transaction in
      let job = try transaction.requireImport(id, of: creator)
      var bytes: [UInt8] = []
      if cursor.isEmpty {
        var csv = CSVWriter()
        csv.row((job.reading?.ownHeadings ?? []) + [ReasonColumn.heading])
        bytes = csv.take()
      }
      var last = line
      while true {
        let rows = try transaction.keptRows(
          of: job.id,
          refusedOnly: refusedOnly,
          after: last,
          limit: 100
        )
        for row in rows {
          if bytes.count + row.content.count > ImportLimits.keptBytes, last > line {
            return DownloadImportRowsResponse(content: bytes, nextCursor: "\(last)")
          }
          bytes += row.content
          last = row.line
        }
        if rows.count < 100 { return DownloadImportRowsResponse(content: bytes) }
      }
    }
  }
}
