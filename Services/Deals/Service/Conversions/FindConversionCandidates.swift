import DealsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshStore

extension DealsRPC {
  @LoopActor
  func findConversionCandidates(
    _ request: FindConversionCandidatesRequest,
    _ call: Call
  ) async throws -> ConversionCandidates {
    var check = FieldCheck()
    let name = UnicodeText.folded(check.text(request.companyName, "company_name", 0...200))
    let website = check.text(request.website, "website", 0...2_000)
    try check.finish()
    let person = CheckContactDuplicatesRequest(contact: request.contact)
    // Refuses an address that is too long.
    let people = try await checkContactDuplicates(person, call)
    let domains = CompanyDomains.of(website: website, email: request.contact?.email ?? "")
    let ofDomain: SQL =
      "id IN (SELECT account_id FROM account_domains WHERE domain IN (\(list: domains)))"
    let ways = [
      domains.isEmpty ? nil : MatchWay("domain", ofDomain, by: "domains"),
      name.isEmpty ? nil : MatchWay("name", "name_folded = \(name)", by: "name"),
    ]
    let gate = gate
    let accounts = try await store.read(call.tenant) { transaction in
      let scope = transaction.scope(call, .read, of: Account.self, gate)
      return try transaction.matches(ways.compactMap(\.self), where: "NOT archived", in: scope)
    }
    return ConversionCandidates(
      accounts: accounts.prefix(10).map {
        AccountCandidate(account: $0.record, matchedBy: $0.matchedBy)
      },
      contacts: people.matches
    )
  }
}
