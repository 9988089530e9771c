import DealsAPI
import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import TypeAPI

extension LeadsRPC {
  @LoopActor
  func getConversionCandidates(
    _ request: GetConversionCandidatesRequest,
    _ call: Call
  ) async throws -> LeadConversionCandidates {
    // As the caller sees it, so that the results reveal nothing of other fields.
    let lead = try await leads.get(request.id, call)
    return LeadConversionCandidates(try await candidates(of: lead, call))
  }

  /// What Deals finds for a lead, as the caller sees it.
  ///
  /// - Throws: UNAVAILABLE while Deals does not answer.
  @LoopActor
  func candidates(of lead: Lead, _ call: Call) async throws -> ConversionCandidates {
    let options = CallOptions(passingOn: call, by: LeadsService.name)
    return try await deals.find(lead.candidatesRequest, options)
  }
}

extension ConversionCandidates {
  /// The only account that a lead may belong to; nil when there is none, or several.
  func account(of lead: Lead) -> AccountID? {
    let name = UnicodeText.folded(lead.companyName)
    let known = accounts.compactMap(\.account).filter { account in
      name.isEmpty || UnicodeText.folded(account.name) == name
    }
    return known.count == 1 ? known[0].id : nil
  }
}

extension LeadConversionCandidates {
  init(_ found: ConversionCandidates) {
    self.init(
      accounts: found.accounts.map { match in
        RelatedAccount(
          accountId: match.account?.id,
          name: match.account?.name ?? "",
          matchedBy: match.matchedBy,
          domains: match.account?.domains ?? [],
          city: match.account?.billingAddress?.city ?? ""
        )
      },
      contacts: found.contacts.map { match in
        RelatedContact(
          contactId: match.contact?.id,
          displayName: match.contact?.displayName ?? "",
          accountId: match.contact?.accountId,
          matchedBy: match.matchedBy
        )
      }
    )
  }
}
