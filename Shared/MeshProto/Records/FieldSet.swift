/// Some of a record's fields: generated ones, and those that a tenant added, by key.
///
/// Masks, permissions and changes are such sets.
package struct FieldSet: Hashable, Sendable {
  package var bits: FieldBits
  package var custom: CustomFields

  /// Fields that a tenant added.
  package enum CustomFields: Hashable, Sendable {
    case only(Set<String>)
    /// Those not known yet among them.
    case all
  }

  package init(_ bits: FieldBits = [], custom: CustomFields = .only([])) {
    self.bits = bits
    self.custom = custom
  }

  package static let none = FieldSet()
  package static let all = FieldSet(.first(128), custom: .all)

  package var isEmpty: Bool { bits.isEmpty && custom == .only([]) }

  package func contains(_ field: RecordField) -> Bool {
    guard let key = field.customKey else { return bits.contains(field.index) }
    switch custom {
    case .all: return true
    case .only(let keys): return keys.contains(key)
    }
  }

  package func intersection(_ other: FieldSet) -> FieldSet {
    let bits = bits.intersection(other.bits)
    switch (custom, other.custom) {
    case (.all, let keys), (let keys, .all): return FieldSet(bits, custom: keys)
    case (.only(let some), .only(let others)):
      return FieldSet(bits, custom: .only(some.intersection(others)))
    }
  }

  package mutating func insert(_ field: RecordField) {
    guard let key = field.customKey else { return bits.insert(field.index) }
    guard case .only(let keys) = custom else { return }
    custom = .only(keys.union([key]))
  }
}
