import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshRPC

/// The calls of Tasks to the services that have the records its tasks are about.
struct TaskPeers: Sendable {
  typealias Ask<Request, Response> =
    @Sendable @LoopActor (Request, CallOptions) async throws -> Response

  let leads: Ask<ListLeadsRequest, ListLeadsResponse>
  let deals: Ask<ListDealsRequest, ListDealsResponse>
  /// The records, among some, that the caller may read.
  let readable: @Sendable @LoopActor ([RecordRef], Call) async throws -> Set<RecordRef>
}

extension TaskPeers {
  init(_ leads: LeadsServiceClient, _ deals: DealsServiceClient, _ records: RecordPeers) {
    self.init(
      leads: { @LoopActor (request, options) async throws in
        try await leads.listLeads(request, options)
      },
      deals: { @LoopActor (request, options) async throws in
        try await deals.listDeals(request, options)
      },
      readable: { @LoopActor (refs, call) async throws in try await records.readable(refs, call) }
    )
  }
}
