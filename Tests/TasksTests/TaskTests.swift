import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshStore
import MeshTesting
import Synchronization
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `A task` {
  @Test func `begins with defaults, and is its creator's`() async throws {
    let bench = try await TasksBench()
    let due = bench.clock.now + .seconds(3600)
    let task = try await bench.task("Call", bench.asRep()) { $0.dueTime = due }
    #expect(task.status == "todo" && task.priority == "medium" && task.priorityRank == 2)
    #expect(task.ownerId == bench.reps[0] && task.dueTimeZone == "Europe/Berlin")
    #expect(!task.closed && !task.overdue && task.completeTime == nil)
    let plain = try await bench.task("Some day")
    #expect(plain.dueTimeZone.isEmpty && plain.dueTime == nil)
  }

  @Test func `is completed once, and opened again`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call")
    bench.clock.advance(by: .seconds(60))
    let done = try await bench.complete(task)
    #expect(done.closed && done.completeTime == bench.clock.now && done.etag != task.etag)
    bench.clock.advance(by: .seconds(60))
    #expect(try await bench.complete(task) == done)
    let again = try await bench.change(done, "status") { $0.status = "todo" }
    #expect(!again.closed && again.completeTime == nil)
  }

  @Test func `is refused with the field named`() async throws {
    let bench = try await TasksBench()
    let now = bench.clock.now
    let many = (0..<51).map { MemberID(high: 9, low: UInt64($0)) }
    let cases: [(field: String, change: (inout Task) -> Void)] = [
      ("title", { $0.title = " " }),
      ("due_time", { ($0.startTime, $0.dueTime) = (now + .seconds(1), now) }),
      ("due_time_zone", { $0.dueTimeZone = "Europe/Nowhere" }),
      ("status", { $0.status = "done" }),
      ("priority", { $0.priority = "huge" }),
      ("category", { $0.category = "golf" }),
      ("tags", { $0.tags = [String(repeating: "a", count: 61)] }),
      ("assignee_ids", { $0.assigneeIds = many }),
      ("assignee_ids[1]", { $0.assigneeIds = [bench.reps[0], bench.reps[0]] }),
      ("watcher_ids[0]", { $0.watcherIds = [MemberID(high: 9, low: 9)] }),
      ("parent_id", { $0.parentId = TaskID(high: 9, low: 9) }),
      ("project_id", { $0.projectId = ProjectID(high: 9, low: 9) }),
      ("estimated_seconds", { $0.estimatedSeconds = -1 }),
      ("reminders[0].minutes", { $0.reminders = [TaskReminder(minutes: -1)] }),
      (
        "reminders[1].minutes",
        { $0.reminders = [TaskReminder(minutes: 60), TaskReminder(minutes: 60)] }
      ),
      ("checklist[0].text", { $0.checklist = [TaskChecklistItem()] }),
    ]
    for (field, change) in cases {
      let fields = await refused { _ = try await bench.task("Odd", nil, change) }
      #expect(fields == [field], "\(field)")
    }
  }

  @Test func `is found by having nobody to do it`() async throws {
    let bench = try await TasksBench()
    _ = try await bench.task("Given") { $0.assigneeIds = [bench.reps[0]] }
    let open = try await bench.task("Open")
    for filter in ["assignee_ids == []", "size(assignee_ids) == 0 && !closed"] {
      #expect(try await bench.list(filter).map(\.id) == [open.id], "\(filter)")
    }
  }

  @Test func `names records that its author may read, each once`() async throws {
    let bench = try await TasksBench()
    let refs = (0..<11).compactMap { RecordRef("\(LeadID(high: 3, low: UInt64($0)))") }
    bench.others.readable.withLock { $0 = Set(refs.prefix(2)) }
    let task = try await bench.task("Call") { $0.related = Array(refs.prefix(2)) }
    #expect(task.related == Array(refs.prefix(2)))
    let found = try await bench.list("\"\(refs[0])\" in related")
    #expect(found.map(\.id) == [task.id])
    func fields(_ related: [RecordRef]) async -> [String]? {
      await refused {
        _ = try await bench.change(task, "related") { $0.related = related }
      }
    }
    #expect(await fields([refs[0], refs[2]]) == ["related[1]"])
    #expect(await fields([refs[0], refs[0]]) == ["related"])
    #expect(await fields(refs) == ["related"], "eleven")
    // What it names already stays, whoever edits it, and nobody is asked.
    bench.others.readable.withLock { $0 = [] }
    let copied = await refused {
      _ = try await bench.task("Odd") { ($0.id, $0.related) = (task.id, [refs[0]]) }
    }
    #expect(copied == ["related[0]"], "a new one keeps nothing, whichever id it comes with")
    bench.others.isDown.withLock { $0 = true }
    _ = try await bench.change(task, "title", "related") { $0.title = "Call again" }
    let down = await refusal { _ = try await bench.task("Odd") { $0.related = [refs[3]] } }
    #expect(down?.code == .unavailable)
  }

  @Test func `may be about a project of the service itself`() async throws {
    let bench = try await TasksBench()
    let request = CreateProjectRequest(project: Project(name: "Move"))
    let project = try await bench.handlers.createProject(request, bench.asRep())
    let ref = try #require(RecordRef(project.idText))
    _ = try await bench.task("Pack", bench.asRep()) { $0.related = [ref] }
    let hidden = await refused {
      _ = try await bench.task("Pack", bench.asRep(1)) { $0.related = [ref] }
    }
    #expect(hidden == ["related[0]"])
  }

  @Test func `stands below another one, never in a circle`() async throws {
    let bench = try await TasksBench()
    let top = try await bench.task("Top")
    let part = try await bench.task("Part") { $0.parentId = top.id }
    let fields = await refused {
      _ = try await bench.change(top, "parent_id") { $0.parentId = part.id }
    }
    #expect(fields == ["parent_id"])
  }

  @Test func `is made a part of another one by those alone who may edit that`() async throws {
    let bench = try await TasksBench()
    let top = try await bench.task("Top", bench.asRep(0)) { $0.watcherIds = [bench.reps[1]] }
    let fields = await refused {
      _ = try await bench.task("Part", bench.asRep(1)) { $0.parentId = top.id }
    }
    #expect(fields == ["parent_id"])
    _ = try await bench.change(top, "assignee_ids") { $0.assigneeIds = [bench.reps[1]] }
    let part = try await bench.task("Part", bench.asRep(1)) { $0.parentId = top.id }
    _ = try await bench.change(top, "assignee_ids", "watcher_ids") { task in
      (task.assigneeIds, task.watcherIds) = ([], [])
    }
    // What it is part of already stays, also for who has lost that.
    _ = try await bench.change(part, "title", as: bench.asRep(1)) { $0.title = "Still" }
  }

  @Test func `is not deleted while open tasks are part of it`() async throws {
    let bench = try await TasksBench()
    let top = try await bench.task("Top")
    let part = try await bench.task("Part") { $0.parentId = top.id }
    func delete(_ task: Task) async -> MeshError? {
      await refusal {
        _ = try await bench.handlers.deleteTask(.init(id: task.idText), bench.asAdmin())
      }
    }
    #expect(await delete(top)?.code == .failedPrecondition)
    #expect(try await bench.get(top) == top)
    _ = try await bench.complete(part)
    #expect(await delete(top) == nil)
    // What is done stays, and can still be changed.
    let changed = try await bench.change(part, "title") { $0.title = "Done" }
    #expect(changed.parentId == top.id)
    _ = try await bench.handlers.undeleteTask(.init(id: top.idText), bench.asAdmin())
    #expect(await delete(top) == nil)
  }

  @Test func `keeps who has left, and takes no one who has`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call") { $0.assigneeIds = [bench.reps[0]] }
    bench.follow(bench.reps[0], "rep", isActive: false)
    _ = try await bench.change(task, "title") { $0.title = "Call soon" }
    let fields = await refused {
      _ = try await bench.task("Call") { $0.assigneeIds = [bench.reps[0]] }
    }
    #expect(fields == ["assignee_ids[0]"])
  }

  @Test func `has its tags once, in their form`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call") { $0.tags = [" Hot  lead ", "hot lead", "", "new"] }
    #expect(task.tags == ["Hot lead", "new"])
  }
}

@Suite @LoopActor struct `Who sees a task` {
  @Test func `are its owner, those who do it, follow it or hold its project, and their managers`()
    async throws
  {
    let bench = try await TasksBench()
    let own = try await bench.task("own", bench.asRep(0))
    let done = try await bench.task("done by") { $0.assigneeIds = [bench.reps[0]] }
    let followed = try await bench.task("followed") { $0.watcherIds = [bench.reps[0]] }
    _ = try await bench.task("another's", bench.asRep(1))
    let request = CreateProjectRequest(
      project: Project(name: "Move", memberIds: [bench.reps[0]])
    )
    let project = try await bench.handlers.createProject(request, bench.asAdmin())
    let part = try await bench.task("of a project") { $0.projectId = project.id }
    let mine = try await bench.list("", bench.asRep(0)).map(\.title)
    #expect(Set(mine) == ["own", "done by", "followed", "of a project"])
    let team = try await bench.list("", bench.asManager).map(\.title)
    #expect(Set(team) == ["own", "done by", "of a project"])
    #expect(try await bench.list().count == 5)
    for task in [own, done, part] {
      _ = try await bench.change(task, "priority", as: bench.asRep(0)) { $0.priority = "high" }
    }
    let edit = await refusal {
      _ = try await bench.change(followed, "title", as: bench.asRep(0)) { $0.title = "No" }
    }
    #expect(edit?.code == .permissionDenied, "followed to read, not to edit")
    _ = try await bench.change(followed, "watcher_ids") { $0.watcherIds = [] }
    #expect(await refusal { _ = try await bench.get(followed, bench.asRep(0)) } != nil)
  }

  @Test func `do not come to hold it by doing it, nor by moving it to a project of their own`()
    async throws
  {
    let bench = try await TasksBench()
    let task = try await bench.task("Call", bench.asRep(0)) { $0.assigneeIds = [bench.reps[1]] }
    let request = CreateProjectRequest(project: Project(name: "Mine"))
    let project = try await bench.handlers.createProject(request, bench.asRep(1))
    func change(_ field: String, _ change: (inout Task) -> Void) async -> StatusCode? {
      await refusal {
        _ = try await bench.change(task, field, as: bench.asRep(1), by: change)
      }?.code
    }
    #expect(await change("project_id") { $0.projectId = project.id } == .permissionDenied)
    #expect(await change("owner_id") { $0.ownerId = bench.reps[1] } == .permissionDenied)
    #expect(await change("priority") { $0.priority = "high" } == nil)
    #expect(try await bench.get(task, bench.asRep(0)).ownerId == bench.reps[0])
  }

  @Test func `do not come to keep it by a share of it or of its project`() async throws {
    let bench = try await TasksBench()
    let project = try await bench.handlers.createProject(
      CreateProjectRequest(project: Project(name: "Move", memberIds: [bench.reps[0]])),
      bench.asAdmin()
    )
    let single = try await bench.task("Call")
    let part = try await bench.task("Pack") { $0.projectId = project.id }
    let (member, guest) = (bench.reps[0], bench.reps[1])
    let share = Share(grantee: guest.words, level: .edit)
    let (taskID, projectID) = (try #require(single.recordID), try #require(project.recordID))
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      try transaction.share("task", taskID, share)
      try transaction.share("project", projectID, share)
    }
    for task in [single, part] {
      let taking: [(field: String, change: (inout Task) -> Void)] = [
        ("assignee_ids", { $0.assigneeIds = [guest] }),
        ("watcher_ids", { $0.watcherIds = [guest] }),
      ]
      for (field, change) in taking {
        let refused = await refusal {
          _ = try await bench.change(task, field, as: bench.asRep(1), by: change)
        }
        #expect(refused?.code == .permissionDenied, "\(field) of \(task.title)")
      }
      _ = try await bench.change(task, "priority", as: bench.asRep(1)) { $0.priority = "high" }
    }
    let joined = await refusal {
      var draft = project
      (draft.etag, draft.memberIds) = (nil, [member, guest])
      let update = UpdateProjectRequest(
        project: draft,
        updateMask: .init(paths: ["member_ids"])
      )
      _ = try await bench.handlers.updateProject(update, bench.asRep(1))
    }
    #expect(joined?.code == .permissionDenied)
    // Whoever takes part in the project gives its tasks to those who do them.
    let given = try await bench.change(part, "assignee_ids", "watcher_ids", as: bench.asRep(0)) {
      ($0.assigneeIds, $0.watcherIds) = ([guest], [member])
    }
    #expect(given.assigneeIds == [guest] && given.watcherIds == [member])
  }

  @Test func `are those who follow it for as long as they do, whatever share ends meanwhile`()
    async throws
  {
    let bench = try await TasksBench()
    let task = try await bench.task("Call")
    let id = try #require(task.recordID)
    let end = bench.clock.now + .seconds(60)
    let given = Share(grantee: bench.reps[0].words, level: .read, expireTime: end)
    try await bench.handlers.store.write(bench.tenant, as: Author(actor: "test")) { transaction in
      try transaction.share("task", id, given)
    }
    _ = try await bench.change(task, "watcher_ids") { $0.watcherIds = [bench.reps[0]] }
    bench.clock.advance(by: .seconds(61))
    #expect(try await bench.get(task, bench.asRep(0)).id == task.id)
    _ = try await bench.change(task, "watcher_ids") { $0.watcherIds = [] }
    #expect(await refusal { _ = try await bench.get(task, bench.asRep(0)) }?.code == .notFound)
  }

  @Test func `may delete and restore it, where they do it`() async throws {
    let bench = try await TasksBench()
    let task = try await bench.task("Call") { $0.assigneeIds = [bench.reps[0]] }
    _ = try await bench.handlers.deleteTask(.init(id: task.idText), bench.asRep(0))
    _ = try await bench.handlers.undeleteTask(.init(id: task.idText), bench.asRep(0))
    #expect(try await bench.get(task).ownerId == bench.admin)
  }

  @Test func `are of its tenant`() async throws {
    let bench = try await TasksBench()
    let other: TenantID = IDGenerator.system.next()
    try await bench.begin(other)
    let task = try await bench.task("Call")
    #expect(try await bench.list("", bench.asAdmin(of: other)).isEmpty)
    let read = await refusal { _ = try await bench.get(task, bench.asAdmin(of: other)) }
    #expect(read?.code == .notFound)
    let linked = await refused {
      let link = TaskDependency(predecessorId: task.id, successorId: task.id)
      _ = try await bench.handlers.createTaskDependency(
        CreateTaskDependencyRequest(taskDependency: link),
        bench.asAdmin(of: other)
      )
    }
    #expect(linked == ["predecessor_id"])
  }
}
