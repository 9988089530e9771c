import EngageAPI
import MeshAccess
package import MeshCore
import MeshProto
package import MeshRecords
package import MeshService
package import MeshStore

/// An activity that was logged, as services hear of it whose records it is about.
package struct LoggedActivity: Sendable {
  /// The moment of the work: its time, or that of logging it where its time is yet to come.
  package let workTime: Timestamp
  /// When people were in contact by it; nil when they were not.
  package let contactTime: Timestamp?
  private let related: [String]

  init(_ activity: Activity, loggedAt time: Timestamp) {
    workTime = min(activity.time ?? time, time)
    contactTime = activity.contactTime
    related = activity.related.map(\.description)
  }

  /// The records of a kind that it is about.
  package func ids<Kind: IDKind>(of _: Kind.Type = Kind.self) -> [ID<Kind>] {
    related.compactMap { ID<Kind>($0) }
  }
}

extension Reaction {
  /// A reaction to activities that were logged or changed: its effect is right whenever it is made, and nothing when
  /// it is made again.
  ///
  /// - Parameter apply: the effect; of an activity that is deleted there is none.
  /// - Returns: the reaction.
  package static func activities(
    _ apply: @escaping @Sendable (LoggedActivity, WriteTransaction) throws -> Void
  ) -> Reaction {
    Reaction(to: "engage", ["activity"]) { change, transaction in
      guard let bytes = change.after, !change.isPartial else { return }
      try apply(LoggedActivity(Activity(wire: bytes), loggedAt: change.time), transaction)
    }
  }
}

extension WriteTransaction {
  /// Writes what records say of themselves in the background as something was done to do with them.
  ///
  /// - Parameters:
  ///   - ids: of the records; those that there are no more are passed over.
  ///   - change: sets background fields of one.
  /// - Returns: those that were changed, as they are now.
  /// - Throws: what `change` and the store throw.
  package func noteWork<Record: StoredRecord, Kind>(
    on ids: some Sequence<ID<Kind>>,
    _ change: (inout Record) throws -> Void
  ) throws -> [Record] {
    let all: Scope<Record> = scope(forCalculation: "activities")
    return try Set(ids).sorted().compactMap { id in
      guard let read = try record(id.words, in: all) else { return nil }
      var noted = read
      try change(&noted)
      if noted.changes(from: read).isEmpty { return nil }
      return try write(computed: noted, of: read) ? noted : nil
    }
  }
}

extension Timestamp? {
  /// The later of two times, of which the first may be missing.
  package func later(_ time: Timestamp) -> Timestamp { Swift.max(self ?? time, time) }
}
