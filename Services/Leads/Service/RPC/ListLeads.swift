import LeadsAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshRPC
import MeshRecords
import MeshService
import MeshStore

extension LeadsRPC {
  @LoopActor
  func listLeads(_ request: ListLeadsRequest, _ call: Call) async throws -> ListLeadsResponse {
    let page = try PageRequest(size: request.pageSize, token: request.pageToken)
    let query = try LeadQuery(
      filter: request.filter,
      words: request.query,
      order: request.orderBy
    )
    try requireVisible(query.fields, call)
    let readable = scope(call, .read)
    let found = try await store.read(call.tenant) { transaction in
      try transaction.leads(query, readable, page)
    }
    return ListLeadsResponse(
      leads: found.page.elements.map { view($0, call) },
      nextPageToken: found.page.nextToken,
      totalSize: found.count.shown.size,
      moreThanTotalSize: found.count.shown.isMore
    )
  }

  /// A condition on a hidden field would betray its value by what it finds.
  private func requireVisible(_ fields: Set<String>, _ call: Call) throws(MeshError) {
    let visible = access.fields(call, "lead").visible
    if let hidden = fields.sorted().first(where: { !visible.contains($0) }) {
      throw .invalid("filter", "there is no field “\(hidden)”", reason: .invalidFilter)
    }
  }
}
