import FoundationEssentials
package import MeshStore

/// What the plan of a list may not do: go through all that a tenant has, or sort it.
///
/// An index that gives a tenant's rows in the order of the list is walked as far as the page needs, or, where
/// there is a filter, until the time of a read is up. Everything else is looked up by more than its tenant. What
/// is sorted was found and counted before: at most as many rows as lists are counted to.
package struct PlanRule: Sendable {
  /// Tables of which a tenant has no more rows than lists are counted to, so that all may be read and sorted.
  var small: Set<String> = []
  /// Whether the list has the rows of all tenants.
  var isOfAllTenants = false
  /// Whether the list has a condition of its own, which rows on the way are left out by.
  var hasFilter = true

  /// Indexes of the store that have few of a tenant's rows.
  static let partial: Set = ["mesh_documents_partless"]
  /// Columns that all rows of a tenant, or of one of its kinds, share.
  private static let shared: Set = ["tenant_id", "object"]

  package init(
    small: Set<String> = [],
    isOfAllTenants: Bool = false,
    hasFilter: Bool = true
  ) {
    self.small = small
    self.isOfAllTenants = isOfAllTenants
    self.hasFilter = hasFilter
  }

  /// What is wrong with a plan; nil for a good one.
  package func fault(of plan: StatementPlan) -> String? {
    let fault =
      TestDatabase.isSQLite
      ? SQLitePlan(plan).fault(by: self) : PostgresPlan(plan).fault(by: self)
    return fault.map { fault in
      "\(fault)\n\(plan.statement)\n\(plan.lines.joined(separator: "\n"))"
    }
  }

  /// Whether conditions on columns, such as `tenant_id=? AND status=?`, pick some of a tenant's rows.
  static func picks(_ conditions: some StringProtocol) -> Bool {
    conditions.components(separatedBy: " AND ").contains { condition in
      let column = condition.drop { "( ".contains($0) }.prefix { $0.isLetter || $0 == "_" }
      return !shared.contains(String(column))
    }
  }
}

extension StringProtocol {
  /// The word behind another.
  func word(after mark: String) -> String? {
    guard let range = firstRange(of: mark) else { return nil }
    let rest = self[range.upperBound...]
    return String(rest.prefix { $0 != " " && $0 != ")" })
  }

  var indentation: Int { prefix { $0 == " " }.count }
}
