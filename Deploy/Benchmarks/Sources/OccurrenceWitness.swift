import MeshCore
import MeshRecurrence

/// Prints the occurrences of rules, for tests that compare them with those that other code finds.
enum OccurrenceWitness {
  /// Answers each line of standard input with a line.
  ///
  /// A question has how many occurrences at most, the start, the zone and the rule, with spaces between. The answer has
  /// their moments in seconds since 1970, or `refused: ` and why.
  static func run() {
    while let line = readLine() {
      do {
        print(
          try answer(to: line).map { String($0.moment.secondsSince1970) }.joined(separator: " ")
        )
      } catch {
        print("refused: \(error)")
      }
    }
  }

  private struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  private static func answer(to line: String) throws -> [Occurrence] {
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    guard words.count == 4, let limit = Int(words[0]), let start = CivilTime(words[1]),
      let zone = TimeZone(words[2])
    else { throw Malformed(description: "not `limit start zone rule`: \(line.quoted)") }
    let recurrence = try Recurrence(RecurrenceRule(words[3]), start: start, zone: zone)
    return recurrence.occurrences(in: .earliest..<(.latest), limit: limit)
  }
}
