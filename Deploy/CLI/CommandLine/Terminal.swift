import Glibc
import MeshCore

/// A command's output to people and programs.
enum Terminal {
  /// Writes one or more lines of output, as it is safe for a terminal.
  ///
  /// A value in it that could have line breaks is made `printable` where the lines are made.
  ///
  /// - Throws: `.failed` when the output is closed.
  static func print(_ text: String) throws(CommandError) {
    try print(bytes: Array("\(text.printableLines)\n".utf8))
  }

  /// Writes one JSON value and a line end.
  static func print(_ json: JSONWriter) throws(CommandError) {
    try print(bytes: Array("\(json.text.printableJSON)\n".utf8))
  }

  static func print(bytes: [UInt8]) throws(CommandError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .failed("standard output: \(String(cString: strerror(errno)))") }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes a line to standard error; ignores failure.
  static func complain(_ text: String) {
    let bytes = Array("\(text.printableLines)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// A progress line that is overwritten in place; prints nothing if standard error is not a
/// terminal.
struct ProgressLine {
  private let isShown: Bool
  private var last = ""

  init(isWanted: Bool) { isShown = isWanted && isatty(STDERR_FILENO) == 1 }

  mutating func show(_ text: String) {
    guard isShown, text != last else { return }
    last = text
    overwrite(text)
  }

  /// Erases the line.
  mutating func end() {
    guard !last.isEmpty else { return }
    last = ""
    overwrite("")
  }

  private func overwrite(_ text: String) {
    // Return to the line's start, write, erase what is left of the old text (ECMA-48, EL).
    let bytes = Array("\r\(text.printable)\u{1B}[K".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// A text table whose columns are as wide as their widest cell.
struct TextTable {
  private(set) var rows: [[String]]

  init(heading: [String], rows: [[String]]) {
    self.rows = ([heading] + rows).map { $0.map(\.printable) }
  }

  /// Two spaces between columns, none at the ends of lines.
  var text: String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).enumerated().map { index, cell in
        index == row.count - 1
          ? cell.0 : cell.0 + String(repeating: " ", count: cell.1 - cell.0.count)
      }
      return cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}

extension BinaryInteger {
  /// With a comma between thousands.
  var grouped: String {
    var digits = String(magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.append(String(digits.suffix(3)))
      digits.removeLast(3)
    }
    groups.append(digits)
    return (self < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
  }
}
