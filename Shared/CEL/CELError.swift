/// Where in an expression: both count from 1; columns count Unicode scalars.
package struct CELPosition: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package var description: String { "\(line):\(column)" }
}

/// Why an expression does not parse, does not check, or has no answer.
///
/// The message is for the person who wrote the expression and carries no value of a record.
package struct CELError: Error, Hashable, Sendable, CustomStringConvertible {
  package let message: String
  package let position: CELPosition

  package init(_ message: String, at position: CELPosition) {
    self.message = message
    self.position = position
  }

  /// The position and the message, as in `1:15: there is no field 'banana'`.
  package var description: String { "\(position): \(message)" }
}

/// Why an evaluation produced no value.
enum CELFault: Error {
  /// An operation other than equality met an absent value: the condition does not match.
  case absent
  /// Overflow, division by zero and the like.
  case failed(CELError)

  /// The one to report when both sides of `&&` or `||` have none: an error outweighs absence.
  static func outweighing(_ first: CELFault?, _ second: CELFault) -> CELFault {
    if case .failed? = first { return first ?? second }
    return second
  }
}

/// A failure of a function, before it is known where in the text it was called.
struct CELFailure: Error {
  let message: String

  init(_ message: String) { self.message = message }

  static let overflow = CELFailure("the result is out of range")
  static let divisionByZero = CELFailure("division by zero")
  static let noOverload = CELFailure("no such overload for these values")
}
