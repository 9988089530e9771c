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
  }

  private let state: Mutex<State>

  init(_ format: TableFormat, _ columns: [ColumnSurvey]) {
    state = Mutex(State(parser: RowParser(format), columns: columns))
  }

  /// Takes the next bytes of the file.
  ///
  /// - Parameters:
  ///   - bytes: those that follow the ones before; the first are those where the rows begin.
  ///   - isLast: whether no bytes follow.
  func take(_ bytes: [UInt8], isLast: Bool) {
    state.withLock { state in
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

  var result: Result {
    state.withLock { state in
      Result(columns: state.columns, rows: state.rows, passedOver: state.passedOver)
    }
  }
}
