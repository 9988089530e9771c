import AccessAPI
import MeshAccess
import MeshCore
import MeshRecords
import MeshStore

/// The rules of saved views: whose they are, who may share them, and how many a member may have.
struct SavedViewRules: RecordRules {
  fileprivate static let policy = Policy(grants: AccessObjects.grants)

  let transaction: WriteTransaction

  func prepare(_ view: inout SavedView, before: SavedView?, _ check: inout FieldCheck) throws {
    guard let author = MemberID(transaction.author.actor) else {
      throw MeshError.permissionDenied("only a member has views")
    }
    if before == nil { view.ownerId = author }
    if !view.address.unicodeScalars.allSatisfy(\.isPrintable) {
      check.refuse("address", "must have printable characters only")
    }
    if view.shared, before?.shared != true, try !transaction.mayShareViews(author) {
      check.refuse("shared", "must be false for a member who may only read")
    }
  }

  /// Counts those of a member when they get one more, also one that comes back.
  func wrote(before: SavedView?, after: SavedView?) throws {
    guard before == nil, let owner = after?.ownerId else { return }
    let limit = Limit.savedViewsOfMember
    guard try transaction.countViews(of: owner) > limit.most else { return }
    throw limit.reached("a member may have at most \(limit.most) saved views")
  }
}

extension Unicode.Scalar {
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .surrogate, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }
}

extension ReadTransaction {
  /// Whether the role that a member has now lets them share views.
  fileprivate func mayShareViews(_ id: MemberID) throws -> Bool {
    guard let member = try member(id), member.active else { return false }
    return SavedViewRules.policy.permissions(of: member.tokenRoles).contains(
      Permission("saved_view", "share")
    )
  }
}
