import DealsAPI
import MeshLoop
import MeshPeers
import MeshRPC
import MeshRecords

extension DealsRPC {
  @LoopActor
  func checkContactDuplicates(
    _ request: CheckContactDuplicatesRequest,
    _ call: Call
  ) async throws -> CheckContactDuplicatesResponse {
    guard let typed = request.contact else { return CheckContactDuplicatesResponse() }
    let settings = try peers.settings(of: call.tenant)
    let matches = try await contacts.duplicates(of: typed, call) { contact in
      contact.phone = settings.phone(contact.phone).text
    }
    return CheckContactDuplicatesResponse(
      matches: matches.map { ContactMatch(contact: $0.record, matchedBy: $0.matchedBy) }
    )
  }
}
