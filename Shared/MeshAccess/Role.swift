/// The roles that every tenant has; a token names a member's by their raw values.
package enum Role: String, CaseIterable, Sendable {
  /// The member who made the tenant: an admin who cannot be removed.
  case owner
  /// Everything in the tenant, its members and settings included.
  case admin
  /// All records, and imports; settings to read.
  case manager
  /// All records to read, own ones to edit.
  case rep
  /// All records to read.
  case readOnly = "read_only"
}
