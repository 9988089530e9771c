import Glibc
import MeshTestScale
import Synchronization
import Testing

@testable import MeshLoop

@Suite struct `The loop` {
  @Test @LoopActor func `runs isolated code on its own thread`() async {
    #expect(Loop.isCurrentThread)
    await Task.detached { #expect(!Loop.isCurrentThread) }.value
    #expect(Loop.isCurrentThread)
    LoopActor.assumeIsolated { #expect(Loop.isCurrentThread) }
  }

  @Test @LoopActor func `starts an immediate task before the next line`() async {
    var order: [String] = []
    var suspended: CheckedContinuation<Void, Never>?
    let task = Task.immediate { @LoopActor in
      order.append("task")
      await withCheckedContinuation { suspended = $0 }
      order.append("resumed")
    }
    order.append("caller")
    suspended?.resume()
    await task.value
    #expect(order == ["task", "caller", "resumed"])
  }

  @Test func `keeps the order of what one thread enqueues`() async {
    let seen = await withCheckedContinuation { done in
      let list = Recorder()
      for number in 0..<1000 { Loop.shared.enqueue { list.numbers.append(number) } }
      Loop.shared.enqueue { done.resume(returning: list.numbers) }
    }
    #expect(seen == Array(0..<1000))
  }

  @Test @LoopActor func `runs end-of-tick hooks once, after the jobs of the turn`() async {
    let list = Recorder()
    await withCheckedContinuation { done in
      Loop.shared.endOfTick {
        list.numbers.append(2)
        done.resume()
      }
      Task { @LoopActor in list.numbers.append(1) }
    }
    #expect(list.numbers == [1, 2])
  }
}

@LoopActor
private final class Recorder {
  var numbers: [Int] = []
  nonisolated init() {}
}

@Suite struct `Timers` {
  @Test @LoopActor func `leave the heap in order of their deadlines, without those cancelled`() {
    var heap = TimerHeap()
    let fired = Recorder()
    var random = SeededRandom()
    var kept: [Int] = []
    var tokens: [(Int, TimerToken)] = []
    for _ in 0..<TestScale.count(500, long: 100_000) {
      let moment = Int(random.next() % 10_000)
      let deadline = Deadline(nanoseconds: UInt64(moment))
      tokens.append((moment, heap.insert(at: deadline) { fired.numbers.append(moment) }))
    }
    for (index, (moment, token)) in tokens.enumerated() {
      if index % 3 == 0 { heap.remove(token) } else { kept.append(moment) }
    }
    while let body = heap.popDue(at: Deadline(nanoseconds: 10_000)) { body() }
    #expect(fired.numbers == kept.sorted())
    #expect(heap.count == 0)
  }

  @Test @LoopActor func `fire after what a descriptor was ready for in the same turn`() async {
    let list = Recorder()
    var pipe: [Int32] = [0, 0]
    #expect(Glibc.pipe(&pipe) == 0)
    var registration: Registration?
    await withCheckedContinuation { done in
      let deadline = Deadline(after: .milliseconds(1))
      Loop.shared.schedule(at: deadline) {
        list.numbers.append(2)
        done.resume()
      }
      // A turn that takes so long that the timer is due before the descriptor is ready.
      while Deadline.now <= deadline {}
      registration = Loop.shared.watch(pipe[1], .writable) { _ in
        list.numbers.append(1)
        registration?.cancel()
      }
    }
    #expect(list.numbers == [1, 2])
    for end in pipe { close(end) }
  }

  @Test @LoopActor func `fire in order and not before their time`() async {
    let start = Deadline.now
    let list = Recorder()
    await withCheckedContinuation { done in
      Loop.shared.schedule(after: .milliseconds(20)) {
        list.numbers.append(2)
        done.resume()
      }
      let cancelled = Loop.shared.schedule(after: .milliseconds(5)) { list.numbers.append(0) }
      Loop.shared.schedule(after: .milliseconds(10)) { list.numbers.append(1) }
      cancelled.cancel()
    }
    #expect(list.numbers == [1, 2])
    #expect(start.advanced(by: .milliseconds(20)).hasPassed)
  }

  @Test @LoopActor func `let a pause end early when the task is cancelled`() async {
    let task = Task.immediate { @LoopActor in try await pause(for: .seconds(3600)) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test @LoopActor func `cancel a body at its deadline`() async throws {
    await #expect(throws: DeadlineExceeded.self) {
      try await withDeadline(Deadline(after: .milliseconds(5))) {
        try await pause(for: .seconds(3600))
      }
    }
    let value = try await withDeadline(Deadline(after: .seconds(3600))) { 42 }
    #expect(value == 42)
  }

  @Test func `saturate instead of overflowing`() {
    let far = Deadline.now.advanced(by: .seconds(Int64.max / 2))
    #expect(far > Deadline.now)
    #expect(Deadline.now.advanced(by: .seconds(-(1 << 40))).hasPassed)
  }
}

private final class Counter: Sendable {
  let value = Atomic<Int>(0)
}

/// `sleep` under a name that says whose it is.
@LoopActor
private func pause(for duration: Duration) async throws {
  try await MeshLoop.sleep(for: duration)
}

@Suite struct `The blocking pool` {
  @Test @LoopActor func `runs elsewhere and comes back`() async throws {
    let wasLoop = await BlockingPool.shared.run { Loop.isCurrentThread }
    #expect(!wasLoop)
    #expect(Loop.isCurrentThread)
  }

  @Test func `runs as many bodies at once as it has threads`() async {
    let pool = BlockingPool(threads: 3)
    let running = Counter()
    // Each body waits for the others: with fewer threads none would return.
    await withTaskGroup { group in
      for _ in 0..<3 {
        group.addTask {
          await pool.run {
            running.value.add(1, ordering: .sequentiallyConsistent)
            while running.value.load(ordering: .sequentiallyConsistent) < 3 {}
          }
        }
      }
    }
    #expect(running.value.load(ordering: .relaxed) == 3)
  }

  @Test func `hands on what a body throws`() async {
    struct Refused: Error {}
    await #expect(throws: Refused.self) {
      try await BlockingPool.shared.run { () throws(Refused) in throw Refused() }
    }
  }

  @Test func `does all of a long queue`() async {
    let pool = BlockingPool(threads: 2)
    // A task group takes time by the square of its children, so that a longer queue is several.
    for _ in 0..<TestScale.count(1, long: 50) {
      let sum = await withTaskGroup { group in
        for number in 0..<5_000 { group.addTask { await pool.run { number } } }
        return await group.reduce(0, +)
      }
      #expect(sum == 5_000 * 4_999 / 2)
    }
  }
}
