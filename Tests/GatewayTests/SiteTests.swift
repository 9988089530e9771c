import MeshCore
import MeshLoop
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A login limiter` {
  @Test func `lets so many failures of an address through, then says how long to wait`() {
    let limiter = LoginLimiter(perMinute: 6)
    let start = Deadline(nanoseconds: 1_000_000_000)
    for _ in 0..<6 { #expect(limiter.take("1.2.3.4", at: start) == nil) }
    #expect(limiter.take("1.2.3.4", at: start) == 10)
    #expect(limiter.take("5.6.7.8", at: start) == nil)
    #expect(limiter.take("1.2.3.4", at: start.advanced(by: .seconds(4))) == 6)
    #expect(limiter.take("1.2.3.4", at: start.advanced(by: .seconds(11))) == nil)
  }

  @Test func `counts failures alone`() {
    let limiter = LoginLimiter(perMinute: 2)
    let start = Deadline(nanoseconds: 1_000_000_000)
    for _ in 0..<100 {
      #expect(limiter.take("1.2.3.4", at: start) == nil)
      limiter.giveBack("1.2.3.4", at: start)
    }
  }
}
