import DealsAPI
import MeshLoop
import MeshProto
import MeshRPC
import RecordsAPI
import Testing

@testable import DealsService

@Suite @LoopActor struct `A denied consent` {
  private let bench: DealsBench

  init() async throws { bench = try await DealsBench() }

  /// Somebody who may not be written to, and not be called.
  private func denying() async throws -> Contact {
    try await bench.contact("Berg") {
      ($0.email, $0.phone) = ("ida@berg.example", "+12125550101")
      ($0.emailConsent, $0.phoneConsent) = ("denied", "denied")
    }
  }

  private func delete(_ contact: Contact) async throws {
    _ = try await bench.handlers.deleteContact(.init(id: contact.idText), bench.asAdmin())
  }

  @Test func `holds for whoever comes with the same address or number`() async throws {
    _ = try await denying()
    let byAddress = try await bench.contact("B") {
      ($0.email, $0.emailConsent) = ("IDA@berg.example", "granted")
    }
    #expect(byAddress.emailConsent == "denied" && byAddress.phoneConsent.isEmpty)
    let byNumber = try await bench.contact("C") { $0.phone = "(212) 555-0101" }
    #expect(byNumber.phoneConsent == "denied" && byNumber.smsConsent.isEmpty)
    let other = try await bench.contact("D") { $0.email = "other@berg.example" }
    #expect(other.emailConsent.isEmpty)
    let moved = try await bench.change(other, "email") { $0.email = "ida@berg.example" }
    #expect(moved.emailConsent == "denied")
  }

  @Test func `holds after its contact was deleted, and for one that comes back`() async throws {
    let early = try await bench.contact("Early") { $0.email = "ida@berg.example" }
    #expect(early.emailConsent.isEmpty)
    try await delete(early)
    let contact = try await denying()
    try await delete(contact)
    let again = try await bench.contact("Again") { $0.email = "ida@berg.example" }
    #expect(again.emailConsent == "denied")
    let back = try await bench.handlers.undeleteContact(.init(id: early.idText), bench.asAdmin())
    #expect(back.emailConsent == "denied")
  }

  @Test func `stays with an address that its contact has no longer, and can be lifted there`()
    async throws
  {
    let contact = try await denying()
    let moved = try await bench.change(contact, "email") { $0.email = "new@berg.example" }
    #expect(moved.emailConsent == "denied")
    let next = try await bench.contact("Next") { $0.email = "ida@berg.example" }
    #expect(next.emailConsent == "denied")
    _ = try await bench.change(moved, "email") { $0.email = "other@berg.example" }
    let third = try await bench.contact("Third") { $0.email = "new@berg.example" }
    #expect(third.emailConsent == "denied")
    let back = try await bench.change(third, "email_consent") { $0.emailConsent = "granted" }
    #expect(back.emailConsent == "granted")
  }

  @Test func `can be lifted by a person, and by no import`() async throws {
    let file = "contact_id,last_name,email,email_consent\n1,Berg,ida@berg.example,denied\n"
    #expect(try await bench.importFile(file, of: Contact.self).created == 1)
    let next = "contact_id,last_name,email,email_consent\n1,Berg,ida@berg.example,granted\n"
    #expect(try await bench.importFile(next, of: Contact.self).unchanged == 1)
    let list = try await bench.handlers.listContacts(ListContactsRequest(), bench.asAdmin())
    let contact = try #require(try list.message().contacts.first)
    #expect(contact.emailConsent == "denied")
    let lifted = try await bench.change(contact, "email_consent") { $0.emailConsent = "granted" }
    #expect(lifted.emailConsent == "granted")
  }

  @Test func `holds for the contacts of an import`() async throws {
    _ = try await denying()
    let file = "contact_id,last_name,email\n1,Lee,IDA@berg.example\n2,Moe,moe@x.example\n"
    #expect(try await bench.importFile(file, of: Contact.self).created == 2)
    let contacts = try await bench.handlers.listContacts(
      ListContactsRequest(orderBy: "create_time"),
      bench.asAdmin()
    ).message().contacts
    #expect(contacts.map(\.emailConsent) == ["denied", "denied", ""])
  }
}
