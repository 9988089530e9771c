/// A record's values in the order of an environment's slots.
package struct CELRecord: Sendable {
  package private(set) var values: [CELValue]

  /// A record of `environment` whose fields are all absent.
  package init(_ environment: CELEnvironment) {
    values = Array(repeating: .null, count: environment.names.count)
  }

  init(values: [CELValue]) { self.values = values }

  package subscript(slot: Int) -> CELValue {
    get { values[slot] }
    set { values[slot] = newValue }
  }
}

/// An expression that parsed and checked, ready to be evaluated any number of times.
package struct CheckedExpression: Sendable {
  /// What was written.
  package let text: String
  package let root: CheckedNode
  /// The environment's names; a field's slot is its index.
  package let names: [String]
  /// Slots that the expression reads, ascending.
  package let referencedSlots: [Int]

  init(text: String, root: CheckedNode, names: [String]) {
    self.text = text
    self.root = root
    self.names = names
    var slots: Set<Int> = []
    var pending = [root]
    while let node = pending.popLast() {
      if case .field(let slot) = node.kind { slots.insert(slot) }
      pending += node.children
    }
    referencedSlots = slots.sorted()
  }

  package var type: CELType { root.type }

  /// The conditions that must all hold for it to hold, each by itself.
  package var conjuncts: [CheckedExpression] {
    guard case .all(let nodes) = root.kind else { return [self] }
    return nodes.map { CheckedExpression(text: text, root: $0, names: names) }
  }

  /// Names of the fields that the expression reads.
  package var referencedFields: Set<String> { Set(referencedSlots.map { names[$0] }) }

  /// Whether the condition holds for a record of the environment it was compiled in.
  ///
  /// False too when an absent value or an error leaves it without answer.
  package func matches(_ record: CELRecord) -> Bool {
    (try? root.test(record.values)) ?? false
  }

  /// The expression's value; null when an absent value leaves it without one.
  ///
  /// - Throws: on overflow, division by zero, or an index outside its list.
  package func evaluate(_ record: CELRecord) throws(CELError) -> CELValue {
    do throws(CELFault) {
      return try root.evaluate(record.values)
    } catch {
      switch error {
      case .absent: return .null
      case .failed(let error): throw error
      }
    }
  }

  /// Whether the condition holds, asking `value` once for each field that it reads.
  package func matches(_ value: (String) -> CELValue) -> Bool { matches(record(value)) }

  /// The expression's value, asking `value` once for each field that it reads.
  ///
  /// - Throws: on overflow, division by zero, or an index outside its list.
  package func evaluate(_ value: (String) -> CELValue) throws(CELError) -> CELValue {
    try evaluate(record(value))
  }

  private func record(_ value: (String) -> CELValue) -> CELRecord {
    var values = Array(repeating: CELValue.null, count: names.count)
    for slot in referencedSlots { values[slot] = value(names[slot]) }
    return CELRecord(values: values)
  }
}
