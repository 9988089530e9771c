import LeadsAPI
import MeshCore

/// What identifies a duplicate: an e-mail address in any case, or a phone number with a name.
struct DuplicateKeys: Sendable, Equatable {
  /// Empty when there is no address.
  let email: String
  /// Empty when there is no number or no name to go with it.
  let phone: String

  init(of lead: Lead) {
    email = EmailAddress.folded(lead.email)
    let first = UnicodeText.folded(lead.firstName)
    let last = UnicodeText.folded(lead.lastName)
    let digits = lead.phone.unicodeScalars.filter { $0 == "+" || ("0"..."9").contains($0) }
    // Colleagues may share a switchboard's number: one without a name does not identify a
    // duplicate.
    if digits.isEmpty || (first.isEmpty && last.isEmpty) {
      phone = ""
    } else {
      phone = "\(String(String.UnicodeScalarView(digits)))\u{1F}\(first)\u{1F}\(last)"
    }
  }
}
