import LeadsAPI
import MeshCore
import MeshPhone
import MeshStore

/// What identifies a duplicate: an e-mail address in any case, or a phone number with a name.
struct DuplicateKeys: Sendable, Equatable {
  /// Empty when there is no address.
  let email: String
  /// The number without its extension; empty when there is no number or no name to go with it.
  let phone: String
  /// The number with its extension and without, as leads have it; nil when it has none.
  private let numbers: [String]?

  init(of lead: Lead) {
    email = EmailAddress.folded(lead.email)
    let first = UnicodeText.folded(lead.firstName)
    let last = UnicodeText.folded(lead.lastName)
    let parts = lead.phone.split(separator: PhoneNumber.extensionMark, maxSplits: 1)
    numbers = parts.count == 2 ? [lead.phone, String(parts[0])] : nil
    let digits = (parts.first ?? "").unicodeScalars
      .filter { $0 == "+" || ("0"..."9").contains($0) }
    // Colleagues may share a switchboard's number: one without a name does not identify a
    // duplicate.
    if digits.isEmpty || (first.isEmpty && last.isEmpty) {
      phone = ""
    } else {
      phone = "\(String(String.UnicodeScalarView(digits)))\u{1F}\(first)\u{1F}\(last)"
    }
  }

  /// Whether a lead has the same phone number and name; nil when there is no number to compare.
  ///
  /// Extensions are compared where both numbers have one.
  var samePhone: SQL? {
    if phone.isEmpty { return nil }
    let same: SQL = "phone_key = \(phone) AND phone_key <> ''"
    return numbers.map { "(\(same) AND phone IN (\(list: $0)))" } ?? same
  }
}
