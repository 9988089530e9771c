import MeshLoop
package import MeshRecords
import MeshTables
import Synchronization

/// A section of a file, parsed outside of any transaction, ready to become records.
struct ImportBatch<Record: StoredRecord>: Sendable {
  var rows: [ImportRow<Record>] = []
  /// Rows that were passed over: blank ones, repeated headings and footers.
  var passedOver = 0
  /// The place after the last row.
  var end: RowPosition
  /// Whether the file ends there.
  var isLast = false
}

/// Reads a batch from the bytes of a file as they come, each of them once, in the memory of one row however long it is.
final class BatchReader<Record: StoredRecord>: Sendable {
  private struct State {
    var parser: RowParser
    /// Bytes that it was given.
    var count = 0
  }

  /// Where the batch begins.
  let position: RowPosition
  private let state: Mutex<State>

  /// - Parameters:
  ///   - format: how the file is written.
  ///   - position: where the batch begins.
  init(_ format: TableFormat, at position: RowPosition) {
    self.position = position
    state = Mutex(State(parser: RowParser(format, from: position)))
  }

  /// The place in the file of the byte that it needs next.
  var offset: Int { position.offset + state.withLock { $0.count } }

  /// Reads the next bytes.
  ///
  /// - Parameters:
  ///   - bytes: the content from `offset` on.
  ///   - isRest: whether the bytes reach the end of the file.
  ///   - limit: the most rows to read.
  ///   - reader: of the rows.
  /// - Returns: the rows; nil when none is complete and more bytes are needed. After rows it is given nothing more.
  func read(
    _ bytes: [UInt8],
    isRest: Bool,
    limit: Int,
    _ reader: RowReader<Record>
  ) -> ImportBatch<Record>? {
    state.withLock { state in
      state.parser.append(bytes)
      state.count += bytes.count
      if isRest { state.parser.end() }
      var batch = ImportBatch<Record>(end: position)
      var phones = PhoneCells()
      while batch.rows.count < limit, let row = state.parser.next() {
        batch.passedOver += row.passedOver.count
        batch.end = row.end
        batch.rows.append(reader.row(row, &phones))
      }
      if batch.rows.count == limit { return batch }
      // A file may end in a section of exactly as many rows as are read; then the next one is empty.
      if isRest {
        batch.passedOver += state.parser.passedOver.count
        batch.end = RowPosition(
          offset: position.offset + state.count,
          line: state.parser.position.line
        )
        batch.isLast = true
      } else if batch.rows.isEmpty {
        return nil
      }
      return batch
    }
  }
}

/// A batch of which no row is complete yet, so that what was read of it is not read again.
@LoopActor
final class UnfinishedBatch<Record: StoredRecord> {
  private var reader: BatchReader<Record>?

  nonisolated init() {}

  /// The reader that was kept, if it is that of the batch at a place; it is the caller's alone.
  func take(at position: RowPosition) -> BatchReader<Record>? {
    guard let reader, reader.position == position else { return nil }
    self.reader = nil
    return reader
  }

  func keep(_ reader: BatchReader<Record>) { self.reader = reader }
}

extension PassedOver {
  fileprivate var count: Int { empty + headers + footers }
}

/// A batch, and what makes its records.
package struct ReadBatch<Record: StoredRecord>: Sendable {
  let batch: ImportBatch<Record>
  let makeIntake: MakeIntake<Record>
}
