import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords

/// The meaning of a status to the service.
enum StatusType: String {
  case new, contacted, qualified, unqualified, converted, dead
}

extension LeadStatus {
  /// nil for one without a particular meaning.
  var type: StatusType? { StatusType(rawValue: statusType) }

  /// The substatus with a name, in any case; nil if there is none.
  func substatus(_ name: String) -> String? {
    if substatuses.contains(name) { return name }
    let folded = UnicodeText.folded(name)
    return substatuses.first { UnicodeText.folded($0) == folded }
  }
}

/// A tenant's workflow: the statuses, and what a lead must have to be in them.
struct LeadWorkflow {
  let statuses: Picklist<LeadStatus>
  /// The BANT sum that counts as enough.
  let bantMinimum: Int32
  let now: Timestamp
}

extension Lead {
  /// Checks a change of status against the workflow, and updates what follows from the status.
  ///
  /// - Parameters:
  ///   - before: as it was; nil for a new one.
  ///   - workflow: the tenant's.
  ///   - mayConvert: whether it may enter a status of type converted.
  ///   - check: collects the errors; the lead's status exists.
  mutating func settle(
    before: Lead?,
    by workflow: LeadWorkflow,
    mayConvert: Bool,
    _ check: inout FieldCheck
  ) {
    guard let present = workflow.statuses[status] else { return }
    let entered = status != before?.status
    if entered, !mayConvert, present.type == .converted {
      check.refuse(
        "status",
        "must be reached by :convert alone; \(status.quoted) is of type converted"
      )
    } else if entered, let before {
      checkStep(from: before, workflow.statuses, &check)
    }
    settleSubstatus(before: before, present, entered: entered, &check)
    settleStage(before: before, present.type, entered: entered)
    let place = "the status \(present.displayName.quoted)"
    require(present.requiredFields, before: before, entered: entered, in: place, &check)
    settleQualification(before: before, present.type, workflow, &check)
    settleReason(
      \.disqualificationReason,
      "disqualification_reason",
      before: before,
      isKept: present.type == .unqualified || present.type == .dead,
      "must be empty while the status is not of type unqualified or dead",
      &check
    )
    switch present.type {
    case .qualified, .unqualified, .dead, .converted:
      if !entered { break }
      recycleReason = ""
      if returnDate == before?.returnDate { returnDate = nil }
    case .new, .contacted, nil: break
    }
  }

  private func checkStep(
    from before: Lead,
    _ statuses: Picklist<LeadStatus>,
    _ check: inout FieldCheck
  ) {
    guard let last = statuses[before.status], !last.nextStatuses.isEmpty,
      !last.nextStatuses.contains(status)
    else { return }
    // A next status may no longer exist if this status was deleted and restored.
    let names = last.nextStatuses.compactMap { statuses[$0]?.displayName.quoted }
    let rule = names.isEmpty ? "must stay" : "must be \(names.joined(separator: " or "))"
    check.refuse(
      "status",
      "\(rule) after \(last.displayName.quoted); \(status.quoted) is not allowed"
    )
  }

  private mutating func settleSubstatus(
    before: Lead?,
    _ status: LeadStatus,
    entered: Bool,
    _ check: inout FieldCheck
  ) {
    let isKept = substatus == before?.substatus
    // It keeps a substatus that the status no longer has.
    if substatus.isEmpty || isKept && !entered { return }
    if let known = status.substatus(substatus) {
      substatus = known
    } else if isKept {
      substatus = ""
    } else {
      let place = "the status \(status.displayName.quoted)"
      check.refuse(
        "substatus",
        status.substatuses.isEmpty
          ? "must be empty: \(place) has no substatuses"
          : "must be one of the substatuses of \(place); \(substatus.quoted) is not"
      )
    }
  }

  private mutating func settleQualification(
    before: Lead?,
    _ type: StatusType?,
    _ workflow: LeadWorkflow,
    _ check: inout FieldCheck
  ) {
    let was = before?.qualified == true
    qualified = type == .qualified || type == .converted && was
    qualificationTime = qualified ? was ? before?.qualificationTime : workflow.now : nil
    settleReason(
      \.qualificationReason,
      "qualification_reason",
      before: before,
      isKept: qualified,
      "must be empty while the lead is not qualified",
      &check
    )
    if qualified, !was, let bant, bant.bestTotal < workflow.bantMinimum {
      check.refuse(
        "bant",
        "must come to \(workflow.bantMinimum) to qualify the lead; "
          + "it cannot come to more than \(bant.bestTotal)"
      )
    }
  }

  /// Clears an earlier reason that no longer applies; refuses a new one that the status does not allow.
  private mutating func settleReason(
    _ reason: WritableKeyPath<Lead, String>,
    _ name: String,
    before: Lead?,
    isKept: Bool,
    _ rule: String,
    _ check: inout FieldCheck
  ) {
    if isKept || self[keyPath: reason].isEmpty { return }
    if let before, !differ(before[keyPath: reason], self[keyPath: reason]) {
      self[keyPath: reason] = ""
    } else {
      check.refuse(name, rule)
    }
  }

  /// Moves it to the first active status of a type, unless it is already in one of that type.
  ///
  /// - Throws: FAILED_PRECONDITION when the tenant has none.
  func entering(_ type: StatusType, of statuses: Picklist<LeadStatus>) throws(WorkflowFault) -> Lead
  {
    if statuses[status]?.type == type { return self }
    guard let first = statuses.entries.first(where: { $0.isActive && $0.type == type }) else {
      throw .noStatus(of: type)
    }
    var lead = self
    lead.status = first.key
    return lead
  }
}

enum WorkflowFault: ClientError {
  /// No status of the type is active.
  case noStatus(of: StatusType)
  /// A status cannot be deleted while it is another one's next status.
  case isNext(after: String)

  var meshError: MeshError {
    switch self {
    case .noStatus(let type):
      .failedPrecondition("no active lead status is of type \(type.rawValue); add one first")
    case .isNext(let name):
      .failedPrecondition(
        "the status \(name.quoted) leads to this one; take it out of its next_statuses first"
      )
    }
  }
}
