package import MeshCore
package import MeshStore

/// What is done with single records: what every kind can have, and the verbs of an object's own.
package struct RecordAction: Hashable, Sendable {
  package static let create = RecordAction("create")
  package static let read = RecordAction("read")
  package static let edit = RecordAction("edit")
  package static let delete = RecordAction("delete")
  /// To take records away in a file; those that may be read, too.
  package static let export = RecordAction("export")

  /// What may be done with a record of any kind.
  package static let common = [read, edit, delete, export]

  /// As permissions name it.
  package let rawValue: String

  package init(_ rawValue: String) { self.rawValue = rawValue }
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
