import MeshLoop
import Testing

@LoopActor
@Suite struct `A work queue` {
  private struct Failure: Error {}

  /// Runs a queue until `isDone` says so, after each step.
  private func run(
    _ queue: WorkQueue<String>,
    first: @escaping @LoopActor () async throws -> [String] = { [] },
    failed: @escaping @LoopActor (String, any Error) -> Void = { _, _ in },
    notResumed: @escaping @LoopActor (any Error) -> Void = { _ in },
    until isDone: @escaping @LoopActor () -> Bool,
    step: @escaping @LoopActor (String) async throws -> Bool
  ) async {
    let work = WorkTask()
    work.task = Task.immediate { @LoopActor in
      await queue.run(
        first: first,
        step: { item in
          let isMore = try await step(item)
          if isDone() { work.task?.cancel() }
          return isMore
        },
        failed: failed,
        notResumed: notResumed
      )
    }
    if isDone() { work.task?.cancel() }
    await work.task?.value
  }

  @Test func `takes a step of one item, then of the next, until none has more`() async {
    let queue = WorkQueue<String>()
    var steps: [String] = []
    await run(queue, first: { ["large", "small"] }, until: { steps.count == 4 }) { item in
      steps.append(item)
      return item == "large" && steps.count < 4
    }
    #expect(steps == ["large", "small", "large", "large"])
  }

  @Test func `gives each owner of items a turn, however many another has`() async {
    let queue = WorkQueue<String> { $0.first }
    var steps: [String] = []
    for item in ["a1", "a2", "a3", "b1"] { queue.add(item) }
    await run(queue, until: { steps.count == 6 }) { item in
      steps.append(item)
      return item == "b1" && steps.count < 6
    }
    #expect(steps == ["a1", "b1", "a2", "b1", "a3", "b1"])
  }

  @Test func `has an item once, however often it is added`() async {
    let queue = WorkQueue<String>()
    var steps: [String] = []
    for item in ["a", "b", "a", "b", "a"] { queue.add(item) }
    queue.add("last")
    await run(queue, until: { steps.last == "last" }) { item in
      steps.append(item)
      return false
    }
    #expect(steps == ["a", "b", "last"])
  }

  @Test func `keeps only so many items while nobody works, as the store has them all`() async {
    let queue = WorkQueue<String>()
    let most = WorkQueue<String>.mostIdle
    var steps: [String] = []
    for item in 0..<most + 5 { queue.add("\(item)") }
    await run(queue, first: { ["\(most + 1)"] }, until: { steps.count > most }) { item in
      steps.append(item)
      return false
    }
    #expect(steps == (0..<most).map { "\($0)" } + ["\(most + 1)"])
  }

  @Test func `is woken by what comes while it is idle`() async {
    let queue = WorkQueue<String>()
    var steps: [String] = []
    let adding = Task.immediate { @LoopActor in
      await withCheckedContinuation { continuation in
        Loop.shared.enqueue { continuation.resume() }
      }
      queue.add("late")
    }
    await run(queue, until: { !steps.isEmpty }) { item in
      steps.append(item)
      return false
    }
    await adding.value
    #expect(steps == ["late"])
  }

  @Test func `keeps an item whose step fails, says so, and goes on with it later`() async {
    let queue = WorkQueue<String>()
    var steps: [String] = []
    var failures: [String] = []
    queue.add("hard")
    await run(
      queue,
      failed: { item, _ in failures.append(item) },
      until: { steps.count == 2 }
    ) { item in
      steps.append(item)
      if steps.count == 1 { throw Failure() }
      return false
    }
    #expect(steps == ["hard", "hard"] && failures == ["hard"])
  }

  @Test func `asks again for what was under way, and says that it could not`() async {
    let queue = WorkQueue<String>()
    var steps: [String] = []
    var asked = 0
    var failures = 0
    await run(
      queue,
      first: {
        asked += 1
        if asked == 1 { throw Failure() }
        return ["resumed"]
      },
      notResumed: { _ in failures += 1 },
      until: { !steps.isEmpty }
    ) { item in
      steps.append(item)
      return false
    }
    #expect(steps == ["resumed"] && failures == 1)
  }
}

/// The task of a running queue, which its own steps cancel.
@LoopActor
private final class WorkTask {
  var task: Task<Void, Never>?
}
