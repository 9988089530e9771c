import AccessAPI
import EngageAPI
import MeshAccess
import MeshCore
import MeshLoop
import MeshPeers
import MeshProto
import MeshRPC
import MeshRecords
import MeshService
import MeshStore
import MeshTesting
import RecordsAPI
import Synchronization
import TasksAPI
import TenantsAPI
import TypeAPI

@testable import EngageService
@testable import MeshService

/// The records that other services have, as the test says.
final class OthersDouble: Sendable {
  private struct State {
    var readable: [MemberID: Set<TypeID>] = [:]
    var histories: [String: [HistoryEntry]] = [:]
    var tasks: [TasksAPI.Task] = []
    var down: Set<String> = []
    var judged = 0
  }

  private let state = Mutex(State())

  /// How often it was asked who may read what.
  var judged: Int { state.withLock { $0.judged } }

  func open(_ record: TypeID, to member: MemberID) {
    state.withLock { _ = $0.readable[member, default: []].insert(record) }
  }

  func close(_ record: TypeID, to member: MemberID) {
    state.withLock { _ = $0.readable[member, default: []].remove(record) }
  }

  /// Newest first.
  func tell(_ history: [HistoryEntry], of record: TypeID) {
    state.withLock { $0.histories[record.description] = history }
  }

  func add(_ task: TasksAPI.Task) { state.withLock { $0.tasks.append(task) } }

  /// Which services do not answer.
  func fail(_ services: Set<String>) { state.withLock { $0.down = services } }

  /// A page of what a token continues by its place.
  private static func page<Entry>(
    _ all: [Entry],
    _ size: Int32,
    _ token: String
  ) -> (entries: [Entry], following: String) {
    let start = Int(token) ?? 0
    let end = min(start + Int(size), all.count)
    return (Array(all[min(start, end)..<end]), end < all.count ? "\(end)" : "")
  }

  private func requireUp(_ service: String) throws(MeshError) {
    if state.withLock({ $0.down.contains(service) }) { throw .unavailable(service) }
  }

  var peers: RecordPeers {
    let services = ["leads", "deals", "tasks"]
    let peers = services.map { ($0, ServiceDouble(name: $0, others: self) as any RecordPeer) }
    return RecordPeers(Dictionary(uniqueKeysWithValues: peers), by: "engage")
  }

  /// What of its service a member may read, whose id is the token of the bench's calls.
  fileprivate func check(
    _ request: CheckRequest,
    of service: String,
    _ options: CallOptions
  ) throws(MeshError) -> CheckResponse {
    try requireUp(service)
    guard case .bearer(let token) = options.authorization, let member = MemberID(token) else {
      throw .unauthenticated("no member")
    }
    let known = state.withLock { state in
      state.judged += 1
      return state.readable[member] ?? []
    }
    return CheckResponse(
      records: request.ids.map { id in
        let isReadable = TypeID(id).map { known.contains($0) } ?? false
        return CheckedRecord(id: id, exists: isReadable, allowed: isReadable)
      }
    )
  }

  fileprivate func history(
    _ request: ListHistoryRequest,
    of service: String
  ) throws(MeshError) -> ListHistoryResponse {
    try requireUp(service)
    let all = state.withLock { $0.histories[request.id] } ?? []
    let page = Self.page(all, request.pageSize, request.pageToken)
    return ListHistoryResponse(entries: page.entries, nextPageToken: page.following)
  }

  /// The tasks about a record that a request names, newest first.
  func tasks(_ request: ListTasksRequest) throws(MeshError) -> ListTasksResponse {
    try requireUp("tasks")
    let isCompleted = request.filter.contains("complete_time")
    func time(_ task: TasksAPI.Task) -> Timestamp? {
      isCompleted ? task.completeTime : task.createTime
    }
    let all = state.withLock { $0.tasks }
      .filter { task in
        time(task) != nil && task.related.contains { request.filter.contains($0.description) }
      }
      .sorted { (time($0) ?? .earliest) > (time($1) ?? .earliest) }
    let page = Self.page(all, request.pageSize, request.pageToken)
    return ListTasksResponse(tasks: page.entries, nextPageToken: page.following)
  }
}

/// One of the other services.
private struct ServiceDouble: RecordPeer {
  let name: String
  let others: OthersDouble

  @LoopActor
  func check(
    _ request: CheckRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> CheckResponse {
    try others.check(request, of: name, options)
  }

  @LoopActor
  func history(
    _ request: ListHistoryRequest,
    _ options: CallOptions
  ) async throws(MeshError) -> ListHistoryResponse {
    try others.history(request, of: name)
  }
}

/// The service's handlers on a real store, with a tenant and members as Tenants and Access would tell of them.
@LoopActor
struct EngageBench {
  let tenant: TenantID = IDGenerator.system.next()
  let admin = MemberID(high: 1, low: 1)
  let reps = [MemberID(high: 1, low: 2), MemberID(high: 1, low: 3)]
  let lead = LeadID(high: 7, low: 1)
  let deal = DealID(high: 7, low: 2)
  let others = OthersDouble()
  let handlers: EngageRPC
  let opened: TestStore
  let clock = TestClock()
  let timers: TimerRunner
  private let standings = BenchStandings()
  let reacting: EngageReactions
  private let replicas: Peers

  init(plans: PlanLog? = nil) async throws {
    opened = try TestStore("engage", EngageService.migrations, clock: clock.clock, plans: plans)
    replicas = Peers(
      access: TestCaller.gate(EngageObjects.grants, standings: standings, clock: clock.clock)
    )
    reacting = EngageReactions(peers: replicas)
    let others = others
    handlers = EngageRPC(opened.store, replicas, others.peers) { @LoopActor request, _ in
      try others.tasks(request)
    }
    timers = TimerRunner([Activity.reminder], opened.store, Log(service: "engage", level: .error))
    let settings = TenantsAPI.TenantSettings(timeZone: "America/New_York")
    replicas.tenants.take(TenantsAPI.Tenant(id: tenant, settings: settings), of: tenant)
    for (id, role) in [(admin, "admin"), (reps[0], "rep"), (reps[1], "rep")] { follow(id, role) }
    replicas.members.markComplete()
    for member in [admin, reps[0]] {
      others.open(TypeID(lead), to: member)
      others.open(TypeID(deal), to: member)
    }
  }

  func follow(_ id: MemberID, _ role: String, isActive: Bool = true) {
    var member = AccessAPI.Member()
    (member.id, member.role, member.active) = (id, role, isActive)
    member.displayName = "\(role) \(id.words.low)"
    standings.set(isActive ? [role] : [], of: id)
    replicas.members.take(member, of: tenant)
  }

  var asAdmin: Call { call(of: admin, "admin") }

  func asRep(_ index: Int = 0) -> Call { call(of: reps[index], "rep") }

  /// A member's call, whose token other services know them by.
  private func call(of member: MemberID, _ role: String) -> Call {
    var metadata = Metadata()
    metadata.add(MetadataKey.authorization, "Bearer \(member)")
    let caller = Caller(tenant: tenant, identity: .member(member), roles: [role])
    return Call(caller: caller, path: "/test/Call", metadata: metadata)
  }

  /// Logs an activity on the lead, as the first rep unless said otherwise.
  func log(
    _ type: String,
    _ call: Call? = nil,
    _ change: (inout Activity) -> Void = { _ in }
  ) async throws -> Activity {
    var activity = Activity(type: type, subject: "About chargers")
    activity.related = [RecordRef("\(lead)")].compactMap { $0 }
    change(&activity)
    let request = CreateActivityRequest(activity: activity)
    return try await handlers.createActivity(request, call ?? asRep())
  }

  func change(
    _ activity: Activity,
    _ mask: String...,
    as call: Call? = nil,
    by change: (inout Activity) -> Void
  ) async throws -> Activity {
    var activity = activity
    activity.etag = nil
    change(&activity)
    return try await handlers.updateActivity(
      UpdateActivityRequest(activity: activity, updateMask: .init(paths: mask)),
      call ?? asRep()
    )
  }

  func subjects(
    _ filter: String = "",
    words: String = "",
    _ call: Call? = nil
  ) async throws -> [String] {
    let request = ListActivitiesRequest(filter: filter, query: words)
    return try await handlers.listActivities(request, call ?? asRep()).message()
      .activities.map(\.subject)
  }

  /// What a member is told, as they see it.
  func told(
    _ index: Int = 0,
    _ filter: String = ""
  ) async throws -> [EngageAPI.Notification] {
    let request = ListNotificationsRequest(filter: filter, pageSize: 100)
    return try await handlers.listNotifications(request, asRep(index)).message().notifications
  }

  func unread(_ index: Int = 0) async throws -> CountUnreadNotificationsResponse {
    try await handlers.countUnreadNotifications(.init(), asRep(index))
  }

  /// Has the service hear of a change to a record.
  func hear(
    _ object: String,
    _ id: String,
    _ action: String = "update",
    from before: (any Message)? = nil,
    to after: (any Message)?,
    by actor: String? = nil,
    isPartial: Bool = false
  ) async throws {
    let entry = ChangeEntry(
      hearing: Change(
        action: action,
        object: object,
        id: id,
        before: before?.wireBytes(),
        after: after?.wireBytes(),
        isPartial: isPartial
      ),
      of: tenant,
      by: actor ?? admin.description,
      at: clock.now
    )
    let reactions = reacting.all
    let author = Author(actor: "system:engage")
    try await handlers.store.write(tenant, as: author) { transaction in
      for reaction in reactions where reaction.objects.contains(object) {
        try reaction.apply(entry, transaction)
      }
    }
  }
}
