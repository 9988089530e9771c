import MeshCore
import MeshStore
import TypeAPI

// The content of imports: the file as it came, and the rows of one that was no text.
extension ReadTransaction {
  /// The bytes of an import from an offset on.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - offset: of the first byte.
  ///   - count: how many are needed, 1 or more.
  ///   - isConverted: whether of the converted rows instead of the file as it came.
  /// - Returns: the bytes to the end of the chunk that has the last of them; fewer at the end of the file.
  /// - Throws: `StoreError`.
  func importContent(
    of id: ImportID,
    from offset: Int,
    atLeast count: Int,
    converted isConverted: Bool
  ) throws -> [UInt8] {
    let table: SQL = isConverted ? "import_converted" : "import_chunks"
    let chunks = try rows(
      """
      SELECT begin_offset, content FROM \(table)
      WHERE import_id = \(id) AND begin_offset < \(offset + count) AND begin_offset >= (
        SELECT begin_offset FROM \(table) WHERE import_id = \(id) AND begin_offset <= \(offset)
        ORDER BY begin_offset DESC LIMIT 1
      )
      ORDER BY begin_offset
      """
    ) { row in (begin: try row.next(Int.self), content: try row.next([UInt8].self)) }
    var bytes: [UInt8] = []
    for chunk in chunks {
      let place = offset + bytes.count - chunk.begin
      guard chunk.content.indices.contains(place) else { break }
      bytes += chunk.content[place...]
    }
    return bytes
  }
}

extension WriteTransaction {
  /// Adds bytes at the end of an import's content; few of them go into the last chunk, if that is small.
  func appendContent(
    _ content: [UInt8],
    to id: ImportID,
    at offset: Int,
    converted isConverted: Bool = false
  ) throws {
    let table: SQL = isConverted ? "import_converted" : "import_chunks"
    let end = offset + content.count
    let last = try first(
      """
      SELECT begin_offset, content FROM \(table)
      WHERE import_id = \(id) AND begin_offset > \(offset - ImportLimits.leastChunkBytes)
        AND begin_offset < \(offset) AND end_offset = \(offset)
      """
    ) { row in (begin: try row.next(Int.self), content: try row.next([UInt8].self)) }
    if let last {
      try execute(
        """
        UPDATE \(table) SET end_offset = \(end), content = \(last.content + content)
        WHERE import_id = \(id) AND begin_offset = \(last.begin)
        """
      )
      return
    }
    try execute(
      """
      INSERT INTO \(table) (import_id, begin_offset, end_offset, content)
      VALUES (\(id), \(offset), \(end), \(content))
      """
    )
  }

  /// Deletes the next chunks of an import's content: those of a large file at once would hold up other writers.
  ///
  /// - Parameters:
  ///   - id: the import's.
  ///   - table: with the file as it came, or with its converted rows.
  /// - Returns: whether there may be more.
  /// - Throws: `StoreError`.
  func deleteContent(of id: ImportID, in table: SQL) throws -> Bool {
    let deleted = try execute(
      """
      DELETE FROM \(table) WHERE import_id = \(id) AND begin_offset IN (
        SELECT begin_offset FROM \(table) WHERE import_id = \(id)
        ORDER BY begin_offset LIMIT \(ImportLimits.deletedChunks)
      )
      """
    )
    return deleted == ImportLimits.deletedChunks
  }

  /// Deletes the next part of what imports that have ended no longer need.
  ///
  /// - Returns: whether there is more to delete.
  func sweepContent() throws -> Bool {
    for table in ["import_chunks", "import_converted"] as [SQL] {
      let id = try value(
        """
        SELECT imports.id FROM imports JOIN \(table) ON \(table).import_id = imports.id
        WHERE imports.state IN (\(ImportJob.endedStates)) LIMIT 1
        """,
        as: ImportID.self
      )
      guard let id else { continue }
      _ = try deleteContent(of: id, in: table)
      return true
    }
    let reports: [(table: SQL, key: SQL)] = [
      ("import_effects", "record_id"), ("import_rows_kept", "line"), ("import_faults", "line"),
      ("import_row_remarks", "line"),
    ]
    for (table, key) in reports {
      let id = try value(
        """
        SELECT imports.id FROM imports JOIN \(table) ON \(table).import_id = imports.id
        WHERE imports.end_time <= \(now - ImportLimits.keepTime) LIMIT 1
        """,
        as: ImportID.self
      )
      guard let id else { continue }
      try execute(
        """
        DELETE FROM \(table) WHERE import_id = \(id) AND \(key) IN (
          SELECT \(key) FROM \(table) WHERE import_id = \(id)
          ORDER BY \(key) LIMIT \(ImportLimits.deletedRows)
        )
        """
      )
      return true
    }
    return false
  }
}
