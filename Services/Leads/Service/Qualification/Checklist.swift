import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords

/// What makes a lead complete before it is converted.
///
/// It is advice: of the required items, only the qualified status is enforced when a person converts the lead.
struct Checklist {
  private let lead: Lead
  private let status: LeadStatus?
  /// Whether its owner can work on it.
  private let hasOwner: Bool
  /// Whether it duplicates another lead, or another duplicates it.
  private let isRepeated: Bool
  private let riskLevel: String

  /// - Parameters:
  ///   - lead: as whoever gets the list may see it.
  ///   - rules: the tenant's.
  ///   - hasDuplicates: whether other leads duplicate it.
  ///   - riskLevel: that of its risk; empty where only the required items matter.
  init(of lead: Lead, by rules: IntakeRules, hasDuplicates: Bool, riskLevel: String = "") {
    self.lead = lead
    status = rules.statuses[lead.status]
    hasOwner = lead.ownerId.map(rules.mayOwn) ?? false
    isRepeated = hasDuplicates || lead.duplicateOf != nil
    self.riskLevel = riskLevel
  }

  var items: [ChecklistItem] {
    [statusItem, reachable, company, owner, duplicate, risk]
      + criteria(of: lead.bant ?? Bant()) + criteria(of: lead.meddicc ?? Meddicc())
  }

  /// Whether everything is done that an automatic conversion requires.
  var isDone: Bool { items.allSatisfy { $0.done || !$0.required } }

  private func item(
    _ key: String,
    _ name: String,
    _ done: Bool,
    _ detail: String,
    isRequired: Bool = true
  ) -> ChecklistItem {
    ChecklistItem(
      key: key,
      group: "conversion",
      displayName: name,
      done: done,
      required: isRequired,
      detail: detail
    )
  }

  private var statusItem: ChecklistItem {
    item(
      "qualified_status",
      "Qualified",
      status?.type == .qualified,
      "the status is \((status?.displayName ?? lead.status).quoted)"
    )
  }

  private var reachable: ChecklistItem {
    let hasPhone = !lead.phone.isEmpty && lead.phoneValid
    let ways = [lead.email.isEmpty ? nil : "e-mail", hasPhone ? "phone" : nil].compactMap(\.self)
    return item(
      "reachable",
      "Reachable",
      !ways.isEmpty,
      ways.isEmpty
        ? "there is no e-mail address and no valid phone number"
        : "by \(ways.joined(separator: " and "))"
    )
  }

  private var company: ChecklistItem {
    let isKnown = !lead.companyName.isEmpty
    return item("company", "Company known", isKnown, isKnown ? lead.companyName : "none is named")
  }

  private var owner: ChecklistItem {
    let none = lead.ownerId == nil ? "nobody owns the lead" : "the owner cannot work on leads"
    return item("owner", "Owned", hasOwner, hasOwner ? "an active member owns the lead" : none)
  }

  private var duplicate: ChecklistItem {
    item(
      "no_duplicate",
      "No duplicate",
      !isRepeated,
      isRepeated ? "another lead has the same address, or number and name" : "none is known"
    )
  }

  private var risk: ChecklistItem {
    item(
      "low_risk",
      "Risk not high",
      riskLevel != "high",
      "the risk is \(riskLevel)",
      isRequired: false
    )
  }

  private func criteria<Method: AssessmentMethod>(of method: Method) -> [ChecklistItem] {
    zip(Method.criteria, method.answers).map { name, answer in
      let words = name.split(separator: "_").joined(separator: " ")
      return ChecklistItem(
        key: name,
        group: Method.name,
        displayName: words.prefix(1).uppercased() + words.dropFirst(),
        done: answer?.score != nil,
        required: false,
        detail: answer?.score.map { "\($0) of \(Method.mostPoints)" } ?? "not known"
      )
    }
  }
}
