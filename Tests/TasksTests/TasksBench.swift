import AccessAPI
import DealsAPI
import LeadsAPI
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
import Synchronization
import TasksAPI
import TenantsAPI
import TypeAPI

@testable import MeshService
@testable import TasksService

/// The leads and deals that other services have, as the test says.
final class BenchRecords: Sendable {
  let leads = Mutex<[Lead]>([])
  let deals = Mutex<[Deal]>([])
  /// Those that callers may read.
  let readable = Mutex<Set<TypeID>>([])
  /// Whether the other services do not answer.
  let isDown = Mutex(false)

  func requireUp() throws {
    if isDown.withLock({ $0 }) { throw MeshError.unavailable("is down") }
  }
}

/// The service's handlers on a real store, with a tenant, members, leads and deals as others would tell of them.
@LoopActor
struct TasksBench {
  let tenant: TenantID
  let admin = MemberID(high: 1, low: 1)
  let manager = MemberID(high: 1, low: 2)
  let reps = [MemberID(high: 1, low: 3), MemberID(high: 1, low: 4)]
  let team = TeamID(high: 2, low: 1)
  let handlers: TasksRPC
  let opened: TestStore
  let clock: TestClock
  let teams = BenchTeams()
  let others = BenchRecords()
  let timers: TimerRunner
  let rules: WatchRunner<TaskRule>
  private let standings = BenchStandings()
  private let replicas: Peers

  init(
    tenant: TenantID = IDGenerator.system.next(),
    at start: Timestamp? = nil,
    plans: PlanLog? = nil
  ) async throws {
    self.tenant = tenant
    clock = start.map { TestClock($0) } ?? TestClock()
    opened = try TestStore("tasks", TasksService.migrations, clock: clock.clock, plans: plans)
    let gate = TestCaller.gate(
      TasksObjects.grants,
      teams: teams,
      standings: standings,
      clock: clock.clock
    )
    replicas = Peers(access: gate)
    let log = Log(service: "tasks", level: .error)
    handlers = TasksRPC(opened.store, replicas, TaskPeers(others), log)
    timers = TimerRunner(
      TaskTimers.kinds(replicas) + handlers.watching.timers,
      opened.store,
      log
    )
    rules = WatchRunner(handlers.watching, opened.store, log)
    teams.set([team: TeamPlace(manager: manager, members: [reps[0]])], of: tenant)
    try await begin(tenant)
    replicas.members.markComplete()
  }

  /// Lets a tenant in, with an admin, a manager and two reps, and its defaults.
  func begin(_ tenant: TenantID, escalationHours: Int32? = nil) async throws {
    var settings = TenantsAPI.TenantSettings(timeZone: "Europe/Berlin")
    settings.overdueEscalationHours = escalationHours
    let record = TenantsAPI.Tenant(id: tenant, settings: settings)
    replicas.tenants.take(record, of: tenant)
    for (id, role) in [
      (admin, "admin"), (manager, "manager"), (reps[0], "rep"), (reps[1], "rep"),
    ] { follow(id, role, of: tenant) }
    try await react(to: "tenant", "create", nil, record, TasksReactions.tenants, of: tenant)
  }

  func follow(
    _ id: MemberID,
    _ role: String,
    _ name: String = "",
    isActive: Bool = true,
    of tenant: TenantID? = nil
  ) {
    var member = AccessAPI.Member()
    (member.id, member.role, member.active) = (id, role, isActive)
    member.displayName = name
    standings.set(isActive ? [role] : [], of: id)
    replicas.members.take(member, of: tenant ?? self.tenant)
  }

  private func react(
    to object: String,
    _ action: String,
    _ before: (any RecordMessage)?,
    _ after: (any RecordMessage)?,
    isPartial: Bool = false,
    _ reaction: Reaction,
    of tenant: TenantID? = nil
  ) async throws {
    let tenant = tenant ?? self.tenant
    let entry = ChangeEntry(
      hearing: Change(
        action: action,
        object: object,
        id: (after ?? before)?.idText ?? "",
        before: before?.wireBytes(),
        after: after?.wireBytes(),
        isPartial: isPartial
      ),
      of: tenant,
      at: clock.now
    )
    try await handlers.store.write(tenant, as: Author(actor: "system:tasks")) { transaction in
      try reaction.apply(entry, transaction)
    }
  }

  /// What happens to a lead: it is as it is from then on, and the rules hear of it.
  func happens(_ action: String, from before: Lead?, to after: Lead?) async throws {
    let id = (after ?? before)?.id
    others.leads.withLock { leads in
      leads.removeAll { $0.id == id }
      if let after { leads.append(after) }
    }
    try await react(to: "lead", action, before, after, handlers.watching.reactions[0])
  }

  /// Lets the rules look at all that waits for them.
  func look() async throws {
    while try await rules.lookNext(tenant) {}
  }

  /// Moves the clock, and takes what is due then.
  func pass(_ time: Duration) async throws {
    clock.advance(by: time)
    try await timers.takeDue()
  }

  func asAdmin(of tenant: TenantID? = nil) -> Call {
    TestCaller.member(admin, "admin", in: tenant ?? self.tenant)
  }

  var asManager: Call { TestCaller.member(manager, "manager", in: tenant) }

  func asRep(_ index: Int = 0) -> Call { TestCaller.member(reps[index], "rep", in: tenant) }
}

extension TaskPeers {
  init(_ others: BenchRecords) {
    self.init(
      leads: { @LoopActor (request, _) async throws in
        try others.requireUp()
        let leads = others.leads.withLock { $0 }
        let isAsked = { (lead: Lead) in
          !request.filter.hasPrefix("id in") || request.filter.contains(lead.idText)
        }
        return ListLeadsResponse(leads: leads.filter(isAsked))
      },
      deals: { @LoopActor (_, _) async throws in
        try others.requireUp()
        return ListDealsResponse(deals: others.deals.withLock { $0 })
      },
      readable: { @LoopActor (ids, _) async throws in
        try others.requireUp()
        return others.readable.withLock { $0 }.intersection(ids)
      }
    )
  }
}

// What tests make, change and read as the admin, unless they say otherwise.
extension TasksBench {
  func task(
    _ title: String,
    _ call: Call? = nil,
    _ change: (inout Task) -> Void = { _ in }
  ) async throws -> Task {
    var task = Task(title: title)
    change(&task)
    return try await handlers.createTask(CreateTaskRequest(task: task), call ?? asAdmin())
  }

  func change(
    _ task: Task,
    _ mask: String...,
    as call: Call? = nil,
    by change: (inout Task) -> Void
  ) async throws -> Task {
    var task = task
    task.etag = nil
    change(&task)
    return try await handlers.updateTask(
      UpdateTaskRequest(task: task, updateMask: .init(paths: mask)),
      call ?? asAdmin()
    )
  }

  func complete(_ task: Task, _ call: Call? = nil) async throws -> Task {
    try await handlers.completeTask(CompleteTaskRequest(id: task.idText), call ?? asAdmin())
  }

  func get(_ task: Task, _ call: Call? = nil) async throws -> Task {
    try await handlers.getTask(GetTaskRequest(id: task.idText), call ?? asAdmin()).message()
  }

  /// The tasks that a filter finds, those that are due first before others.
  func list(_ filter: String = "", _ call: Call? = nil) async throws -> [Task] {
    let request = ListTasksRequest(filter: filter, orderBy: "due_time", pageSize: 1_000)
    return try await handlers.listTasks(request, call ?? asAdmin()).message().tasks
  }

  /// What was said of moments of tasks, in order.
  func alerts() async throws -> [TaskAlert] {
    try await opened.changes().filter { ["reminded", "overdue", "escalated"].contains($0.action) }
      .compactMap { try $0.after.map { try Task(wire: $0) }?.alert }
  }

  func link(_ first: Task, _ last: Task, _ type: String = "") async throws -> TaskDependency {
    let link = TaskDependency(predecessorId: first.id, successorId: last.id, type: type)
    return try await handlers.createTaskDependency(
      CreateTaskDependencyRequest(taskDependency: link),
      asAdmin()
    )
  }

  func rule(_ change: (inout TaskRule) -> Void) async throws -> TaskRule {
    var rule = TaskRule(displayName: "Hot", event: "lead_changed", title: "Call them")
    change(&rule)
    return try await handlers.createTaskRule(CreateTaskRuleRequest(taskRule: rule), asAdmin())
  }
}
