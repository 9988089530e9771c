import LeadsAPI
import MeshProto
import MeshRecords
import MeshStore

extension Lead {
  /// Whether its score and its BANT have reached the tenant's limits for conversion.
  fileprivate func isReady(by settings: LeadSettings) -> Bool {
    score >= settings.conversionScore && bantScore.map { $0 >= settings.bantMinimum } ?? false
  }

  /// Whether it is converted automatically: the tenant wants that, it is ready, and it has everything that its
  /// checklist requires.
  ///
  /// - Parameters:
  ///   - rules: the tenant's.
  ///   - hasDuplicates: whether other leads duplicate it; whether it is one itself is known.
  /// - Returns: also false where the tenant leaves it to people.
  func convertsItself(by rules: IntakeRules, hasDuplicates: Bool = false) -> Bool {
    guard rules.settings.convertsAutomatically, isReady(by: rules.settings) else { return false }
    return Checklist(of: self, by: rules, hasDuplicates: hasDuplicates).isDone
  }
}

extension WriteTransaction {
  /// Records in the change log that a change has made a lead ready to be converted, and queues it
  /// if it is converted automatically.
  func noteReadiness(of lead: Lead, before: Lead, by rules: IntakeRules) throws {
    if lead.isReady(by: rules.settings), !before.isReady(by: rules.settings) {
      try recordReadiness(of: lead)
    }
    if let id = lead.id, lead.convertsItself(by: rules), !before.convertsItself(by: rules) {
      try queueConversion(of: id)
    }
  }

  private func recordReadiness(of lead: Lead) throws {
    var image = Lead()
    // Whoever hears of it tells the owner.
    (image.id, image.ownerId) = (lead.id, lead.ownerId)
    let change = Change(
      action: "conversion_ready",
      object: "lead",
      id: lead.idText,
      before: image.wireBytes(),
      after: image.wireBytes(),
      isPartial: true
    )
    try record(change, by: systemAuthor)
  }
}
