extension CELFunctions {
  static let arithmetic: [CELFunction] = [
    CELFunction(
      Operator.add,
      numbers + [
        .init([.string, .string], .string),
        .init([.list(of: .parameter), .list(of: .parameter)], .list(of: .parameter)),
      ],
      .binary { (left, right) throws(CELFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)):
          .int(try exact(left.addingReportingOverflow(right)))
        case (.uint(let left), .uint(let right)):
          .uint(try exact(left.addingReportingOverflow(right)))
        case (.double(let left), .double(let right)): .double(left + right)
        case (.string(let left), .string(let right)): .string(left + right)
        case (.list(let left), .list(let right)): .list(left + right)
        default: throw .noOverload
        }
      }
    ),
    CELFunction(
      Operator.subtract,
      numbers,
      .binary { (left, right) throws(CELFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)):
          .int(try exact(left.subtractingReportingOverflow(right)))
        case (.uint(let left), .uint(let right)):
          .uint(try exact(left.subtractingReportingOverflow(right)))
        case (.double(let left), .double(let right)): .double(left - right)
        default: throw .noOverload
        }
      }
    ),
    CELFunction(
      Operator.multiply,
      numbers,
      .binary { (left, right) throws(CELFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)):
          .int(try exact(left.multipliedReportingOverflow(by: right)))
        case (.uint(let left), .uint(let right)):
          .uint(try exact(left.multipliedReportingOverflow(by: right)))
        case (.double(let left), .double(let right)): .double(left * right)
        default: throw .noOverload
        }
      }
    ),
    CELFunction(
      Operator.divide,
      numbers,
      .binary { (left, right) throws(CELFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)):
          .int(try quotient(left, right, left.dividedReportingOverflow))
        case (.uint(let left), .uint(let right)):
          .uint(try quotient(left, right, left.dividedReportingOverflow))
        case (.double(let left), .double(let right)): .double(left / right)
        default: throw .noOverload
        }
      }
    ),
    CELFunction(
      Operator.modulo,
      [.init([.int, .int], .int), .init([.uint, .uint], .uint)],
      .binary { (left, right) throws(CELFailure) in
        switch (left, right) {
        case (.int(let left), .int(let right)):
          .int(try quotient(left, right, left.remainderReportingOverflow))
        case (.uint(let left), .uint(let right)):
          .uint(try quotient(left, right, left.remainderReportingOverflow))
        default: throw .noOverload
        }
      }
    ),
    CELFunction(
      Operator.negate,
      [.init([.int], .int), .init([.double], .double)],
      .unary { (value) throws(CELFailure) in
        switch value {
        case .int(let value): .int(try exact(Int64.zero.subtractingReportingOverflow(value)))
        case .double(let value): .double(-value)
        default: throw .noOverload
        }
      }
    ),
  ]

  private static let numbers: [CELFunction.Overload] = [CELType.int, .uint, .double].map {
    .init([$0, $0], $0)
  }

  private static func exact<I: FixedWidthInteger>(
    _ result: (partialValue: I, overflow: Bool)
  ) throws(CELFailure) -> I {
    guard !result.overflow else { throw .overflow }
    return result.partialValue
  }

  private static func quotient<I: FixedWidthInteger>(
    _ left: I,
    _ right: I,
    _ divided: (I) -> (partialValue: I, overflow: Bool)
  ) throws(CELFailure) -> I {
    guard right != 0 else { throw .divisionByZero }
    return try exact(divided(right))
  }
}
