import MeshCore
import MeshImportTesting
import MeshLoop
import MeshProto
import MeshRPC
import MeshRecords
import MeshStore
import MeshTesting
import RecordsAPI
import TasksAPI
import Testing
import TypeAPI

@testable import MeshImport
@testable import TasksService

@Suite @LoopActor struct `Importing tasks` {
  private let log = PlanLog()
  private let bench: TasksBench

  init() async throws {
    bench = try await TasksBench(plans: log)
    bench.follow(bench.reps[0], "rep", "Ada Byron")
  }

  /// Imports a file as the runner does, a few rows at a time.
  private func importFile(
    _ text: String,
    choices: ImportChoices? = nil,
    isDryRun: Bool = false,
    _ call: Call? = nil
  ) async throws -> RecordImport {
    let (handlers, call, bytes) = (bench.handlers, call ?? bench.asAdmin(), Array(text.utf8))
    let asked = RecordImport(
      fileName: "x.csv",
      object: "task",
      validateOnly: isDryRun,
      choices: choices
    )
    let made = try await handlers.createRecordImport(
      CreateRecordImportRequest(recordImport: asked),
      call
    )
    _ = try await handlers.appendRecordImportContent(
      AppendRecordImportContentRequest(id: made.id, content: bytes, sha256: digest(of: bytes)),
      call
    )
    _ = try await handlers.startRecordImport(
      StartRecordImportRequest(id: made.id, sizeBytes: Int64(bytes.count)),
      call
    )
    return try await worked(made.id)
  }

  private func worked(_ id: String) async throws -> RecordImport {
    let engine = try bench.handlers.recordImports.engine(for: "task")
    let steps = try #require(engine as? ImportEngine<RecordImportPlan<Task>>).steps
    let few = ImportSteps(
      plan: steps.plan,
      store: steps.store,
      actor: steps.actor,
      batchRows: 2,
      gate: steps.gate
    )
    try await few.work(try #require(ImportID(id)), of: bench.tenant)
    return try await bench.handlers.getRecordImport(
      GetRecordImportRequest(id: id),
      bench.asAdmin()
    )
  }

  private func counts(_ done: RecordImport) -> [Int64] {
    [done.created, done.updated, done.restored, done.unchanged, done.refused]
  }

  private func tasks() async throws -> [String: Task] {
    Dictionary(try await bench.list().map { ($0.title, $0) }, uniquingKeysWith: { $1 })
  }

  @Test func `fills their fields, and finds owners, projects and parents by name`() async throws {
    let project = try await bench.handlers.createProject(
      CreateProjectRequest(project: Project(name: "Move")),
      bench.asAdmin()
    )
    let done = try await importFile(
      """
      Task ID,Subject,Due Date,Priority,Assigned To,Project,Part of,Notes
      1,Books,2031-03-04 09:30,HIGH,ada byron,Move,Pack,In boxes
      2,Pack,,low,,Move,,
      """
    )
    #expect(counts(done) == [2, 0, 0, 0, 0] && done.incomplete == 0, "\(done.rowRemarks)")
    let tasks = try await tasks()
    let (books, pack) = (try #require(tasks["Books"]), try #require(tasks["Pack"]))
    #expect(books.parentId == pack.id && books.projectId == project.id)
    #expect(books.ownerId == bench.reps[0] && pack.ownerId == bench.admin)
    #expect(books.priority == "high" && books.description == "In boxes")
    // In the tenant's zone, which is Berlin.
    #expect(books.dueTime?.rfc3339 == "2031-03-04T08:30:00Z")
  }

  @Test func `leaves out what it cannot read, and refuses what has no title`() async throws {
    let done = try await importFile(
      "Task,Due,Priority,Assigned To,Related To\nPack,someday,huge,Nobody,Berg AS\n,,low,,\n"
    )
    #expect(counts(done) == [1, 0, 0, 0, 1])
    #expect(Set(done.rowRemarks.map(\.value)) == ["someday", "huge"])
    #expect(done.reading?.unknownOwners.map(\.value) == ["Nobody"])
    let task = try #require(try await tasks()["Pack"])
    #expect(task.dueTime == nil && task.ownerId == bench.admin)
    let faults = try await bench.handlers.listImportFaults(
      ListImportFaultsRequest(id: done.id),
      bench.asAdmin()
    ).faults
    #expect(faults.map(\.line) == [3] && faults.map(\.field) == ["title"])
  }

  @Test func `reads states and priorities as other systems write them`() async throws {
    let done = try await importFile(
      """
      Task,Status,Priority
      A,In Progress,Normal
      B,not_started,HIGH
      C,Waiting on someone else,Highest
      D,Done,
      E,Elsewhere,
      """
    )
    #expect(counts(done) == [5, 0, 0, 0, 0])
    #expect(done.rowRemarks.map(\.value) == ["Elsewhere"])
    let tasks = try await tasks()
    let names = ["A", "B", "C", "D", "E"]
    #expect(
      names.map { tasks[$0]?.status } == ["in_progress", "todo", "waiting", "completed", "todo"]
    )
    #expect(names.prefix(3).map { tasks[$0]?.priority } == ["medium", "high", "urgent"])
  }

  @Test func `updates, restores and takes back`() async throws {
    func file(_ priority: String) -> String { "Task ID,Task,Priority\n1,Pack,\(priority)\n" }
    _ = try await importFile(file("low"))
    let update = ImportChoices(known: "update")
    let changed = try await importFile(file("urgent"), choices: update)
    #expect(counts(changed) == [0, 1, 0, 0, 0])
    let undo = UndoRecordImportRequest(id: changed.id)
    _ = try await bench.handlers.undoRecordImport(undo, bench.asAdmin())
    let ended = try await worked(changed.id)
    #expect(ended.state == .undone && ended.undo?.putBack == 1)
    let task = try #require(try await tasks()["Pack"])
    #expect(task.priority == "low")
    _ = try await bench.handlers.deleteTask(DeleteTaskRequest(id: task.idText), bench.asAdmin())
    let back = try await importFile(file("low"), choices: ImportChoices(deleted: "restore"))
    #expect(counts(back) == [0, 0, 1, 0, 0])
    #expect(try await tasks()["Pack"]?.id == task.id)
  }

  @Test func `takes back tasks with their parts, in whatever order they stand`() async throws {
    let done = try await importFile("Task,Part of\nShelf,Books\nBooks,Pack\nPack,\n")
    #expect(counts(done) == [3, 0, 0, 0, 0] && done.incomplete == 0)
    let undo = UndoRecordImportRequest(id: done.id)
    _ = try await bench.handlers.undoRecordImport(undo, bench.asAdmin())
    let ended = try await worked(done.id)
    #expect(ended.undo?.deleted == 3 && ended.undo?.left == 0)
    #expect(try await tasks().isEmpty)
  }

  @Test func `takes back tasks that keep each other a pass at a time`() async throws {
    let done = try await importFile("Task,Part of\nB,D\nA,C\nC,B\nE,A\nD,\n")
    #expect(counts(done) == [5, 0, 0, 0, 0] && done.incomplete == 0)
    let undo = UndoRecordImportRequest(id: done.id)
    _ = try await bench.handlers.undoRecordImport(undo, bench.asAdmin())
    let engine = try bench.handlers.recordImports.engine(for: "task")
    let steps = try #require(engine as? ImportEngine<RecordImportPlan<Task>>).steps
    let id = try #require(ImportID(done.id))
    var passes = 1
    while let job = try await steps.job(id, bench.tenant),
      try await steps.undo(job, bench.tenant)
    {
      passes += 1
    }
    // E and A go at once, and C after them; B and D, which were tried before C had gone, in the next transaction.
    #expect(passes == 2)
    let ended = try await worked(done.id)
    #expect(ended.undo?.deleted == 5 && ended.undo?.left == 0)
  }

  @Test func `leaves a task that somebody made a part of since`() async throws {
    let done = try await importFile("Task\nPack\n")
    let whole = try #require(try await tasks()["Pack"])
    _ = try await bench.task("Books") { $0.parentId = whole.id }
    let undo = UndoRecordImportRequest(id: done.id)
    _ = try await bench.handlers.undoRecordImport(undo, bench.asAdmin())
    let ended = try await worked(done.id)
    #expect(ended.undo?.deleted == 0 && ended.undo?.left == 1)
    #expect(Set(try await tasks().keys) == ["Pack", "Books"])
  }

  @Test func `looks for the tasks and projects that rows name by indexes`() async throws {
    _ = try await bench.handlers.createProject(
      CreateProjectRequest(project: Project(name: "Move")),
      bench.asAdmin()
    )
    _ = try await bench.task("Pack")
    let (opened, tenant) = (bench.opened, bench.tenant)
    try await opened.multiply("tasks", of: tenant, doublings: 7, varying: ["title"], others: 3)
    try await opened.multiply("projects", of: tenant, doublings: 7, varying: ["name"], others: 3)
    try opened.settle("tasks", "projects")
    _ = log.take()
    _ = try await importFile("Task,Project,Part of\nBooks,Move,Pack\n")
    let lines: [String] = log.take().flatMap(\.lines)
    for index in ["tasks_by_exact_title", "projects_by_exact_name"] {
      #expect(!TestDatabase.isSQLite || lines.contains { $0.contains(index) }, "\(index)")
    }
  }

  @Test func `finds no task and no project that whoever imports may not read`() async throws {
    _ = try await bench.task("Secret plan") { $0.ownerId = bench.reps[1] }
    let hidden = Project(name: "Hidden", ownerId: bench.reps[1])
    _ = try await bench.handlers.createProject(
      CreateProjectRequest(project: hidden),
      bench.asAdmin()
    )
    let file = "Task,Part of,Project\nBooks,Secret plan,\nShelf,,Hidden\nDesk,,Hiden\n"
    let trial = try await importFile(file, isDryRun: true, bench.asManager)
    let done = try await importFile(file, bench.asManager)
    for report in [trial, done] {
      #expect(counts(report) == [1, 0, 0, 0, 2] && report.incomplete == 1)
      #expect(report.remarks.allSatisfy { !$0.text.contains("did you mean") })
    }
    #expect(try await tasks()["Books"]?.parentId == nil)
    // Who may read them finds them.
    let admins = try await importFile("Task,Part of,Project\nDesk,Secret plan,Hidden\n")
    #expect(counts(admins) == [1, 0, 0, 0, 0] && admins.incomplete == 0)
  }

  @Test func `makes no part of a task that whoever imports may only read`() async throws {
    let shown = try await bench.task("Shown") {
      $0.ownerId = bench.reps[1]
      $0.watcherIds = [bench.manager]
    }
    #expect(try await bench.get(shown, bench.asManager).title == "Shown")
    let done = try await importFile("Task,Part of\nBooks,Shown\n", bench.asManager)
    #expect(counts(done) == [1, 0, 0, 0, 0] && done.incomplete == 1)
    let faults = try await bench.handlers.listImportFaults(
      ListImportFaultsRequest(id: done.id, created: true),
      bench.asAdmin()
    ).faults
    #expect(faults.map(\.reason) == ["must be a task that you may edit"])
    #expect(try await tasks()["Books"]?.parentId == nil)
  }

  @Test func `makes nothing in a dry run`() async throws {
    let done = try await importFile("Task\nPack\nCarry\n", isDryRun: true)
    #expect(counts(done) == [2, 0, 0, 0, 0])
    #expect(try await tasks().isEmpty)
  }

  @Test func `gives tasks without an owner to whoever imports, or to whom they choose`()
    async throws
  {
    _ = try await importFile("Task\nMine\n", bench.asManager)
    let choices = ImportChoices(ownerId: bench.reps[1].description)
    _ = try await importFile("Task\nTheirs\n", choices: choices, bench.asManager)
    let tasks = try await tasks()
    #expect(tasks["Mine"]?.ownerId == bench.manager && tasks["Theirs"]?.ownerId == bench.reps[1])
  }
}
