import CPhoneNumber

/// The regions whose phone numbers are known.
package enum PhoneRegions {
  /// Whether `region` is ISO 3166 alpha-2 in upper case, such as `US`, of a known region.
  package static func isKnown(_ region: String) -> Bool {
    region.utf8.count == 2 && phone_number_knows_region(region)
  }
}
