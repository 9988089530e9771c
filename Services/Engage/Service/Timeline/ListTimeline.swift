import EngageAPI
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import RecordsAPI
import TasksAPI

extension EngageRPC {
  /// How long a page of each list is waited for.
  private static let patience = Duration.milliseconds(300)
  private static let mostEntries: Int32 = 200
  private static let mostKinds = 20

  @LoopActor
  func listTimeline(
    _ request: ListTimelineRequest,
    _ call: Call
  ) async throws -> ListTimelineResponse {
    let (record, service) = try others.require(request.record)
    try FieldCheck.requirePeriod(from: request.startTime, until: request.endTime)
    let zone = try peers.settings(of: call.tenant).reports.timeZone
    let known = Activity.schema["type"]?.rule.choices ?? []
    let kinds = try FieldCheck.choices(request.kinds, "kinds", of: known, most: Self.mostKinds)
    let member = request.memberId?.description
    var choice = request
    (choice.pageSize, choice.pageToken) = (0, "")
    let asked = try MergedRequest(
      PageRequest(size: min(request.pageSize, Self.mostEntries), token: request.pageToken),
      for: Base64.encodeURL(choice.wireBytes()),
      from: request.startTime,
      until: request.endTime,
      patience: Self.patience
    )
    let page = try await asked.page(of: sources(of: record, call)) {
      (kinds.isEmpty || kinds.contains($0.kind))
        && (member == nil || member == $0.actor || member == $0.onBehalfOf)
    }
    var response = ListTimelineResponse(entries: page.entries, nextPageToken: page.nextToken)
    for (index, entry) in page.entries.enumerated() {
      response.entries[index].day = entry.time.map { zone.date(at: $0) }
    }
    response.gaps = Set(page.missing).sorted().map { part in
      TimelineGap(service: part == "tasks" ? part : service, part: part)
    }
    return response
  }

  /// The history of a record, the activities about it, and its tasks, both as created and as completed.
  private func sources(of record: TypeID, _ call: Call) -> [MergedSource<TimelineEntry>] {
    let (others, store, listTasks, id) = (others, store, listTasks, record.description)
    let history = MergedSource<TimelineEntry>("history") { @LoopActor token, size in
      let request = ListHistoryRequest(id: id, pageSize: Int32(clamping: size), pageToken: token)
      let page = try await others.history(request, call)
      let entries = page.entries.compactMap { TimelineEntry($0, of: id) }
      return (entries.timed(\.time), page.nextPageToken)
    }
    let activities = MergedSource<TimelineEntry>("activities") { @LoopActor token, size in
      guard try await others.readable([record], call).contains(record) else {
        throw MeshError.notFound("record", id)
      }
      let request = try PageRequest(size: Int32(clamping: size), token: token)
      let page: Page<Activity> = try await store.read(call.tenant) { transaction in
        try transaction.page(naming: record, in: "related", request)
      }
      return (page.elements.map { TimelineEntry($0) }.timed(\.time), page.nextToken)
    }
    let isAbout = "\"\(id)\" in related"
    let tasks = [
      ("create_time", isAbout), ("complete_time", "\(isAbout) && complete_time != null"),
    ].map { time, filter in
      MergedSource<TimelineEntry>("tasks") { @LoopActor token, size in
        let request = ListTasksRequest(
          filter: filter,
          orderBy: "\(time) desc",
          pageSize: Int32(clamping: size),
          pageToken: token
        )
        let page = try await listTasks(request, call)
        let entries = page.tasks.map { TimelineEntry($0, isCompleted: time == "complete_time") }
        return (entries.timed(\.time), page.nextPageToken)
      }
    }
    return [history, activities] + tasks
  }
}
