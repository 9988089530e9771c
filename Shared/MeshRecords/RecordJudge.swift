package import MeshCore
package import MeshLoop
package import MeshRPC

/// Says which records of a kind a caller may read, where records of other services have a say in it: an activity may
/// be read by whoever may read a record that it is about.
///
/// It is asked after the records were read and outside of any transaction, so that it can ask other services.
package protocol RecordJudge<Record>: Sendable {
  associatedtype Record: StoredRecord
  /// Where it judges, stated because the compiler notices the attribute only in some orders of files.
  typealias Home = LoopActor

  /// What its judgement adds to the caller's scope.
  var way: JudgedWay { get }

  /// Judges some records.
  ///
  /// - Parameters:
  ///   - records: those that `way` leaves to the judge; 200 at most.
  ///   - call: whose caller may read them or not.
  /// - Returns: a verdict on each of them, in their order.
  /// - Throws: what keeps all of it from being judged; a service that does not answer is a gap.
  @LoopActor
  func verdicts(on records: [Record], _ call: Call) async throws -> Verdicts
}

/// What a judgement of records adds to a caller's scope.
package enum JudgedWay: Sendable, Hashable {
  /// Records that the caller's scope has are judged: both must let one through.
  case closing
  /// Records that the caller's scope does not have are judged: one of both must let one through.
  case opening
}

/// What a judge says of some records.
package struct Verdicts: Sendable, Hashable {
  /// Whether each of them may be read.
  package var readable: [Bool]
  /// The services that did not answer: what they would have to say counts as a no.
  package var gaps: Set<String>

  package init(_ readable: [Bool], gaps: Set<String> = []) {
    (self.readable, self.gaps) = (readable, gaps)
  }
}

/// Which of some records of any kind a caller may read, as their services say.
package struct Judgement: Sendable, Hashable {
  package var readable: Set<RecordRef>
  /// The services that did not answer: nothing of theirs is readable.
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
  /// UNAVAILABLE: another service, which has to be asked, does not answer.
  package static func unanswered(_ service: String) -> MeshError {
    .unavailable("\(service) does not answer; try again in a moment")
  }
}
