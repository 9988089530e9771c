package import MeshCore
package import MeshStore

/// What is done with single records.
package enum RecordAction: String, Sendable {
  case read
  case edit
  case delete
}

/// Which records of a kind a caller may do something with.
///
/// A record that a caller may not read does not exist for them: answer NOT_FOUND.
package enum RecordAccess: Hashable, Sendable {
  case none
  /// Those that the member owns.
  case own(MemberID)
  case all

  /// The condition that rows must meet beside whatever else they must meet.
  ///
  /// `owner` is the column that holds the owner's id, for example `"owner_id"`.
  package func predicate(owner: SQL) -> SQL {
    switch self {
    case .none: "FALSE"
    case .own(let member): "\(owner) = \(member)"
    case .all: "TRUE"
    }
  }

  /// Whether a record of this owner is among them; nil is a record in nobody's hands.
  package func includes(owner: MemberID?) -> Bool {
    switch self {
    case .none: false
    case .own(let member): owner == member
    case .all: true
    }
  }
}
