import MeshCore

extension CELFunctions {
  static let texts: [CELFunction] = [
    CELFunction(
      "size",
      called: .either,
      [.init([.string], .int), .init([.list(of: .parameter)], .int)],
      .unary { (value) throws(CELFailure) in
        switch value {
        case .string(let text): .int(Int64(text.unicodeScalars.count))
        case .list(let elements): .int(Int64(elements.count))
        default: throw .noOverload
        }
      }
    ),
    predicate("contains") { $0.containsCodePoints(of: $1) },
    predicate("startsWith") { $0.startsWithCodePoints(of: $1) },
    predicate("endsWith") { $0.endsWithCodePoints(of: $1) },
    predicate("containsLoosely", isLoose: true) { $0.containsCodePoints(of: $1) },
    predicate("startsWithLoosely", isLoose: true) { $0.startsWithCodePoints(of: $1) },
    predicate("endsWithLoosely", isLoose: true) { $0.endsWithCodePoints(of: $1) },
    CELFunction(
      Operator.index,
      [.init([.list(of: .parameter), .int], .parameter)],
      .binary { (list, index) throws(CELFailure) in
        guard case .list(let elements) = list, case .int(let index) = index else {
          throw .noOverload
        }
        guard let position = Int(exactly: index), elements.indices.contains(position) else {
          throw CELFailure("the index is outside the list")
        }
        return elements[position]
      }
    ),
  ]

  static let conversions: [CELFunction] = [
    CELFunction(
      "timestamp",
      [.init([.string], .timestamp), .init([.timestamp], .timestamp)],
      .unary { (value) throws(CELFailure) in
        switch value {
        case .timestamp: return value
        case .string(let text):
          guard let time = Timestamp(rfc3339: text) else {
            throw CELFailure("a timestamp is written like 2026-01-31T09:30:00Z")
          }
          return .timestamp(time)
        default: throw .noOverload
        }
      }
    )
  ]

  /// What loose functions are given instead of a text; no expression can name it.
  static let looseForm = CELFunction(
    Operator.looseForm,
    [.init([.string], .string)],
    .unary { (value) throws(CELFailure) in
      guard case .string(let text) = value else { throw .noOverload }
      return .string(LooseText.form(of: text))
    }
  )

  private static func predicate(
    _ name: String,
    isLoose: Bool = false,
    _ holds: @escaping @Sendable (String, String) -> Bool
  ) -> CELFunction {
    CELFunction(
      name,
      called: .method,
      isLoose: isLoose,
      [.init([.string, .string], .bool)],
      .binary { (text, part) throws(CELFailure) in
        guard case .string(let text) = text, case .string(let part) = part else {
          throw .noOverload
        }
        return .bool(holds(text, part))
      }
    )
  }
}
