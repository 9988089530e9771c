/// The roles that every tenant has; a token names a member's by their raw values.
///
/// Each may do what those after it may, and more: just what, the grants of the records say.
package enum Role: String, CaseIterable, Sendable {
  /// The member created with the tenant: an admin who cannot be removed.
  case owner
  /// Everything in the tenant, its members and settings included.
  case admin
  /// The records of their teams, and all leads; imports and exports; settings to read.
  case manager
  /// Own records to edit; all leads, accounts and contacts to read.
  case rep
  /// All leads, accounts and contacts to read; other records that are shared with them.
  case readOnly = "read_only"

  /// The role and those whose permissions it inherits.
  var inherited: ArraySlice<Role> {
    Role.allCases.drop { $0 != self }
  }
}
