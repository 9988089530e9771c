import LeadsAPI
import MeshCore
import MeshProto
import MeshRecords
import MeshStore

/// The rules of lead statuses: those of every picklist, and of the workflow that statuses form.
///
/// Made for one transaction.
struct LeadStatusRules: RecordRules {
  private static let mostNames = 100

  private let transaction: WriteTransaction
  private let list: PicklistRules<LeadStatus>

  init(_ transaction: WriteTransaction) {
    self.transaction = transaction
    list = PicklistRules(transaction)
  }

  func prepare(_ status: inout LeadStatus, before: LeadStatus?, _ check: inout FieldCheck) throws {
    try list.prepare(&status, before: before, &check)
    if status.nextStatuses != before?.nextStatuses {
      status.nextStatuses = Self.distinct(status.nextStatuses, "next_statuses", &check)
      let known = try transaction.picklist(LeadStatus.self)
      if let key = status.nextStatuses.first(where: { known[$0] == nil && $0 != status.key }) {
        check.refuse(
          "next_statuses",
          "must be keys of the tenant's lead statuses; \(key.quoted) is not"
        )
      }
    }
    if status.requiredFields != before?.requiredFields {
      status.requiredFields = Self.distinct(status.requiredFields, "required_fields", &check)
      if let name = status.requiredFields.first(where: { !Lead.canBeRequired($0) }) {
        check.refuse(
          "required_fields",
          "must be fields of leads that can be set, bant_score or meddicc_score; "
            + "\(name.quoted) is not"
        )
      }
    }
    if status.substatuses != before?.substatuses {
      status.substatuses = Self.substatuses(status.substatuses, &check)
    }
  }

  /// The names, normalized and in order, each once in any case.
  private static func substatuses(_ names: [String], _ check: inout FieldCheck) -> [String] {
    let names = names.map { TextForm.cleaned($0) }
    if names.contains(where: { !(1...100).contains($0.unicodeScalars.count) }) {
      check.refuse("substatuses", "must have entries of 1 to 100 characters")
      return []
    }
    return distinct(names, "substatuses", by: UnicodeText.folded, &check)
  }

  /// The texts in order, each once.
  private static func distinct(
    _ texts: [String],
    _ field: String,
    by form: (String) -> String = { $0 },
    _ check: inout FieldCheck
  ) -> [String] {
    var seen: Set<String> = []
    let distinct = texts.filter { seen.insert(form($0)).inserted }
    if distinct.count > mostNames {
      check.refuse(field, "must have at most \(mostNames) entries")
      return []
    }
    return distinct
  }

  func wrote(before: LeadStatus?, after: LeadStatus?) throws {
    if let before, after == nil {
      let others = try transaction.picklist(LeadStatus.self).entries
      if let last = others.first(where: { $0.nextStatuses.contains(before.key) }) {
        throw WorkflowFault.isNext(after: last.displayName)
      }
    }
    try list.wrote(before: before, after: after)
    if let before, let after, before.statusType != after.statusType {
      let leads: SQL = "status = \(after.key)"
      try transaction.follow(after, Lead(status: after.key), mask: "status", where: leads)
    }
  }
}

extension Lead {
  /// Whether a status can require the field.
  fileprivate static func canBeRequired(_ name: String) -> Bool {
    guard let field = schema[name] else { return false }
    let hasNone = field.type != .bool
    return hasNone && field.isInput && !["status", "lifecycle_stage"].contains(name)
      || ["bant_score", "meddicc_score"].contains(name)
  }
}
