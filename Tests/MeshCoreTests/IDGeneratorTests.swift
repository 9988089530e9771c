import MeshCore
import MeshTestScale
import Synchronization
import Testing

@Suite struct `Generated ids` {
  private let moment = Timestamp(microseconds: 1_700_000_000_123_456)

  @Test func `carry the clock's milliseconds, version 7 and the RFC's variant`() {
    let ids = IDGenerator(clock: Clock { [moment] in moment }, random: { .max })
    let id: TenantID = ids.next()
    #expect(id.high >> 16 == 1_700_000_000_123)
    #expect(id.high >> 12 & 0xf == 7)
    #expect(id.low >> 62 == 0b10)
  }

  @Test func `increase within a millisecond, across its overflow and when the clock steps back`() {
    let now = Now(moment)
    let ids = IDGenerator(clock: Clock { now.value }, random: { .max })
    var previous: MemberID = ids.next()
    for step in 0..<TestScale.count(10_000, long: 1_000_000) {
      if step == 5_000 { now.value = Timestamp(microseconds: moment.microseconds - 60_000_000) }
      let next: MemberID = ids.next()
      #expect(next > previous)
      previous = next
    }
  }

  @Test func `never repeat on the system's clock`() {
    let count = TestScale.count(20_000, long: 2_000_000)
    let ids = Set((0..<count).map { _ in IDGenerator.system.next(SessionKind.self) })
    #expect(ids.count == count)
  }

  @Test func `are not to be guessed from the one before`() {
    let ids = IDGenerator(clock: Clock { [moment] in moment })
    let steps = Set(
      (0..<64).map { _ in
        let first: TenantID = ids.next()
        let second: TenantID = ids.next()
        return second.low &- first.low
      }
    )
    #expect(steps.count > 60)
  }
}

/// A moment that a test moves.
private final class Now: Sendable {
  private let current: Mutex<Timestamp>

  init(_ start: Timestamp) { current = Mutex(start) }

  var value: Timestamp {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
