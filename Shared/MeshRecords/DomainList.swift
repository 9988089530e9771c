import MeshCore

extension FieldCheck {
  /// The domains of a field in the form of those in e-mail addresses, each once.
  ///
  /// - Parameters:
  ///   - domains: as they came, such as ` Example.COM`.
  ///   - field: what errors call it.
  ///   - most: how many there may be.
  /// - Returns: the domains; what is wrong with them is among the violations.
  package mutating func domains(_ domains: [String], _ field: String, most: Int) -> [String] {
    guard domains.count <= most else {
      refuse(field, "must have at most \(most) entries")
      return domains
    }
    var formed: [String] = []
    for domain in domains {
      let name = EmailAddress.folded(TextForm.cleaned(domain))
      guard EmailAddress.isValid("x@\(name)") else {
        refuse(field, "must be domains such as example.com; \(domain.quoted) is not")
        return domains
      }
      if !formed.contains(name) { formed.append(name) }
    }
    return formed
  }
}
