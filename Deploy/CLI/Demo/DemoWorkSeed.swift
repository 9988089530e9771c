import EngageAPI
import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import TasksAPI
import TypeAPI

/// Makes what the people of a demo tenant have to do and have done: projects, tasks, logged time and activities,
/// and the rules that make tasks.
///
/// Each is made in the name of the member whose it is. What exists already is left as it is.
@LoopActor
struct DemoWorkSeed {
  /// Calls at the same time.
  private static let lanes = 8

  let mesh: Mesh
  let services: DemoServices
  let demo: DemoTenant
  let tenant: TenantID
  /// The tenant's members by their e-mail addresses.
  let members: [String: MemberID]

  init(mesh: Mesh, demo: DemoTenant, tenant: TenantID, members: [String: MemberID]) {
    (self.mesh, self.demo, self.tenant, self.members) = (mesh, demo, tenant, members)
    services = DemoServices(mesh.folder)
  }

  func plant() async throws(CommandError) {
    let rules = try await rules()
    // It is made last: where it is, everything is.
    if rules[DemoTaskRule.won.displayName] != nil { return }
    let crew = try await DemoCrew(of: demo, in: tenant, mesh)
    try await DemoTeamSeed(
      mesh: mesh,
      services: services,
      demo: demo,
      tenant: tenant,
      members: members,
      crew: crew
    ).plant()
    let books = try await DemoBooks(
      mesh: mesh,
      services: services,
      demo: demo,
      tenant: tenant,
      members: members
    ).read()
    let calendar = DemoCalendar(demo.timeZone, at: Clock.system.now)
    var names = try await present()
    for project in DemoProjectPlan(demo: demo, calendar: calendar).all
    where names.projects[project.name] == nil {
      names.projects[project.name] = try await add(project, names, crew)
    }
    try await add(DemoTaskPlan(demo: demo, calendar: calendar, books: books).all, &names, crew)
    try await add(DemoActivityPlan(demo: demo, calendar: calendar, books: books).all, names, crew)
    var hot = rules[DemoTaskRule.hot.displayName]
    if hot == nil { hot = try await add(DemoTaskRule.hot, crew) }
    try await run(hot, on: books.flatMap(\.hot), crew)
    _ = try await add(DemoTaskRule.won, crew)
    try await crew.signOut()
  }

  // MARK: Projects and tasks

  private func add(
    _ project: DemoProject,
    _ names: DemoNames,
    _ crew: DemoCrew
  ) async throws(CommandError) -> ProjectID? {
    let request = CreateProjectRequest(
      project: project.draft(names),
      requestId: Mesh.newRequestID()
    )
    return try await crew.ask(as: project.owner) { (options) async throws(MeshError) in
      try await services.projects.createProject(request, options)
    }.id
  }

  /// Makes tasks, those first that others are parts of or wait for.
  private func add(
    _ tasks: [DemoTask],
    _ names: inout DemoNames,
    _ crew: DemoCrew
  ) async throws(CommandError) {
    let (parts, wholes) = (tasks.filter { !$0.parent.isEmpty }, tasks.filter(\.parent.isEmpty))
    let free = [wholes, parts].map { $0.filter(\.predecessor.isEmpty) }
    for wave in free + [tasks.filter { !$0.predecessor.isEmpty }] {
      let known = names
      let left = wave.filter { known.tasks[$0.title] == nil }
      let made = try await inLanes(left, atOnce: Self.lanes) { task async throws(CommandError) in
        (task.title, try await add(task, known, crew))
      }
      for (title, id) in made { names.tasks[title] = id }
    }
  }

  /// Makes a task with its dependency and the time that was logged, and completes it where that comes after.
  private func add(
    _ task: DemoTask,
    _ names: DemoNames,
    _ crew: DemoCrew
  ) async throws(CommandError) -> TaskID? {
    let request = CreateTaskRequest(task: task.draft(names), requestId: Mesh.newRequestID())
    let made = try await crew.ask(as: task.author) { (options) async throws(MeshError) in
      try await services.tasks.createTask(request, options)
    }
    guard let id = made.id else { return nil }
    if let first = names.tasks[task.predecessor] {
      let link = TaskDependency(predecessorId: first, successorId: id)
      let key = Mesh.newRequestID()
      let linking = CreateTaskDependencyRequest(taskDependency: link, requestId: key)
      _ = try await crew.ask(as: task.author) { (options) async throws(MeshError) in
        try await services.dependencies.createTaskDependency(linking, options)
      }
    }
    for work in task.work {
      let log = work.draft(on: id)
      let logging = CreateTimeLogRequest(timeLog: log, requestId: Mesh.newRequestID())
      _ = try await crew.ask(as: task.worker) { (options) async throws(MeshError) in
        try await services.timeLogs.createTimeLog(logging, options)
      }
    }
    if task.isCompletedByDoer {
      let completion = CompleteTaskRequest(id: made.idText, requestId: Mesh.newRequestID())
      _ = try await crew.ask(as: task.worker) { (options) async throws(MeshError) in
        try await services.tasks.completeTask(completion, options)
      }
    }
    return id
  }

  // MARK: Activities

  private func add(
    _ activities: [DemoActivity],
    _ names: DemoNames,
    _ crew: DemoCrew
  ) async throws(CommandError) {
    let left = activities.filter { !names.activities.contains($0.name) }
    _ = try await inLanes(left, atOnce: Self.lanes) { activity async throws(CommandError) in
      let request = CreateActivityRequest(
        activity: activity.draft(names),
        requestId: Mesh.newRequestID()
      )
      return try await crew.ask(as: activity.member) { (options) async throws(MeshError) in
        try await services.activities.createActivity(request, options)
      }.id
    }
  }

  // MARK: Rules

  private func add(_ rule: TaskRule, _ crew: DemoCrew) async throws(CommandError) -> TaskRuleID? {
    let request = CreateTaskRuleRequest(taskRule: rule, requestId: Mesh.newRequestID())
    return try await crew.ask(as: demo.owner.name) { (options) async throws(MeshError) in
      try await services.rules.createTaskRule(request, options)
    }.id
  }

  /// Makes the tasks of a rule for some leads; one that has a task of it gets no other.
  private func run(
    _ rule: TaskRuleID?,
    on leads: [DemoSubject],
    _ crew: DemoCrew
  ) async throws(CommandError) {
    guard let rule, !leads.isEmpty else { return }
    let ids = leads.map { "'\($0.id)'" }.joined(separator: ", ")
    let request = AutoCreateForLeadsRequest(filter: "id in [\(ids)]", ruleIds: [rule])
    _ = try await crew.ask(as: demo.owner.name) { (options) async throws(MeshError) in
      try await services.rules.autoCreateForLeads(request, options)
    }
  }

  // MARK: What there is

  private func rules() async throws(CommandError) -> [String: TaskRuleID] {
    let page = try await mesh.ask { () async throws(MeshError) in
      try await services.rules.listTaskRules(
        ListTaskRulesRequest(pageSize: 1_000),
        mesh.options(in: tenant)
      )
    }
    let pairs = page.taskRules.compactMap { rule in rule.id.map { (rule.displayName, $0) } }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  private func present() async throws(CommandError) -> DemoNames {
    let people = demo.people.compactMap { person in
      members[demo.email(of: person)].map { (person.name, $0) }
    }
    var names = DemoNames(members: Dictionary(people, uniquingKeysWith: { $1 }))
    let options = mesh.options(in: tenant)
    let projects = try await mesh.ask { () async throws(MeshError) in
      try await services.projects.listProjects(ListProjectsRequest(pageSize: 1_000), options)
    }.projects
    for project in projects { names.projects[project.name] = project.id }
    var request = ListTasksRequest(pageSize: 1_000, fields: .init(paths: ["title"]))
    repeat {
      let page = try await mesh.ask { () async throws(MeshError) in
        try await services.tasks.listTasks(request, options)
      }
      for task in page.tasks { names.tasks[task.title] = task.id }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    var list = ListActivitiesRequest(pageSize: 1_000)
    repeat {
      let page = try await mesh.ask { () async throws(MeshError) in
        try await services.activities.listActivities(list, options)
      }
      names.activities.formUnion(page.activities.map { DemoActivity.name($0.subject, $0.related) })
      list.pageToken = page.nextPageToken
    } while !list.pageToken.isEmpty
    return names
  }
}
