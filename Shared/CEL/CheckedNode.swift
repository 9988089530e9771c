/// A checked expression's tree: names are slots, calls are functions, every node has a type.
///
/// Subtrees without fields are already computed, unless they have no value (`1 / 0`): those keep
/// their error for the evaluation, where `false && 1 / 0 > 0` is still false.
package final class CheckedNode: Sendable {
  package enum Kind: Sendable {
    case constant(CELValue)
    case field(slot: Int)
    case list([CheckedNode])
    /// `&&` over two or more conditions.
    case all([CheckedNode])
    /// `||` over two or more conditions.
    case any([CheckedNode])
    case not(CheckedNode)
    case conditional(CheckedNode, then: CheckedNode, otherwise: CheckedNode)
    case equal(CheckedNode, CheckedNode)
    case notEqual(CheckedNode, CheckedNode)
    case compare(Comparison, CheckedNode, CheckedNode)
    case member(CheckedNode, of: CheckedNode)
    case call(CELFunction, [CheckedNode])
  }

  package let kind: Kind
  package let type: CELType
  package let position: CELPosition

  init(_ kind: Kind, _ type: CELType, at position: CELPosition) {
    self.kind = kind
    self.type = type
    self.position = position
  }

  package var children: [CheckedNode] {
    switch kind {
    case .constant, .field: []
    case .list(let nodes), .all(let nodes), .any(let nodes), .call(_, let nodes): nodes
    case .not(let node): [node]
    case .conditional(let condition, let then, let otherwise): [condition, then, otherwise]
    case .equal(let left, let right), .notEqual(let left, let right),
      .compare(_, let left, let right), .member(let left, let right):
      [left, right]
    }
  }

  /// The value of a subtree that needs no record.
  package var constant: CELValue? {
    if case .constant(let value) = kind { return value }
    return nil
  }

  /// This node computed, when everything below it is known and it has a value.
  var folded: CheckedNode {
    guard constant == nil, !children.isEmpty || isEmptyList,
      children.allSatisfy({ $0.constant != nil }),
      let value = try? evaluate([])
    else { return self }
    return CheckedNode(.constant(value), type == .number ? value.type : type, at: position)
  }

  /// The operations of this tree.
  func operations(_ limits: CELLimits) -> Int {
    var count = 0
    var pending = [self]
    while let node = pending.popLast() {
      count += 1
      if case .call(let function, _) = node.kind, function.name == Operator.looseForm {
        count += limits.nodesPerLooseText - 1
      }
      pending += node.children
    }
    return count
  }

  private var isEmptyList: Bool {
    if case .list(let elements) = kind { return elements.isEmpty }
    return false
  }
}
