package import MeshCore
package import MeshLoop
package import MeshRPC

/// Decides which records of a kind a caller may read where that depends on records of other services.
///
/// Whoever may read a record that an activity is about, for example, may read the activity. A judge runs after the
/// records were read, outside any transaction, so that it can ask other services.
package protocol RecordJudge<Record>: Sendable {
  associatedtype Record: StoredRecord
  /// Where it judges, stated because the compiler notices the attribute only in some orders of files.
  typealias Home = LoopActor

  /// Whether it widens the caller's scope or narrows it.
  var way: JudgedWay { get }

  /// Judges some records.
  ///
  /// - Parameters:
  ///   - records: those on which `way` requires a verdict; 200 at most.
  ///   - call: of the caller who wants to read them.
  /// - Returns: a verdict on each record, in their order.
  /// - Throws: what prevents every verdict; a service that does not answer is a gap.
  @LoopActor
  func verdicts(on records: [Record], _ call: Call) async throws -> Verdicts
}

/// Whether a judge widens a caller's scope or narrows it.
package enum JudgedWay: Sendable, Hashable {
  /// Narrows it: the judge decides on the records in the scope, and both must let a record through, to be read as to be
  /// changed.
  case closing
  /// Widens it: the judge decides on the records outside the scope, and either may let a record through.
  case opening
}

/// A judge's verdicts on some records.
package struct Verdicts: Sendable, Hashable {
  /// Whether each of them may be read.
  package var readable: [Bool]
  /// The services that did not answer; their missing answers count as a no.
  package var gaps: Set<String>

  package init(_ readable: [Bool], gaps: Set<String> = []) {
    (self.readable, self.gaps) = (readable, gaps)
  }
}

/// Which of some records of any kind a caller may read, as their services say.
package struct Judgement: Sendable, Hashable {
  package var readable: Set<RecordRef>
  /// The services that did not answer: none of their records counts as readable.
  package var gaps: Set<String>

  package init(readable: Set<RecordRef> = [], gaps: Set<String> = []) {
    (self.readable, self.gaps) = (readable, gaps)
  }

  /// The readable ones, when all services have answered.
  ///
  /// - Throws: UNAVAILABLE when one has not.
  package func complete() throws(MeshError) -> Set<RecordRef> {
    if let gap = gaps.min() { throw .unanswered(gap) }
    return readable
  }
}

extension MeshError {
  /// UNAVAILABLE: another service, whose answer is needed, does not answer.
  package static func unanswered(_ service: String) -> MeshError {
    .unavailable("\(service) does not answer; try again in a moment")
  }
}
