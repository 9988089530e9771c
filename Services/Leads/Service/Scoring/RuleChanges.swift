import MeshStore

// The one path of every change to a scoring rule.
extension WriteTransaction {
  /// Adds, changes or deletes a rule and starts to score all leads again, if there are any.
  func changeRule(from before: ScoringRule?, to after: ScoringRule?) throws {
    let id = (after ?? before)?.id
    guard let id else { return }
    if let after { try save(after) } else { try deleteScoringRule(id) }
    try noteRulesChange()
    if try !leads(after: nil, limit: 1).isEmpty { try startRescoring() }
    switch (before, after) {
    case (nil, _):
      try record(
        Change(action: "create", object: "scoring_rule", id: "\(id)", after: after?.wireBytes)
      )
    case (_, nil):
      try record(
        Change(action: "delete", object: "scoring_rule", id: "\(id)", before: before?.wireBytes)
      )
    case (let before?, let after?):
      try record(
        Change(
          action: "update",
          object: "scoring_rule",
          id: "\(id)",
          before: before.wireBytes,
          after: after.wireBytes
        )
      )
    }
  }
}
