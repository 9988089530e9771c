import MeshCore
import MeshLoop
import MeshProto
import MeshRPC
import MeshTesting
import TasksAPI
import Testing
import TypeAPI

@testable import TasksService

@Suite @LoopActor struct `A dependency` {
  /// What is wrong with another status of a task; nil for nothing.
  private func fault(_ status: String, of task: Task, _ bench: TasksBench) async -> String? {
    await refusal {
      _ = try await bench.change(task, "status") { $0.status = status }
    }?.violations.map { "\($0.field) \($0.description)" }.first
  }

  @Test func `from finish to start holds the successor up until the other is completed`()
    async throws
  {
    let bench = try await TasksBench()
    let (first, last) = (try await bench.task("first"), try await bench.task("last"))
    #expect(try await bench.link(first, last).type == "finish_to_start")
    for status in ["in_progress", "completed"] {
      let rule = "status must not be \(status) before \(first.idText) is completed"
      #expect(await fault(status, of: last, bench) == rule)
    }
    #expect(await fault("waiting", of: last, bench) == nil)
    #expect(await refused { _ = try await bench.complete(last) } == ["status"])
    _ = try await bench.complete(first)
    #expect(try await bench.complete(last).isCompleted)
  }

  @Test func `from start to start waits for the beginning, from finish to finish for the end`()
    async throws
  {
    let bench = try await TasksBench()
    let first = try await bench.task("first")
    let (starts, ends) = (try await bench.task("starts"), try await bench.task("ends"))
    _ = try await bench.link(first, starts, "start_to_start")
    _ = try await bench.link(first, ends, "finish_to_finish")
    #expect(await fault("in_progress", of: starts, bench) != nil)
    #expect(await fault("in_progress", of: ends, bench) == nil)
    #expect(await fault("completed", of: ends, bench) != nil)
    _ = try await bench.change(first, "status") { $0.status = "in_progress" }
    #expect(await fault("completed", of: starts, bench) == nil)
    #expect(await fault("completed", of: ends, bench) != nil)
    _ = try await bench.complete(first)
    #expect(await fault("completed", of: ends, bench) == nil)
  }

  @Test func `holds nothing up once the other is cancelled or deleted, or it is deleted itself`()
    async throws
  {
    let bench = try await TasksBench()
    let last = try await bench.task("last")
    var links: [TaskDependency] = []
    for name in ["cancelled", "deleted", "free"] {
      let first = try await bench.task(name)
      links.append(try await bench.link(first, last))
      if name == "cancelled" {
        _ = try await bench.change(first, "status") { $0.status = "cancelled" }
      } else if name == "deleted" {
        _ = try await bench.handlers.deleteTask(.init(id: first.idText), bench.asAdmin())
      }
    }
    #expect(await fault("completed", of: last, bench) != nil)
    _ = try await bench.handlers.deleteTaskDependency(.init(id: links[2].idText), bench.asAdmin())
    #expect(await fault("completed", of: last, bench) == nil)
  }

  @Test func `is there once for a pair`() async throws {
    let bench = try await TasksBench()
    let (first, last) = (try await bench.task("first"), try await bench.task("last"))
    _ = try await bench.link(first, last)
    let again = await refusal { _ = try await bench.link(first, last, "start_to_start") }
    #expect(again?.code == .alreadyExists && again?.violations.map(\.field) == ["successor_id"])
  }

  @Test func `never closes a circle, and the refusal has the ids in order`() async throws {
    let bench = try await TasksBench()
    var tasks: [Task] = []
    for name in ["a", "b", "c", "d"] { tasks.append(try await bench.task(name)) }
    for index in 0..<3 { _ = try await bench.link(tasks[index], tasks[index + 1]) }
    _ = try await bench.link(tasks[0], tasks[2], "start_to_start")
    let circle = await refusal { _ = try await bench.link(tasks[3], tasks[0]) }
    let path = [3, 0, 2, 3].map { tasks[$0].idText }
    #expect(circle?.code == .invalidArgument)
    #expect(circle?.violations.map(\.field) == ["successor_id"])
    #expect(circle?.metadata["path"] == path.joined(separator: ","))
    #expect(circle?.message.hasSuffix(path.joined(separator: " -> ")) == true)
    let own = await refusal { _ = try await bench.link(tasks[1], tasks[1]) }
    #expect(own?.metadata["path"] == "\(tasks[1].idText),\(tasks[1].idText)")
  }

  @Test func `is for who may edit the successor and read the predecessor`() async throws {
    let bench = try await TasksBench()
    let own = try await bench.task("own", bench.asRep())
    let other = try await bench.task("other")
    let read = try await bench.task("followed") { $0.watcherIds = [bench.reps[0]] }
    func link(_ first: Task, _ last: Task) async -> [String]? {
      await refused {
        let link = TaskDependency(predecessorId: first.id, successorId: last.id)
        _ = try await bench.handlers.createTaskDependency(
          CreateTaskDependencyRequest(taskDependency: link),
          bench.asRep()
        )
      }
    }
    #expect(await link(other, own) == ["predecessor_id"])
    #expect(await link(own, read) == ["successor_id"])
    #expect(await link(read, own) == nil)
    let listed = try await bench.handlers.listTaskDependencies(
      ListTaskDependenciesRequest(filter: "successor_id == '\(own.idText)'"),
      bench.asRep()
    )
    #expect(try listed.message().taskDependencies.map(\.predecessorId) == [read.id])
  }
}
