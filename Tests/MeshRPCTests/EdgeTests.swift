import MeshCore
import MeshHTTP
import MeshLoop
import Testing

@testable import MeshRPC

/// A server whose peers are not to be trusted.
@LoopActor
@Suite struct `A server of peers that are not trusted` {
  private let budget = ByteBudget(limit: 100_000)
  private static let large = method("Large", maxBytes: 1 << 20)

  private var limits: RPCServerLimits {
    var limits = RPCServerLimits()
    limits.internal.budget = budget
    limits.internal.minBytesPerSecond = 10_000
    limits.internal.rateWindow = .milliseconds(20)
    return limits
  }

  @Test func `shares a budget of bytes, which come back with every call`() async throws {
    let stage = try Stage(limits: limits) { router in
      router.add(Self.large) { request, _ in Text("\(request.text.utf8.count)") }
    }
    let text = { Text(String(repeating: "x", count: $0)) }
    let error = await #expect(throws: MeshError.self) {
      try await stage.channel.call(Self.large, text(150_000))
    }
    #expect(error?.reason == .tooLarge)
    #expect(try await stage.channel.call(Self.large, text(90_000)) == "90000")
    #expect(budget.used == 0)
    await stage.end()
  }

  @Test func `keeps no answers beyond the budget for those who do not take them`() async throws {
    let stage = try Stage(limits: limits) { router in
      router.add(say) { _, _ in Text(String(repeating: "x", count: 150_000)) }
    }
    let peer = try await RawPeer(stage.address)
    let answer = await peer.call(say.path, body: GRPCFrame.encode(Text("")))
    #expect(answer.code == .enhanceYourCalm)
    #expect(budget.used == 0)
    peer.close()
    await stage.end()
  }

  @Test func `cuts off a body that drips`() async throws {
    let ended = Signal()
    let completed = Log<StatusCode>()
    let observer = RPCObserver(completed: { _, status, _ in
      completed.entries.append(status)
      ended.set()
    })
    let stage = try Stage(observer: observer, limits: limits) { router in
      router.add(say) { request, _ in request }
    }
    let socket = try await StreamSocket.connect(to: stage.address, timeout: .seconds(60))
    socket.start(received: { _ in }, ended: { _ in })
    socket.write(Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8))
    socket.write(Self.frame(type: 4, flags: 0, stream: 0, []))
    let fields = [
      (":method", "POST"), (":scheme", "http"), (":path", say.path), (":authority", "x"),
      ("content-type", "application/grpc"), ("te", "trailers"),
    ]
    // Literal fields that are not indexed (RFC 7541, section 6.2.2).
    var block: [UInt8] = []
    for (name, value) in fields {
      block += [0, UInt8(name.utf8.count)]
      block += Array(name.utf8) + [UInt8(value.utf8.count)]
      block += Array(value.utf8)
    }
    socket.write(Self.frame(type: 1, flags: 4, stream: 1, block))
    socket.write(Self.frame(type: 0, flags: 0, stream: 1, [0, 0, 0, 1]))
    await ended.wait()
    #expect(completed.entries == [.deadlineExceeded])
    socket.close()
    await stage.end()
  }

  private static func frame(
    type: UInt8,
    flags: UInt8,
    stream: UInt8,
    _ payload: [UInt8]
  ) -> [UInt8] {
    [0, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF), type, flags, 0, 0, 0, stream]
      + payload
  }
}
