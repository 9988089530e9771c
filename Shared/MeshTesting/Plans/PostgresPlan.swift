import FoundationEssentials
import MeshStore

/// A plan as PostgreSQL says it: a tree, of which the rows that each node has are estimated.
struct PostgresPlan {
  private final class Node {
    let text: String
    let indentation: Int
    var conditions: [String] = []
    var children: [Node] = []

    init(_ text: String, _ indentation: Int) {
      self.text = text
      self.indentation = indentation
    }

    /// Whether it reads a table that is read sooner than any index.
    var isOfOnePage: Bool {
      text.word(after: "..").flatMap { Double($0) }.map { $0 < 2 } ?? false
    }

    var rows: Int { text.word(after: " rows=").flatMap { Int($0) } ?? .max }

    /// The table that a scan is of.
    var table: String? { text.contains(" Scan") ? text.word(after: " on ") : nil }

    var tables: [String] {
      // Of a bitmap, the table is its parent's.
      (text.hasPrefix("Bitmap Index") ? [] : [table].compactMap { $0 })
        + children.flatMap(\.tables)
    }

    /// Whether rows are left out by something that is no index's.
    var hasFilter: Bool { conditions.contains { $0.hasPrefix("Filter: ") } }

    /// Whether an index gives it rows of one tenant, and not those of all others to be left out.
    var isOfTenant: Bool {
      !text.hasPrefix("Index")
        || conditions.contains { $0.hasPrefix("Index Cond: ") && $0.contains("tenant_id") }
    }

    /// Whether an index gives it some of a tenant's rows.
    var picks: Bool {
      if text.hasPrefix("BitmapAnd") { return children.contains(where: \.picks) }
      if text.hasPrefix("BitmapOr") || text.hasPrefix("Bitmap Heap") {
        return children.filter { $0.text.hasPrefix("Bitmap") }.allSatisfy(\.picks)
      }
      let index = text.word(after: text.hasPrefix("Bitmap") ? " on " : " using ") ?? ""
      if PlanRule.partial.contains(index) { return true }
      return conditions.contains {
        $0.hasPrefix("Index Cond: ") && PlanRule.picks($0.dropFirst(12))
      }
    }
  }

  /// Nodes that give rows as they get them from their first child.
  private static let inOrder = ["Nested Loop", "Subquery Scan", "Result"]

  private let root: Node

  init(_ plan: StatementPlan) {
    root = Node(plan.lines.first ?? "", -1)
    var open = [root]
    for line in plan.lines.dropFirst() {
      let (indentation, text) = (line.indentation, String(line.dropFirst(line.indentation)))
      while open.count > 1, open[open.count - 1].indentation >= indentation { open.removeLast() }
      guard text.hasPrefix("->  ") else {
        open[open.count - 1].conditions.append(text)
        continue
      }
      let node = Node(String(text.dropFirst(4)), indentation)
      open[open.count - 1].children.append(node)
      open.append(node)
    }
  }

  func fault(by rule: PlanRule) -> String? { fault(of: root, isWalked: false, rule) }

  /// What is bad about a node, or one below it, whose rows may be read in order until there are enough
  /// (`isWalked`).
  private func fault(of node: Node, isWalked: Bool, _ rule: PlanRule) -> String? {
    if node.conditions.contains("One-Time Filter: false") { return nil }
    if node.text.contains("Seq Scan on "), !node.isOfOnePage {
      return "reads all of a table: \(node.text)"
    }
    if node.text.contains("Sort "), node.rows > CappedCount.most + 1,
      !node.tables.allSatisfy({ rule.small.contains($0) })
    {
      return "sorts rows: \(node.text)"
    }
    let isScan = ["Index Scan", "Index Only Scan", "Bitmap Heap Scan"].contains {
      node.text.hasPrefix($0)
    }
    if isScan, !node.picks, !rule.small.contains(node.table ?? "") {
      guard rule.isOfAllTenants || node.isOfTenant else {
        return "reads what other tenants have: \(node.text)"
      }
      let isInOrder = node.text.hasPrefix("Index") && !node.hasFilter
      guard isWalked, rule.hasFilter || isInOrder else {
        return "reads all that a tenant has: \(node.text)"
      }
    }
    for (index, child) in node.children.enumerated() {
      let goesOn =
        node.text.hasPrefix("Limit")
        || isWalked && index == 0 && Self.inOrder.contains { node.text.hasPrefix($0) }
      if let fault = fault(of: child, isWalked: goesOn, rule) { return fault }
    }
    return nil
  }
}
