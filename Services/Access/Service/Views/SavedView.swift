import AccessAPI
import MeshCore
import MeshRecords
import MeshStore

/// The rules of saved views: who owns them, who may share them, and how many a member may have.
struct SavedViewRules: RecordRules {
  let transaction: WriteTransaction

  func prepare(_ view: inout SavedView, before: SavedView?, _ check: inout FieldCheck) throws {
    guard let author = MemberID(transaction.author.actor) else {
      throw MeshError.permissionDenied("only a member has views")
    }
    if before == nil { view.ownerId = author }
    if !view.address.unicodeScalars.allSatisfy(\.isPrintable) {
      check.refuse("address", "must have printable characters only")
    }
    // Also for one that was shared before: a change of it changes what everybody sees.
    if view.shared, try !transaction.mayShareViews(author) {
      check.refuse("shared", "must be false for a member who may only read")
    }
  }

  /// Counts the owner's views when they get one more, restored ones too.
  func wrote(before: SavedView?, after: SavedView?) throws {
    if let before, after == nil { try checkDeletion(of: before) }
    guard before == nil, let owner = after?.ownerId else { return }
    let limit = Limit.savedViewsOfMember
    guard try transaction.countViews(of: owner) > limit.most else { return }
    throw limit.reached("a member may have at most \(limit.most) saved views")
  }

  /// - Throws: PERMISSION_DENIED for another member's view, unless the author may share views.
  private func checkDeletion(of view: SavedView) throws {
    guard let author = MemberID(transaction.author.actor), author != view.ownerId else { return }
    guard try transaction.mayShareViews(author) else {
      throw MeshError.permissionDenied("the permission saved_view.share is missing")
    }
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
  /// Whether the member's present role lets them share views.
  fileprivate func mayShareViews(_ id: MemberID) throws -> Bool {
    try member(id)?.may("saved_view", "share") == true
  }
}
