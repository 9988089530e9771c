import DealsAPI
import LeadsAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import TasksAPI
import TypeAPI

/// What Tasks asks of the services whose records its tasks are about.
struct TaskPeers: Sendable {
  typealias Ask<Request, Response> =
    @Sendable @LoopActor (Request, CallOptions) async throws -> Response

  let leads: Ask<ListLeadsRequest, ListLeadsResponse>
  let deals: Ask<ListDealsRequest, ListDealsResponse>
  /// Those of some records that the caller may read.
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

  /// How the rules that make tasks look at leads and deals.
  func watching(_ peers: Peers) -> Watching<TaskRule> {
    let (leads, deals) = (leads, deals)
    let kinds = [
      WatchedKind(Lead.self, in: "leads", place: "status") {
        @LoopActor (filter, token, options) async throws in
        let request = ListLeadsRequest(filter: filter, pageSize: 1_000, pageToken: token)
        let page = try await leads(request, options)
        return (page.leads, page.nextPageToken)
      },
      WatchedKind(Deal.self, in: "deals", place: "stage") {
        @LoopActor (filter, token, options) async throws in
        let request = ListDealsRequest(filter: filter, pageSize: 1_000, pageToken: token)
        let page = try await deals(request, options)
        return (page.deals, page.nextPageToken)
      },
    ]
    return Watching(in: "task_rule_records", timer: "task.rule", kinds, lock: TasksRPC.lock) {
      rule,
      record,
      transaction in
      var draft = try rule.draft(for: record, at: transaction.now) { member in
        try peers.may(member, "task", "edit", in: transaction.tenant)
      }
      draft.category =
        try transaction.activeKey(draft.category, in: TaskCategory.schema.table) ?? ""
      let rules = TaskRules(transaction: transaction, peers: peers, rule: rule.id)
      return try transaction.create(draft, by: rules).recordID
    }
  }
}
