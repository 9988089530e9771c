import Glibc
import Synchronization
import Testing

@testable import MeshLoop

/// Bodies that block their thread on a pipe until they are let go.
private final class Block: Sendable {
  private let ends: (read: Int32, write: Int32)
  private let count = Mutex(0)

  init() {
    var pair: [Int32] = [-1, -1]
    precondition(pipe(&pair) == 0)
    ends = (pair[0], pair[1])
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  var ran: Int { count.withLock { $0 } }

  /// Lets as many bodies go as a test has.
  func open() { _ = write(ends.write, "....", 4) }

  func body() {
    count.withLock { $0 += 1 }
    var byte: UInt8 = 0
    _ = read(ends.read, &byte, 1)
  }
}

@LoopActor
@Suite struct `A bounded queue for blocking work` {
  private let slots = WorkSlots(running: 1, places: 2)
  private let block = Block()

  private func add(_ holder: String, to other: WorkSlots? = nil) -> Task<String, Never> {
    Task.immediate { @LoopActor [block, slots] in
      do throws(WorkSlots.Refusal) {
        _ = try await (other ?? slots).run(for: holder) { () throws(Never) in block.body() }
        return "done"
      } catch {
        return "\(error)"
      }
    }
  }

  @Test func `refuses at once what finds no place`() async {
    let tasks = [add("a"), add("b"), add("c"), add("d")]
    #expect(await tasks[3].value == "full")
    #expect(slots.waitingCount == 2)
    block.open()
    for task in tasks[..<3] { #expect(await task.value == "done") }
    #expect(block.ran == 3)
    #expect(await add("a").value == "done")
  }

  @Test func `keeps places for others when one holder has a quarter of them`() async {
    let slots = WorkSlots(running: 1, places: 8)
    let tasks = (0..<4).map { _ in add("one", to: slots) }
    #expect(await tasks[3].value == "full")
    let other = add("other", to: slots)
    block.open()
    for task in tasks[..<3] + [other] { #expect(await task.value == "done") }
  }

  @Test func `never runs work whose caller has gone`() async {
    let first = add("a")
    let gone = add("b")
    let last = add("c")
    gone.cancel()
    #expect(await gone.value == "cancelled")
    #expect(slots.waitingCount == 1, "its place is free")
    block.open()
    #expect(await first.value == "done")
    #expect(await last.value == "done")
    #expect(block.ran == 2)
  }
}
