import MeshCore
import MeshTables
import Synchronization

/// Goes through all rows of a file once, and collects what its columns say.
///
/// Rows are parsed off the loop, a stretch of bytes at a time.
final class SurveyPass: Sendable {
  /// What was found.
  struct Result: Sendable {
    let columns: [ColumnSurvey]
    let rows: Int
    let passedOver: PassedOver
  }

  private struct State {
    var parser: RowParser
    var columns: [ColumnSurvey]
    var rows = 0
    var passedOver = PassedOver()
    /// What the bytes say of the encoding, while it is open.
    var evidence: EncodingEvidence?
    /// Whether a byte was not of ASCII.
    var isForeign = false
  }

  private let state: Mutex<State>

  /// - Parameters:
  ///   - format: how the rows are written.
  ///   - columns: what is looked for in each column.
  ///   - evidence: of the encoding, if the beginning of the file left it open; nil if it is settled.
  init(_ format: TableFormat, _ columns: [ColumnSurvey], unsettled evidence: EncodingEvidence?) {
    state = Mutex(State(parser: RowParser(format), columns: columns, evidence: evidence))
  }

  /// Takes the next bytes of the file.
  ///
  /// - Parameters:
  ///   - bytes: those that follow the ones before; the first are those where the rows begin.
  ///   - isLast: whether no bytes follow.
  func take(_ bytes: [UInt8], isLast: Bool) {
    state.withLock { state in
      if state.evidence != nil {
        state.isForeign = state.isForeign || bytes.contains { $0 >= 0x80 }
        if state.isForeign { state.evidence?.add(bytes) }
      }
      state.parser.append(bytes)
      if isLast { state.parser.end() }
      while let row = state.parser.next() {
        state.rows += 1
        state.passedOver = state.passedOver + row.passedOver
        for place in state.columns.indices { state.columns[place].add(row.values) }
      }
      if isLast { state.passedOver = state.passedOver + state.parser.passedOver }
    }
  }

  /// What the bytes say of the encoding, where it is another than the one that the rows were read in.
  var otherEncoding: EncodingEvidence? {
    state.withLock { state in
      guard state.isForeign, let evidence = state.evidence else { return nil }
      return evidence.encoding != .utf8 || evidence.doubling != .no ? evidence : nil
    }
  }

  var result: Result {
    state.withLock { state in
      Result(columns: state.columns, rows: state.rows, passedOver: state.passedOver)
    }
  }
}
