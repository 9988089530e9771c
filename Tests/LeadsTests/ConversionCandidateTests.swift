import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshTesting
import Testing
import TypeAPI

@testable import LeadsService

@Suite @LoopActor struct `Contacts and accounts that a lead may be about` {
  private let account = AccountID(high: 5, low: 1)
  private let contact = ContactID(high: 6, low: 1)

  /// A bench whose Deals finds Ada Lovelace, who is at Acme.
  private func finding() async throws -> LeadsBench {
    let bench = try await LeadsBench()
    var (acme, ada) = (Account(name: "Acme"), Contact(displayName: "Ada Lovelace"))
    (acme.id, ada.id, ada.accountId) = (account, contact, account)
    bench.deals.find(
      ConversionCandidates(
        accounts: [AccountCandidate(account: acme, matchedBy: "name")],
        contacts: [ContactMatch(contact: ada, matchedBy: "email")]
      )
    )
    return bench
  }

  @Test func `are what Deals finds for it before it is converted`() async throws {
    let bench = try await finding()
    let lead = try await bench.create("Lovelace", email: "ada@acme.example") {
      ($0.firstName, $0.companyName, $0.website) = ("Ada", "Acme", "acme.example")
    }
    let request = GetConversionCandidatesRequest(id: lead.idText)
    let found = try await bench.handlers.getConversionCandidates(request, bench.asAdmin())
    #expect(
      found.accounts == [RelatedAccount(accountId: account, name: "Acme", matchedBy: "name")]
    )
    #expect(
      found.contacts == [
        RelatedContact(
          contactId: contact,
          displayName: "Ada Lovelace",
          accountId: account,
          matchedBy: "email"
        )
      ]
    )
    let asked = try #require(bench.deals.searches.last)
    #expect(asked.companyName == "Acme" && asked.website == lead.website)
    #expect(asked.contact?.email == "ada@acme.example" && asked.contact?.firstName == "Ada")
    bench.deals.find(nil)
    let silent = await refusal {
      _ = try await bench.handlers.getConversionCandidates(request, bench.asAdmin())
    }
    #expect(silent?.code == .unavailable)
    let unknown = await refusal {
      _ = try await bench.handlers.getConversionCandidates(
        GetConversionCandidatesRequest(id: LeadID(high: 9, low: 9).description),
        bench.asAdmin()
      )
    }
    #expect(unknown?.code == .notFound)
  }

  @Test func `are found while it is being typed, as long as Deals answers`() async throws {
    let bench = try await finding()
    let request = CheckDuplicatesRequest(lead: Lead(email: "ada@acme.example"))
    let found = try await bench.handlers.checkDuplicates(request, bench.asAdmin())
    #expect(
      found.accounts == [RelatedAccount(accountId: account, name: "Acme", matchedBy: "name")]
    )
    #expect(found.contacts.map(\.contactId) == [contact])
    #expect(found.contacts.map(\.displayName) == ["Ada Lovelace"] && !found.dealsUnanswered)
    bench.deals.find(nil)
    let alone = try await bench.handlers.checkDuplicates(request, bench.asAdmin())
    #expect(alone.dealsUnanswered && alone.accounts.isEmpty && alone.contacts.isEmpty)
  }
}
