import MeshCore
import Testing

@testable import MeshStore

@Suite struct `The queue of a store` {
  private func request(_ tenant: TenantID?) -> StoreRequest {
    StoreRequest(scope: tenant.map { .tenant($0) } ?? .system, author: nil)
  }

  @Test func `gives each tenant its turn, and keeps the order of each`() {
    let queue = RequestQueue(capacity: 100)
    let (many, few) = ((0..<5).map { _ in request(acme) }, (0..<2).map { _ in request(globex) })
    let system = request(nil)
    for each in many + few + [system] { #expect(queue.add(each) == nil) }
    let expected = [many[0], few[0], system, many[1], few[1], many[2], many[3], many[4]]
    let taken = queue.take(4) + queue.take(1) + queue.take(10)
    #expect(taken.map(ObjectIdentifier.init) == expected.map(ObjectIdentifier.init))
    #expect(queue.depth == 0)
  }

  @Test func `has room for others when one tenant has filled its half`() {
    let queue = RequestQueue(capacity: 8)
    for _ in 0..<4 { #expect(queue.add(request(acme)) == nil) }
    #expect(queue.add(request(acme))?.code == .unavailable)
    for _ in 0..<3 { #expect(queue.add(request(globex)) == nil) }
    #expect(queue.add(request(nil)) == nil)
    #expect(queue.add(request(nil))?.code == .unavailable, "it is full")
    #expect(queue.take(100).count == 8)
    #expect(queue.add(request(acme)) == nil)
  }

  @Test func `keeps the order of a tenant however much passes through`() {
    let queue = RequestQueue(capacity: 1_000)
    var (added, taken): ([ObjectIdentifier], [ObjectIdentifier]) = ([], [])
    var held: [StoreRequest] = []
    for round in 0..<300 {
      for _ in 0..<(round % 5) {
        let request = request(acme)
        held.append(request)
        added.append(ObjectIdentifier(request))
        _ = queue.add(request)
      }
      if queue.depth > 0 { taken += queue.take(1 + round % 3).map(ObjectIdentifier.init) }
    }
    while queue.depth > 0 { taken += queue.take(7).map(ObjectIdentifier.init) }
    #expect(taken == added)
  }
}
