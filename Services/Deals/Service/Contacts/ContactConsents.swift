import DealsAPI
import MeshCore
import MeshCrypto
import MeshRecords
import MeshStore

/// Consents that somebody denied: they hold for the address and the number, and not for one contact.
struct ContactConsents {
  private enum Channel: String {
    case email, call, text
  }

  /// A way to reach a contact, and whether they denied consent to be reached so.
  private typealias Way = (channel: Channel, text: String, isDenied: Bool)

  private let transaction: WriteTransaction

  init(_ transaction: WriteTransaction) { self.transaction = transaction }

  /// Denies a contact what whoever has the same address or number denied.
  ///
  /// - Parameters:
  ///   - contact: as it is about to be written, with its number in the form in which it is kept.
  ///   - before: as it was; nil for a new one.
  /// - Throws: `StoreError`.
  func complete(_ contact: inout Contact, before: Contact?) throws {
    if let before, before.email == contact.email, before.phone == contact.phone { return }
    let open = ways(of: contact).filter { !$0.isDenied }
    if open.isEmpty { return }
    let kept = Set(
      try transaction.rows(
        "SELECT digest FROM contact_wishes WHERE digest IN (\(list: open.map(digest)))"
      ) { row in try row.next([UInt8].self) }
    )
    for way in open {
      guard try kept.contains(digest(of: way)) || isDenied(way) else { continue }
      switch way.channel {
      case .email: contact.emailConsent = "denied"
      case .call: contact.phoneConsent = "denied"
      case .text: contact.smsConsent = "denied"
      }
    }
  }

  /// Keeps what was denied at an address or a number that a contact has no longer, and forgets it of those that the
  /// contact has again.
  func note(before: Contact?, after: Contact?) throws {
    if let before, let after, before.email == after.email, before.phone == after.phone { return }
    let own = after.map { ways(of: $0).map(digest) } ?? []
    if before != nil || after?.cameBack == true, let id = after?.id, !own.isEmpty {
      try transaction.post(
        "DELETE FROM contact_wishes WHERE contact_id = \(id) AND digest IN (\(list: own))"
      )
    }
    guard let before, let id = before.id else { return }
    for way in ways(of: before) where way.isDenied && !own.contains(digest(of: way)) {
      try transaction.post(
        """
        INSERT INTO contact_wishes (contact_id, channel, digest)
        VALUES (\(id), \(way.channel.rawValue), \(digest(of: way)))
        ON CONFLICT (tenant_id, contact_id, channel, digest) DO NOTHING
        """
      )
    }
  }

  /// Whether a contact that is not deleted denied it.
  private func isDenied(_ way: Way) throws -> Bool {
    let condition: SQL =
      switch way.channel {
      case .email: "email_consent = 'denied' AND email_folded = \(way.text)"
      case .call: "phone_consent = 'denied' AND phone = \(way.text)"
      case .text: "sms_consent = 'denied' AND phone = \(way.text)"
      }
    return try transaction.value("SELECT 1 FROM contacts WHERE \(condition) LIMIT 1", as: Int.self)
      != nil
  }

  private func digest(of way: Way) -> [UInt8] {
    SHA256.hash(Array("\(way.channel.rawValue)\u{0}\(way.text)".utf8))
  }

  private func ways(of contact: Contact) -> [Way] {
    var ways: [Way] = []
    if !contact.email.isEmpty {
      let folded = EmailAddress.folded(contact.email)
      ways.append((.email, folded, contact.emailConsent == "denied"))
    }
    if !contact.phone.isEmpty {
      ways.append((.call, contact.phone, contact.phoneConsent == "denied"))
      ways.append((.text, contact.phone, contact.smsConsent == "denied"))
    }
    return ways
  }
}
