/// The form in which records keep phone numbers.
package enum PhoneForm {
  /// What stands between a number and its extension: `+12125550143 ext. 12`.
  package static let extensionMark = " ext. "
}
