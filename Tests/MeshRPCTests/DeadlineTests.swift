import MeshCore
import MeshHTTP
import MeshLoop
import Testing

@testable import MeshRPC

@Suite struct `A deadline` {
  @Test @LoopActor func `ends the call on both sides`() async throws {
    let cancelled = Signal()
    let stage = try Stage(say) { _, _ in
      defer { cancelled.set() }
      try await forever()
      return ""
    }
    await #expect(throws: MeshError.deadlineExceeded) {
      try await stage.channel.call(say, "", CallOptions(timeout: .milliseconds(20)))
    }
    await cancelled.wait()
    await stage.end()
  }

  @Test @LoopActor func `is told by the server when the client does not keep it itself`()
    async throws
  {
    let stage = try Stage(say) { _, _ in
      try await forever()
      return ""
    }
    let peer = try await RawPeer(stage.address)
    let answer = await peer.call(
      say.path,
      body: GRPCFrame.encode(Text("x")),
      ["grpc-timeout": "5m"]
    )
    #expect(answer.trailers["grpc-status"] == "4")
    await stage.end()
  }

  @Test @LoopActor func `that has passed keeps the handler from starting`() async throws {
    let stage = try Stage(say) { _, _ in
      Issue.record("the handler ran")
      return ""
    }
    let peer = try await RawPeer(stage.address)
    let answer = await peer.call(
      say.path,
      body: GRPCFrame.encode(Text("x")),
      ["grpc-timeout": "0n"]
    )
    #expect(answer.trailers["grpc-status"] == "4")
    await stage.end()
  }

  @Test @LoopActor func `travels to the calls a handler makes, and shrinks`() async throws {
    let seen = Log<Duration>()
    let back = try Stage(say) { _, call in
      seen.entries.append(call.deadline?.remaining ?? .zero)
      return ""
    }
    let front = try Stage(say) { request, call in
      seen.entries.append(call.deadline?.remaining ?? .zero)
      return try await back.channel.call(say, request)
    }
    _ = try await front.channel.call(say, "", CallOptions(timeout: .seconds(100)))
    #expect(seen.entries.count == 2)
    #expect(seen.entries[0] <= .seconds(100) && seen.entries[0] > .seconds(5))
    #expect(seen.entries[1] < seen.entries[0] - .milliseconds(15))
    #expect(seen.entries[1] > .seconds(5))
    await front.end()
    await back.end()
  }

  @Test @LoopActor func `of a longer timeout does not outlast the one inherited`() async throws {
    let seen = Log<Duration>()
    let back = try Stage(say) { _, call in
      seen.entries.append(call.deadline?.remaining ?? .zero)
      return ""
    }
    let front = try Stage(say) { request, _ in
      try await back.channel.call(say, request, CallOptions(timeout: .seconds(600)))
    }
    _ = try await front.channel.call(say, "", CallOptions(timeout: .seconds(100)))
    #expect(seen.entries.first.map { $0 < .seconds(100) } == true)
    await front.end()
    await back.end()
  }

  @Test(arguments: [
    ("1n", Duration.nanoseconds(1)), ("20u", .microseconds(20)), ("5m", .milliseconds(5)),
    ("10S", .seconds(10)), ("2M", .seconds(120)), ("3H", .seconds(10_800)),
    ("99999999H", .seconds(99_999_999 * 3600)),
  ])
  func `is read in every unit`(text: String, duration: Duration) {
    #expect(Array(text.utf8).withUnsafeBytes { GRPCTimeout.parse($0) } == duration)
  }

  @Test(arguments: ["", "5", "m", "-1S", "1.5S", "123456789S", "5x", " 5S"])
  func `that is malformed is refused`(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { GRPCTimeout.parse($0) } == nil)
  }

  @Test(arguments: [
    (Duration.zero, "0n"), (.seconds(-1), "0n"), (.milliseconds(20), "20000000n"),
    (.seconds(10), "10000000u"), (.seconds(86_400), "86400000m"),
    (.seconds(1 << 40), "99999999H"),
  ])
  func `is written in the finest unit that holds it`(duration: Duration, text: String) {
    #expect(GRPCTimeout.format(duration) == text)
  }
}

@Suite struct `Cancelling a call` {
  @Test @LoopActor func `cancels its handler`() async throws {
    let started = Signal()
    let cancelled = Signal()
    let stage = try Stage(say) { _, _ in
      started.set()
      defer { cancelled.set() }
      try await forever()
      return ""
    }
    let task = Task.immediate { @LoopActor in try await stage.channel.call(say, "") }
    await started.wait()
    task.cancel()
    await #expect(throws: MeshError.cancelled) { try await task.value }
    await cancelled.wait()
    await stage.end()
  }

  @Test @LoopActor func `reaches through all that the handler calls`() async throws {
    let started = Signal()
    let cancelled = Signal()
    let back = try Stage(say) { _, _ in
      started.set()
      defer { cancelled.set() }
      try await forever()
      return ""
    }
    let front = try Stage(say) { request, _ in try await back.channel.call(say, request) }
    let task = Task.immediate { @LoopActor in try await front.channel.call(say, "") }
    await started.wait()
    task.cancel()
    await cancelled.wait()
    await #expect(throws: MeshError.cancelled) { try await task.value }
    await front.end()
    await back.end()
  }

  @Test @LoopActor func `happens to every call of a connection that is lost`() async throws {
    let started = Signal()
    let cancelled = Signal()
    let stage = try Stage(say) { _, _ in
      started.set()
      defer { cancelled.set() }
      try await forever()
      return ""
    }
    let peer = try await RawPeer(stage.address)
    peer.begin(say.path, body: GRPCFrame.encode(Text("x")))
    await started.wait()
    peer.close()
    await cancelled.wait()
    await stage.end()
  }
}
