import EngageAPI
import MeshAccess
package import MeshCore
import MeshProto
package import MeshRecords
package import MeshService
package import MeshStore
package import TypeAPI

/// An activity that was logged, changed or deleted, for the services whose records it is about.
package struct LoggedActivity: Sendable {
  package let id: ActivityID
  /// The moment of the work: its time, or that of logging it where its time is yet to come.
  package let workTime: Timestamp
  /// When it was contact with people; nil when it was not, and once it is deleted.
  package let contactTime: Timestamp?
  /// The member who logged or changed it, directly or through a service.
  let member: MemberID?
  private let related: [String]

  /// nil for a change that does not carry the whole activity.
  fileprivate init?(_ change: ChangeEntry) throws {
    guard let id = ActivityID(change.id), !change.isPartial else { return nil }
    let activity = try change.images(of: Activity.self).after ?? Activity()
    (self.id, member) = (id, change.member)
    workTime = min(activity.time ?? change.time, change.time)
    contactTime = activity.contactTime
    related = activity.related.map(\.description)
  }

  /// The records of a kind that it is about: none once it is deleted.
  package func ids<Kind: IDKind>(of _: Kind.Type = Kind.self) -> [ID<Kind>] {
    related.compactMap { ID<Kind>($0) }
  }
}

extension Reaction {
  /// A reaction to activities that are logged, changed or deleted; the effect must be idempotent and
  /// order-independent.
  ///
  /// - Parameter apply: the effect.
  /// - Returns: the reaction.
  package static func activities(
    _ apply: @escaping @Sendable (LoggedActivity, WriteTransaction) throws -> Void
  ) -> Reaction {
    Reaction(to: "engage", ["activity"]) { change, transaction in
      if let activity = try LoggedActivity(change) { try apply(activity, transaction) }
    }
  }
}

extension WriteTransaction {
  /// Updates background fields of records after an activity about them, on behalf of the member who logged or changed
  /// it.
  ///
  /// - Parameters:
  ///   - ids: of the records; those that no longer exist are skipped.
  ///   - activity: the activity that was logged, changed or deleted.
  ///   - change: sets background fields of one.
  /// - Returns: the records that have changed, as they are now.
  /// - Throws: what `change` and the store throw.
  package func noteWork<Record: StoredRecord, Kind>(
    on ids: some Sequence<ID<Kind>>,
    by activity: LoggedActivity,
    _ change: (inout Record) throws -> Void
  ) throws -> [Record] {
    let all: Scope<Record> = scope(forCalculation: "activities")
    let author = Author(
      actor: systemAuthor.actor,
      onBehalfOf: activity.member?.description,
      origin: systemAuthor.origin
    )
    return try Set(ids).sorted().compactMap { id in
      guard let read = try record(id.words, in: all) else { return nil }
      var noted = read
      try change(&noted)
      if noted.changes(from: read).isEmpty { return nil }
      return try write(computed: noted, of: read, as: author) ? noted : nil
    }
  }
}

extension Timestamp? {
  /// The later of two times, of which the first may be missing.
  package func later(_ time: Timestamp) -> Timestamp { Swift.max(self ?? time, time) }
}
