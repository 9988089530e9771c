import MeshCore

extension FieldCheck {
  /// Normalizes the domains of a field to the form that they have in e-mail addresses, each once.
  ///
  /// - Parameters:
  ///   - domains: as they came, such as ` Example.COM`.
  ///   - field: what errors call it.
  ///   - most: how many there may be.
  /// - Returns: the domains; errors are added to the violations.
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
