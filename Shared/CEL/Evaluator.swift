// Evaluation over a record's slots. Absence travels as a thrown fault, which typed throws make as
// cheap as a return; no dictionary is consulted and nothing is allocated for a simple condition.

extension CheckedNode {
  /// The value of this node.
  ///
  /// - Throws: `.absent` when an operation other than equality meets null; `.failed` on overflow,
  ///   division by zero and the like.
  func evaluate(_ slots: [CELValue]) throws(CELFault) -> CELValue {
    switch kind {
    case .constant(let value): return value
    case .field(let slot): return slots[slot]
    case .list(let nodes):
      var elements: [CELValue] = []
      elements.reserveCapacity(nodes.count)
      for node in nodes { elements.append(try node.evaluate(slots)) }
      return .list(elements)
    case .conditional(let condition, let then, let otherwise):
      return try condition.test(slots) ? then.evaluate(slots) : otherwise.evaluate(slots)
    case .call(let function, let arguments): return try call(function, arguments, slots)
    case .all, .any, .not, .equal, .notEqual, .compare, .member: return .bool(try test(slots))
    }
  }

  /// Whether this condition holds.
  func test(_ slots: [CELValue]) throws(CELFault) -> Bool {
    switch kind {
    case .all(let nodes): return try decide(nodes, slots, by: false)
    case .any(let nodes): return try decide(nodes, slots, by: true)
    case .not(let node): return try !node.test(slots)
    case .equal(let left, let right):
      return try left.evaluate(slots) == right.evaluate(slots)
    case .notEqual(let left, let right):
      return try !(left.evaluate(slots) == right.evaluate(slots))
    case .compare(let comparison, let left, let right):
      return try compare(comparison, left.evaluate(slots), right.evaluate(slots))
    case .member(let element, let list):
      return try contains(list.evaluate(slots), element.evaluate(slots))
    case .constant, .field, .list, .conditional, .call:
      switch try evaluate(slots) {
      case .bool(let value): return value
      case .null: throw .absent
      default: throw failure(.noOverload)
      }
    }
  }

  /// `&&` (decided by a false) and `||` (decided by a true), whichever side it stands on.
  private func decide(
    _ nodes: [CheckedNode],
    _ slots: [CELValue],
    by decisive: Bool
  ) throws(CELFault) -> Bool {
    var fault: CELFault?
    for node in nodes {
      do throws(CELFault) {
        if try node.test(slots) == decisive { return decisive }
      } catch {
        fault = .outweighing(fault, error)
      }
    }
    if let fault { throw fault }
    return !decisive
  }

  private func compare(
    _ comparison: Comparison,
    _ left: CELValue,
    _ right: CELValue
  ) throws(CELFault) -> Bool {
    if let order = left.order(to: right) { return comparison.holds(order) }
    guard !left.isNull, !right.isNull else { throw .absent }
    throw failure(.noOverload)
  }

  private func contains(_ list: CELValue, _ element: CELValue) throws(CELFault) -> Bool {
    switch list {
    case .list(let elements): return elements.contains(element)
    case .null: throw .absent
    default: throw failure(.noOverload)
    }
  }

  private func call(
    _ function: CELFunction,
    _ arguments: [CheckedNode],
    _ slots: [CELValue]
  ) throws(CELFault) -> CELValue {
    let first = try arguments[0].evaluate(slots)
    switch function.body {
    case .unary(let body):
      guard !first.isNull else { throw .absent }
      do throws(CELFailure) { return try body(first) } catch { throw failure(error) }
    case .binary(let body):
      let second = try arguments[1].evaluate(slots)
      guard !first.isNull, !second.isNull else { throw .absent }
      do throws(CELFailure) { return try body(first, second) } catch { throw failure(error) }
    }
  }

  private func failure(_ failure: CELFailure) -> CELFault {
    .failed(CELError(failure.message, at: position))
  }
}
