import FoundationEssentials
import MeshStore

/// A plan as SQLite says it: loops within one another stand below one another, and what they need is deeper.
struct SQLitePlan {
  /// Loops of one SELECT, from the outermost to the innermost, and what it sorts.
  private struct Part {
    /// What it is a part of; empty for the statement itself.
    let place: String
    var steps: [String] = []
  }

  /// Places whose rows are all read, whatever the limit of the statement.
  private static let wholes = [
    "LIST SUBQUERY", "INDEX ", "LEFT-MOST SUBQUERY", "UNION ALL", "SCALAR SUBQUERY", "CORRELATED",
  ]

  private var parts: [Part] = []
  /// Names of what is read from other parts.
  private var made: Set<String> = []
  private let hasLimit: Bool
  /// Whether rows are left out by something that is no index's.
  private let hasCondition: Bool

  init(_ plan: StatementPlan) {
    hasLimit = plan.statement.contains(" LIMIT ")
    let rest = plan.statement.components(separatedBy: " LIMIT ")[0]
      .components(separatedBy: "ORDER BY")[0].components(separatedBy: "WHERE ").dropFirst()
    let words = rest.joined(separator: " ").split { "() \n".contains($0) }
    hasCondition = words.contains { $0 != "TRUE" && $0 != "AND" }
    var open: [Int] = []
    var last = ""
    for line in plan.lines {
      let depth = line.indentation / 2
      let text = String(line.dropFirst(2 * depth).replacing("main.", with: ""))
      open.removeLast(max(0, open.count - depth - 1))
      if open.count <= depth {
        open.append(parts.count)
        parts.append(Part(place: last))
      }
      parts[open[depth]].steps.append(text)
      last = text
      for mark in ["CO-ROUTINE ", "MATERIALIZE "] {
        if let name = text.word(after: mark) { made.insert(name) }
      }
    }
  }

  func fault(by rule: PlanRule) -> String? {
    for part in parts {
      let loops = part.steps.filter { $0.hasPrefix("SCAN ") || $0.hasPrefix("SEARCH ") }
      let isWalked =
        hasLimit && (rule.hasFilter || !hasCondition)
        && !Self.wholes.contains { part.place.hasPrefix($0) }
      for (index, loop) in loops.enumerated() where !isShort(loop, rule) {
        let isOfOne = loop.hasPrefix("SEARCH ")
        guard isWalked, index == 0, isOfOne || rule.isOfAllTenants && loop.contains("USING") else {
          return "reads all of a table: \(loop)"
        }
      }
      guard
        let sort = part.steps.first(where: { $0.contains("TEMP B-TREE") && $0.contains("ORDER") })
      else { continue }
      guard let first = loops.first, isOfFew(first, rule) else { return "sorts rows: \(sort)" }
    }
    return nil
  }

  /// Whether a loop reads no more than what was found by more than a tenant.
  private func isShort(_ loop: String, _ rule: PlanRule) -> Bool {
    let table = loop.word(after: " ") ?? ""
    if rule.small.contains(table) { return loop.hasPrefix("SEARCH ") }
    if made.contains(table) { return true }
    if loop.hasPrefix("SCAN ") {
      return loop.contains(" VIRTUAL TABLE ") || loop.contains("CONSTANT ROW")
        || loop.hasPrefix("SCAN (subquery")
    }
    if loop.contains(" AUTOMATIC ") { return false }
    if let index = loop.word(after: " INDEX "), PlanRule.partial.contains(index) { return true }
    guard let start = loop.firstIndex(of: "(") else { return false }
    return PlanRule.picks(loop[start...])
  }

  /// Whether a loop is over rows that were counted before.
  private func isOfFew(_ loop: String, _ rule: PlanRule) -> Bool {
    let table = loop.word(after: " ") ?? ""
    if rule.small.contains(table) { return true }
    return ["few", "mesh_ids", "kept"].contains(table) || loop.contains("CONSTANT ROW")
  }
}
