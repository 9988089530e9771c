import MeshCore
import MeshStore

/// SQL of saved views, besides that of every record.
extension ReadTransaction {
  /// How many views a member has.
  func countViews(of member: MemberID) throws -> Int {
    try value("SELECT count(*) FROM saved_views WHERE owner_id = \(member)", as: Int.self) ?? 0
  }
}
