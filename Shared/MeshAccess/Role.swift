/// The roles that every tenant has; a token names a member's by their raw values.
///
/// Each may do what those after it may, and more.
package enum Role: String, CaseIterable, Sendable {
  /// The member created with the tenant: an admin who cannot be removed.
  case owner
  /// Everything in the tenant, its members and settings included.
  case admin
  /// All records, and imports; settings to read.
  case manager
  /// All records to read, own ones to edit.
  case rep
  /// All records to read.
  case readOnly = "read_only"

  /// The role and those whose permissions it inherits.
  var inherited: ArraySlice<Role> {
    Role.allCases.drop { $0 != self }
  }
}
