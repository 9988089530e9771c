/// A set of a record's generated fields, by their place in the proto: 128 at most.
package struct FieldBits: Hashable, Sendable, ExpressibleByArrayLiteral {
  private var bits: UInt128

  private init(bits: UInt128) { self.bits = bits }

  package init() { bits = 0 }

  package init(arrayLiteral elements: Int...) {
    self.init()
    for element in elements { insert(element) }
  }

  package init(_ elements: some Sequence<Int>) {
    self.init()
    for element in elements { insert(element) }
  }

  /// All fields before `count`.
  package static func first(_ count: Int) -> FieldBits {
    FieldBits(bits: count >= 128 ? .max : (1 << UInt128(count)) - 1)
  }

  package var isEmpty: Bool { bits == 0 }

  package func contains(_ field: Int) -> Bool { bits & (1 << UInt128(field)) != 0 }

  package mutating func insert(_ field: Int) { bits |= 1 << UInt128(field) }

  package mutating func remove(_ field: Int) { bits &= ~(1 << UInt128(field)) }

  package func union(_ other: FieldBits) -> FieldBits { FieldBits(bits: bits | other.bits) }

  package func intersection(_ other: FieldBits) -> FieldBits { FieldBits(bits: bits & other.bits) }

  package func subtracting(_ other: FieldBits) -> FieldBits { FieldBits(bits: bits & ~other.bits) }

  package func isSubset(of other: FieldBits) -> Bool { bits & ~other.bits == 0 }

  /// The fields in their order.
  package var indices: [Int] {
    var indices: [Int] = []
    var rest = bits
    while rest != 0 {
      indices.append(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
    return indices
  }
}
