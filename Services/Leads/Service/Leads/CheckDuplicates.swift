import DealsAPI
import LeadsAPI
import MeshLoop
import MeshPeers
import MeshPhone
import MeshRPC
import MeshRecords

extension LeadsRPC {
  @LoopActor
  func checkDuplicates(
    _ request: CheckDuplicatesRequest,
    _ call: Call
  ) async throws -> CheckDuplicatesResponse {
    guard let typed = request.lead else { return CheckDuplicatesResponse() }
    let related = await self.related(to: typed, call)
    let region = try rulesCache.replicas.settings(of: call.tenant).tenant.region
    let matches = try await leads.duplicates(of: typed, call) { lead in
      lead.take(PhoneNumber.parse(lead.phone, region: region))
    }
    return CheckDuplicatesResponse(
      matches: matches.map { DuplicateMatch(lead: $0.record, matchedBy: $0.matchedBy) },
      contacts: related?.contacts ?? [],
      accounts: related?.accounts ?? [],
      dealsUnanswered: related == nil
    )
  }

  /// Contacts and accounts that a lead being typed may be about; nil when Deals does not answer.
  @LoopActor
  private func related(to typed: Lead, _ call: Call) async -> LeadConversionCandidates? {
    let options = CallOptions(passingOn: call, by: LeadsService.name, timeout: .seconds(1))
    do {
      return LeadConversionCandidates(try await deals.find(typed.candidatesRequest, options))
    } catch {
      return nil
    }
  }
}
