import CEL

/// The question whether a list that is a field is empty: `assignee_ids == []`, or by its size,
/// `size(assignee_ids) > 0`.
struct ListQuestion {
  private let slot: Int
  /// Whether the condition holds for empty lists, as opposed to all others.
  private let isOfEmpty: Bool
  private let position: CELPosition

  /// The question that `==` asks, or `!=`; nil for another one.
  init?(isEqual: Bool, _ left: CheckedNode, _ right: CheckedNode) {
    for (node, other) in [(left, right), (right, left)] {
      if let list = node.list, other.constant == .list([]) {
        self.init(slot: list, isOfEmpty: isEqual, position: node.position)
        return
      }
      if let list = node.measuredList, other.constant == .int(0) {
        self.init(slot: list, isOfEmpty: isEqual, position: node.position)
        return
      }
    }
    return nil
  }

  /// The question that `<` and its like ask of a size; nil for another one.
  init?(_ comparison: Comparison, _ left: CheckedNode, _ right: CheckedNode) {
    if left.measuredList == nil, right.measuredList != nil {
      self.init(comparison.mirrored, right, left)
      return
    }
    guard let list = left.measuredList else { return nil }
    let (isZero, isOne) = (right.constant == .int(0), right.constant == .int(1))
    switch comparison {
    case .less where isOne, .lessOrEqual where isZero:
      self.init(slot: list, isOfEmpty: true, position: left.position)
    case .greater where isZero, .greaterOrEqual where isOne:
      self.init(slot: list, isOfEmpty: false, position: left.position)
    default: return nil
    }
  }

  private init(slot: Int, isOfEmpty: Bool, position: CELPosition) {
    (self.slot, self.isOfEmpty, self.position) = (slot, isOfEmpty, position)
  }

  func condition(_ translator: ConditionTranslator) throws(CELError) -> SQLCondition {
    let field = try translator.field(slot, at: position)
    guard case .members = field.kind else { throw translator.listFault(at: position) }
    return SQLCondition(
      sql: isOfEmpty ? "(\(field.column) IS NULL)" : "(\(field.column) IS NOT NULL)",
      canBeUndefined: false
    )
  }
}

extension ConditionTranslator {
  func listFault(at position: CELPosition) -> CELError {
    CELError("in a filter a list can only stand after 'in' or be compared with []", at: position)
  }
}

extension CheckedNode {
  /// The slot of a list that is a field.
  fileprivate var list: Int? {
    guard case .field(let slot) = kind, case .list = type else { return nil }
    return slot
  }

  /// The slot of a list that is a field, where this is its size.
  fileprivate var measuredList: Int? {
    guard case .call(let function, let arguments) = kind, function.name == "size" else {
      return nil
    }
    return arguments.first?.list
  }
}
