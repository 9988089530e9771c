/// Why a rule, or a recurrence made of it, is refused.
///
/// The description names the part at fault and what it must be, for whoever wrote the rule.
package enum RecurrenceError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text has more than `RecurrenceRule.maxBytes`.
  case tooLong
  /// A piece of the text that is no part of a rule, at most 100 bytes of it.
  case unknown(String)
  /// A part that a rule must have.
  case missing(RulePart)
  /// A part that occurs twice.
  case repeated(RulePart)
  /// A part and what it must be, as in `must list 1 to 12`.
  case invalid(RulePart, String)
  /// The rule and its start have no occurrence, such as February 30th.
  case noOccurrence
  /// The time to exclude, move or split at is no occurrence of the rule.
  case notAnOccurrence(CivilTime)
  /// A whole day where the start has a time, or vice versa.
  case mixed(CivilTime)
  /// More than `Recurrence.maxExceptions`.
  case tooManyExceptions

  /// The part at fault; nil when no single part is.
  package var part: RulePart? {
    switch self {
    case .missing(let part), .repeated(let part), .invalid(let part, _): part
    default: nil
    }
  }

  package var description: String {
    switch self {
    case .tooLong: "a rule must have at most \(RecurrenceRule.maxBytes) bytes"
    case .unknown(let piece): "“\(piece)” is not a part of a rule"
    case .missing(let part): "\(part.rawValue) must be given"
    case .repeated(let part): "\(part.rawValue) must be given once"
    case .invalid(let part, let rule): "\(part.rawValue) \(rule)"
    case .noOccurrence: "the rule must have an occurrence"
    case .notAnOccurrence(let time): "\(time) must be an occurrence of the rule"
    case .mixed(let time): "\(time) must be a whole day if the start is one, and a time if not"
    case .tooManyExceptions:
      "at most \(Recurrence.maxExceptions) occurrences may be excluded or moved"
    }
  }
}

/// The parts of a rule by their names in its text.
package enum RulePart: String, Sendable, CaseIterable {
  case frequency = "FREQ"
  case until = "UNTIL"
  case count = "COUNT"
  case interval = "INTERVAL"
  case seconds = "BYSECOND"
  case minutes = "BYMINUTE"
  case hours = "BYHOUR"
  case weekdays = "BYDAY"
  case monthDays = "BYMONTHDAY"
  case yearDays = "BYYEARDAY"
  case weekNumbers = "BYWEEKNO"
  case months = "BYMONTH"
  case positions = "BYSETPOS"
  case weekStart = "WKST"
}
