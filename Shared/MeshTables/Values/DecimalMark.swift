/// What separates the decimals of a number.
package enum DecimalMark: String, Sendable, Hashable, CaseIterable {
  case point
  case comma

  package var character: Character { self == .point ? "." : "," }

  package var other: DecimalMark { self == .point ? .comma : .point }
}
