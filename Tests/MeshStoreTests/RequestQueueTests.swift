import MeshCore
import Testing

@testable import MeshStore

@Suite struct `The queue of a store` {
  private func request(
    _ tenant: TenantID?,
    _ priority: StorePriority = .people,
    lock: Int64? = nil
  ) -> StoreRequest {
    StoreRequest(
      scope: tenant.map { .tenant($0) } ?? .system,
      priority: priority,
      author: nil,
      lock: lock
    )
  }

  private func places(of taken: [StoreRequest], in added: [StoreRequest]) -> [Int] {
    taken.compactMap { one in added.firstIndex { $0 === one } }
  }

  @Test func `gives those of a lock together, and no more of it until they are done`() {
    let queue = RequestQueue(capacity: 100)
    let added = [
      request(acme, lock: 1), request(acme), request(acme, lock: 1), request(acme, lock: 2),
      request(acme, lock: 1), request(globex, lock: 3), request(acme, .background, lock: 1),
      request(acme, .background),
    ]
    for each in added { #expect(queue.add(each) == nil) }
    let first = queue.takeAlike(2)
    #expect(places(of: first, in: added) == [0, 2])
    #expect(places(of: queue.takeAlike(2), in: added) == [5], "another tenant's turn")
    #expect(places(of: queue.takeAlike(2), in: added) == [1], "without a lock by itself")
    #expect(places(of: queue.takeAlike(2), in: added) == [3])
    #expect(places(of: queue.takeAlike(2), in: added) == [7], "the others wait for the lock")
    queue.release(first)
    let last = queue.takeAlike(2)
    #expect(places(of: last, in: added) == [4])
    queue.release(last)
    #expect(places(of: queue.takeAlike(2), in: added) == [6])
    queue.close()
    #expect(queue.takeAlike(2).isEmpty)
  }

  @Test func `keeps the last thread from a tenant whose requests take long`() {
    let queue = RequestQueue(capacity: 100, threads: 3, longRun: .zero)
    let (slow, quick) = ((0..<4).map { _ in request(acme) }, request(globex))
    for each in slow + [quick] { #expect(queue.add(each) == nil) }
    let first = queue.takeAlike(1)
    #expect(first[0] === slow[0])
    #expect(queue.takeAlike(1)[0] === quick, "its turn")
    queue.release([quick])
    #expect(queue.takeAlike(1)[0] === slow[1])
    let other = request(TenantID(high: 3, low: 3))
    #expect(queue.add(other) == nil)
    #expect(queue.takeAlike(1)[0] === other, "two of three threads are taken")
    queue.release([other])
    queue.release(first)
    #expect(queue.takeAlike(1)[0] === slow[2])
  }

  @Test func `gives work in the background of a tenant as many threads as it may have`() {
    let queue = RequestQueue(capacity: 100, threads: 4, mostInBackground: 1)
    let steps = (0..<3).map { _ in request(acme, .background) }
    let third = TenantID(high: 3, low: 3)
    let others = [request(globex, .background), request(third, .background)]
    for each in steps + [others[0]] { #expect(queue.add(each) == nil) }
    let first = queue.takeAlike(1)
    #expect(first[0] === steps[0])
    #expect(queue.takeAlike(1)[0] === others[0])
    #expect(queue.add(others[1]) == nil)
    #expect(queue.takeAlike(1)[0] === others[1], "the turn of the first, which has its thread")
    let asked = request(acme)
    #expect(queue.add(asked) == nil)
    #expect(queue.takeAlike(1)[0] === asked, "what people wait for has the others")
    queue.release([asked])
    queue.release(first)
    #expect(queue.takeAlike(1)[0] === steps[1])
  }

  @Test func `gives a tenant all threads as long as its requests are short`() {
    let queue = RequestQueue(capacity: 100, threads: 2, longRun: .seconds(1_000))
    let many = (0..<2).map { _ in request(acme) }
    for each in many { #expect(queue.add(each) == nil) }
    #expect(queue.takeAlike(1)[0] === many[0] && queue.takeAlike(1)[0] === many[1])
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

  @Test(arguments: [1, 3, 256])
  func `makes a tenant wait for one turn of another, which sends fifty times as much`(limit: Int) {
    let queue = RequestQueue(capacity: 4_096)
    for _ in 0..<100 {
      for _ in 0..<50 { _ = queue.add(request(acme)) }
      let mine = request(globex)
      #expect(queue.add(mine) == nil)
      var before: [StoreRequest] = []
      while !before.contains(where: { $0 === mine }) { before += queue.take(limit) }
      #expect((before.firstIndex { $0 === mine } ?? .max) <= 1)
    }
  }

  @Test func `takes work in the background when nothing else waits, one by itself`() {
    let queue = RequestQueue(capacity: 100)
    let (steps, people) = (
      (0..<2).map { _ in request(acme, .background) },
      [request(acme), request(globex), request(nil)]
    )
    for each in steps + people { #expect(queue.add(each) == nil) }
    #expect(queue.take(10).map(ObjectIdentifier.init) == people.map(ObjectIdentifier.init))
    #expect(queue.take(10).map(ObjectIdentifier.init) == [ObjectIdentifier(steps[0])])
    #expect(queue.take(10).map(ObjectIdentifier.init) == [ObjectIdentifier(steps[1])])
  }

  @Test func `takes work in the background also where others always wait`() {
    let queue = RequestQueue(capacity: 1_000)
    for _ in 0..<3 { #expect(queue.add(request(acme, .background)) == nil) }
    var taken: [StorePriority] = []
    for _ in 0..<27 {
      while queue.depth < 20 { #expect(queue.add(request(acme)) == nil) }
      taken += queue.take(1).map(\.priority)
    }
    let round = Array(repeating: StorePriority.people, count: 8) + [.background]
    #expect(taken == round + round + round)
  }

  @Test func `counts work in the background among what a tenant may have waiting`() {
    let queue = RequestQueue(capacity: 8)
    for _ in 0..<4 { #expect(queue.add(request(acme, .background)) == nil) }
    #expect(queue.add(request(acme))?.code == .unavailable)
  }
}
