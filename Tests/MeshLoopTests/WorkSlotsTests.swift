import Synchronization
import Testing

@testable import MeshLoop

/// Bodies that block their thread until they are let go.
private final class Block: Sendable {
  private let state = Mutex((isOpen: false, ran: 0))

  func open() { state.withLock { $0.isOpen = true } }
  var ran: Int { state.withLock { $0.ran } }

  func body() {
    state.withLock { $0.ran += 1 }
    while !state.withLock({ $0.isOpen }) {}
  }
}

@LoopActor
@Suite struct `A bounded queue for blocking work` {
  private let slots = WorkSlots(running: 1, places: 2)
  private let block = Block()

  private func add() -> Task<String, Never> {
    Task.immediate { @LoopActor [block, slots] in
      do throws(WorkSlots.Refusal) {
        _ = try await slots.run { () throws(Never) in block.body() }
        return "done"
      } catch {
        return "\(error)"
      }
    }
  }

  @Test func `refuses at once what finds no place`() async {
    let tasks = [add(), add(), add(), add()]
    #expect(await tasks[3].value == "full")
    #expect(slots.waitingCount == 2)
    block.open()
    for task in tasks[..<3] { #expect(await task.value == "done") }
    #expect(block.ran == 3)
    #expect(await add().value == "done")
  }

  @Test func `never runs work whose caller has gone`() async {
    let first = add()
    let gone = add()
    let last = add()
    gone.cancel()
    #expect(await gone.value == "cancelled")
    #expect(slots.waitingCount == 1, "its place is free")
    block.open()
    #expect(await first.value == "done")
    #expect(await last.value == "done")
    #expect(block.ran == 2)
  }
}
