import MeshCore
import MeshLoop
import Testing

@testable import MeshStore

@LoopActor
@Suite struct `Work that goes with a lease` {
  private static let later = Duration.seconds(3600)

  private let fixture: StoreFixture
  private let lease = WorkLease(isHeld: false)

  init() throws { fixture = try StoreFixture() }

  /// What the work of each turn has met.
  @LoopActor
  private final class Turns {
    private(set) var errors: [MeshError?] = []

    nonisolated init() {}

    func note(_ error: MeshError?) { errors.append(error) }
  }

  private func write() async -> MeshError? {
    do {
      _ = try await fixture.addLead(acme, "Lead")
      return nil
    } catch {
      return error as? MeshError
    }
  }

  @Test func `writes nothing from when the lease has ended, and begins anew with the next one`()
    async throws
  {
    let turns = Turns()
    lease.hold(until: .now + Self.later)
    let work = Task.immediate { @LoopActor in
      await lease.whileHeld {
        turns.note(await write())
        // As after the process hung: nothing has told it yet.
        if turns.errors.count == 1 {
          lease.hold(until: .now)
          turns.note(await write())
        }
        while !Task.isCancelled { await Task.yield() }
      }
    }
    while turns.errors.count < 2 { await Task.yield() }
    #expect(turns.errors[0] == nil && turns.errors[1]?.code == .cancelled)
    #expect(!lease.isHeld)
    lease.hold(until: .now + Self.later)
    while turns.errors.count < 3 { await Task.yield() }
    #expect(turns.errors[2] == nil)
    #expect(try await fixture.names(acme).count == 2)
    work.cancel()
    await work.value
  }

  @Test func `is told apart from what others do, which goes on`() async throws {
    lease.lose()
    #expect(await write() == nil)
  }

  @Test func `is of one turn: it ends also when the lease is taken again before anyone noticed`()
    async throws
  {
    let turns = Turns()
    lease.hold(until: .now + Self.later)
    let work = Task.immediate { @LoopActor in
      await lease.whileHeld {
        if turns.errors.isEmpty {
          lease.hold(until: .now)
          lease.hold(until: .now + Self.later)
        }
        turns.note(await write())
        while !Task.isCancelled { await Task.yield() }
      }
    }
    while turns.errors.count < 2 { await Task.yield() }
    #expect(turns.errors[0]?.code == .cancelled && turns.errors[1] == nil)
    work.cancel()
    await work.value
  }
}
