import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshTestScale
import Testing

@testable import MeshRPC

@Suite struct `A server that drains` {
  @Test @LoopActor func `finishes the calls it has and takes no more`() async throws {
    let started = Signal()
    let gate = Signal()
    let stage = try Stage(say) { request, _ in
      started.set()
      await gate.wait()
      return request
    }
    let running = Task.immediate { @LoopActor in try await stage.channel.call(say, "last") }
    await started.wait()
    let drained = Signal()
    let drain = Task.immediate { @LoopActor in
      await stage.server.drain(within: .seconds(60))
      drained.set()
    }
    await #expect(throws: SocketError.self) {
      try await StreamSocket.connect(to: stage.address, timeout: .seconds(60))
    }
    #expect(!drained.isSet)
    gate.set()
    #expect(try await running.value == "last")
    await drain.value
    await stage.end()
  }

  @Test @LoopActor func `cancels what is not done within its bound`() async throws {
    let started = Signal()
    let cancelled = Signal()
    let stage = try Stage(say) { _, _ in
      started.set()
      defer { cancelled.set() }
      try await forever()
      return ""
    }
    let running = Task.immediate { @LoopActor in try await stage.channel.call(say, "") }
    await started.wait()
    await stage.server.drain(within: .milliseconds(5))
    await cancelled.wait()
    let error = await #expect(throws: MeshError.self) { try await running.value }
    #expect(error?.code == .unavailable)
    await stage.end()
  }

  @Test @LoopActor func `says so to health checks`() async throws {
    let gate = Signal()
    let stage = try Stage(say) { request, _ in
      await gate.wait()
      return request
    }
    #expect(
      try await stage.channel.call(Health.check, .init(service: "test.v1.Test")).status == .serving
    )
    let unknown = await #expect(throws: MeshError.self) {
      try await stage.channel.call(Health.check, .init(service: "other"))
    }
    #expect(unknown?.code == .notFound)
    stage.server.health.set("test.v1.Test", .notServing)
    #expect(
      try await stage.channel.call(Health.check, .init(service: "test.v1.Test")).status
        == .notServing
    )
    let watch = await RawAnswer.of("/grpc.health.v1.Health/Watch", stage.address)
    #expect(watch == "12")
    gate.set()
    await stage.end()
  }
}

@LoopActor
private enum RawAnswer {
  static func of(_ path: String, _ address: SocketAddress) async -> String? {
    guard let peer = try? await RawPeer(address) else { return nil }
    let answer = await peer.call(path, body: [0, 0, 0, 0, 0])
    peer.close()
    return answer.trailers["grpc-status"]
  }
}

@Suite struct `A channel` {
  @Test @LoopActor func `connects again once the server is back`() async throws {
    let stage = try Stage(say) { request, _ in request }
    #expect(try await stage.channel.call(say, "1") == "1")
    await stage.server.drain(within: .zero)
    let waiting = Task.immediate { @LoopActor in try await stage.channel.call(say, "2") }
    var router = RPCRouter()
    router.add(say) { request, _ in Text("again " + request.text) }
    let next = RPCServer(router: router, authenticate: anonymous)
    try next.listen(on: stage.address)
    #expect(try await waiting.value == "again 2")
    await next.drain(within: .zero)
    await stage.end()
  }

  @Test @LoopActor func `gives up on a service that cannot be reached`() async throws {
    let channel = Channel(
      to: .unix(path: "/nonexistent/s.sock"),
      patience: .milliseconds(50)
    )
    let error = await #expect(throws: MeshError.self) { try await channel.call(say, "") }
    #expect(error?.code == .unavailable)
  }

  @Test @LoopActor func `heeds the deadline while it cannot connect`() async throws {
    let channel = Channel(to: .unix(path: "/nonexistent/s.sock"), patience: .seconds(3600))
    await #expect(throws: MeshError.deadlineExceeded) {
      try await channel.call(say, "", CallOptions(timeout: .milliseconds(30)))
    }
  }

  @Test @LoopActor func `says that a change may have been made when its answer is lost`()
    async throws
  {
    let started = Signal()
    let stage = try Stage(say) { _, _ in
      started.set()
      try await forever()
      return ""
    }
    let running = Task.immediate { @LoopActor in try await stage.channel.call(say, "") }
    await started.wait()
    await stage.server.drain(within: .zero)
    let error = await #expect(throws: MeshError.self) { try await running.value }
    #expect(error?.code == .unavailable && error?.reason == .outcomeUnknown)
    await stage.end()
  }

  @Test(arguments: [
    (RetryClass.never, String?.none, 1), (.noSideEffects, nil, 3), (.idempotencyKey, nil, 1),
    (.idempotencyKey, "key", 3),
  ])
  @LoopActor
  func `repeats a call that may have been done only when that is safe`(
    retry: RetryClass,
    idempotencyKey: String?,
    attempts: Int
  ) async throws {
    let seen = Log<String>()
    let method = method("Retry", retry)
    let stage = try Stage(method) { request, _ in
      seen.entries.append(request.text)
      throw MeshError.unavailable("not now")
    }
    await #expect(throws: MeshError.unavailable("not now")) {
      try await stage.channel.call(method, "x", CallOptions(idempotencyKey: idempotencyKey))
    }
    #expect(seen.entries.count == attempts)
    await stage.end()
  }

  @Test @LoopActor func `does not repeat what failed for another reason`() async throws {
    let seen = Log<String>()
    let method = method("Retry", .noSideEffects)
    let stage = try Stage(method) { request, _ in
      seen.entries.append(request.text)
      throw MeshError.failedPrecondition("never")
    }
    await #expect(throws: MeshError.self) { try await stage.channel.call(method, "x") }
    #expect(seen.entries.count == 1)
    await stage.end()
  }

  @Test @LoopActor func `uses its replicas in turn`() async throws {
    let seen = Log<Int>()
    let stages = try (0..<3).map { number in
      try Stage(say) { request, _ in
        seen.entries.append(number)
        return request
      }
    }
    let channel = Channel(to: stages.map(\.address))
    for _ in 0..<6 { _ = try await channel.call(say, "") }
    #expect(seen.entries.prefix(3).sorted() == [0, 1, 2])
    #expect(Array(seen.entries.prefix(3)) == Array(seen.entries.suffix(3)))
    channel.close()
    for stage in stages { await stage.end() }
  }

  @Test @LoopActor func `makes raw calls for those who only pass bytes on`() async throws {
    let stage = try Stage(say) { request, _ in request }
    let reply = try await stage.channel.unary(path: say.path, body: Text("raw").wireBytes())
    #expect(Array(reply.message) == Text("raw").wireBytes())
    #expect(reply.trailers.isEmpty)
    await stage.end()
  }

  @Test func `retries little`() {
    var budget = RetryBudget()
    var taken = 0
    while budget.takeRetry() { taken += 1 }
    #expect(taken == 10)
    for _ in 0..<9 { budget.succeeded() }
    let beforeTheTenth = budget.takeRetry()
    budget.succeeded()
    let afterTheTenth = budget.takeRetry()
    #expect(!beforeTheTenth && afterTheTenth)
  }

  @Test func `waits longer and longer, within bounds`() {
    var backoff = Backoff(base: .milliseconds(20), limit: .seconds(2))
    var random = SeededRandom()
    let waits = (0..<40).map { _ in backoff.next(using: &random) }
    #expect(waits[0] >= .milliseconds(10) && waits[0] <= .milliseconds(20))
    #expect(waits.suffix(20).allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(2) })
    backoff.reset()
    let first = backoff.next(using: &random)
    #expect(first <= .milliseconds(20))
  }
}

@Suite struct `What a call says of itself` {
  @Test @LoopActor func `reaches the handler: peer, origin, metadata, request id`() async throws {
    let heads = Log<CallHead>()
    let calls = Log<Call>()
    let stage = try Stage(
      authenticate: { (head) throws(MeshError) in
        LoopActor.assumeIsolated { heads.entries.append(head) }
        return Caller(tenant: nil, identity: .anonymous)
      },
      { router in
        router.add(say) { request, call in
          calls.entries.append(call)
          return request
        }
      }
    )
    var metadata = Metadata()
    metadata.add("x-one", "1")
    metadata.addBinary("x-two-bin", [0, 255, 10])
    let origin = Origin(
      requestID: "r1",
      address: "203.0.113.9",
      agent: "test",
      traceparent: "00-a-b-01"
    )
    _ = try await stage.channel.call(
      say,
      "",
      CallOptions(idempotencyKey: "key", origin: origin, metadata: metadata)
    )
    let call = try #require(calls.entries.first)
    #expect(heads.entries.first?.peer?.isTrusted == true)
    #expect(call.path == say.path)
    #expect(call.origin == origin)
    #expect(call.idempotencyKey == "key")
    #expect(call.metadata["x-one"] == "1")
    #expect(call.metadata.binary("x-two-bin") == [0, 255, 10])
    #expect(call.metadata.entries.allSatisfy { !$0.key.hasPrefix(":") && $0.key != "te" })
    await stage.end()
  }

  @Test @LoopActor func `includes a request id of its own when it came without`() async throws {
    let seen = Log<Origin>()
    let back = try Stage(say) { request, call in
      seen.entries.append(call.origin)
      return request
    }
    let front = try Stage(say) { request, call in
      seen.entries.append(call.origin)
      return try await back.channel.call(say, request)
    }
    _ = try await front.channel.call(say, "")
    _ = try await front.channel.call(say, "")
    let ids = seen.entries.map(\.requestID)
    #expect(ids.count == 4 && !ids[0].isEmpty)
    // A handler's own calls carry on its id.
    #expect(ids[0] == ids[1] && ids[2] == ids[3] && ids[0] != ids[2])
    await front.end()
    await back.end()
  }
}
