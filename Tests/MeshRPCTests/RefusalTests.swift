import MeshCore
import MeshHTTP
import MeshLoop
import Testing

@testable import MeshRPC

@Suite struct `A server refuses` {
  @LoopActor
  private func answer(
    _ body: [UInt8],
    path: String = say.path,
    _ more: KeyValuePairs<String, String> = [:],
    contentType: String = "application/grpc",
    method: String = "POST"
  ) async throws -> RawPeer.Answer {
    let stage = try Stage(say) { request, _ in request }
    let peer = try await RawPeer(stage.address)
    let answer = await peer.call(path, body: body, more, contentType: contentType, method: method)
    peer.close()
    await stage.end()
    return answer
  }

  private static let hello = GRPCFrame.encode(Text("hello"))

  @Test @LoopActor func `nothing that is right`() async throws {
    for type in ["application/grpc", "application/grpc+proto", "application/grpc;charset=utf-8"] {
      let answer = try await answer(Self.hello, contentType: type)
      #expect(answer.trailers["grpc-status"] == "0")
      #expect(answer.body == Self.hello)
      #expect(answer.code == HTTP2ErrorCode.none)
    }
  }

  @Test @LoopActor func `a path without a method`() async throws {
    let answer = try await answer(Self.hello, path: "/test.v1.Test/Sing")
    #expect(answer.trailers["grpc-status"] == "12")
    #expect(answer.head[":status"] == "200")
  }

  @Test(arguments: ["application/json", "application/grpcx", "application/grpc+json"])
  @LoopActor func `what is not gRPC`(type: String) async throws {
    #expect(try await answer(Self.hello, contentType: type).head[":status"] == "415")
  }

  @Test @LoopActor func `other HTTP methods than POST`() async throws {
    #expect(try await answer([], method: "GET").head[":status"] == "405")
  }

  @Test @LoopActor func `compressed messages`() async throws {
    let answer = try await answer([1, 0, 0, 0, 1, 0])
    #expect(answer.trailers["grpc-status"] == "12")
  }

  @Test(
    arguments: [
      [], [0, 0], [0, 0, 0, 0, 4, 10], [0, 0, 0, 0, 1, 10], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 3, 10, 1, 0xFF], [0, 0, 0, 0, 3, 10, 1, 0],
    ] as [[UInt8]]
  )
  @LoopActor func `bytes that are not one whole message`(body: [UInt8]) async throws {
    let error = MeshError.received(in: try await answer(body).trailers)
    #expect(error?.code == .invalidArgument)
    #expect(error?.reason == .malformed)
  }

  @Test @LoopActor func `text that is not UTF-8, and names the field`() async throws {
    let error = MeshError.received(in: try await answer([0, 0, 0, 0, 3, 10, 1, 0xFF]).trailers)
    #expect(error?.violations.map(\.field) == ["text"])
  }

  @Test @LoopActor func `a malformed timeout`() async throws {
    let error = try await answer(Self.hello, ["grpc-timeout": "soon"]).trailers["grpc-status"]
    #expect(error == "3")
  }

  @Test @LoopActor func `a message beyond the method's size, before all of it came`() async throws {
    let body = GRPCFrame.encode(Text(String(repeating: "x", count: 4 << 20)))
    let answer = try await answer(body)
    #expect(answer.trailers["grpc-status"] == "8")
    #expect(MeshError.received(in: answer.trailers)?.reason == .tooLarge)
  }

  @Test @LoopActor func `callers that the authentication refuses, before the handler`() async throws
  {
    let stage = try Stage(
      authenticate: { (head) throws(MeshError) in
        guard head.metadata["authorization"] == "Bearer right" else {
          throw .unauthenticated("no valid token")
        }
        return Caller(tenant: nil, identity: .system("test"))
      },
      { router in
        router.add(say) { _, call in Text(call.caller.actor) }
      }
    )
    await #expect(throws: MeshError.unauthenticated("no valid token")) {
      try await stage.channel.call(say, "")
    }
    let options = CallOptions(authorization: .bearer("right"))
    #expect(try await stage.channel.call(say, "", options) == "system:test")
    // Before any byte of the body: the request never ends.
    let peer = try await RawPeer(stage.address)
    let refused = await peer.call(say.path, body: [UInt8](repeating: 0, count: 4 << 20))
    #expect(refused.trailers["grpc-status"] == "16")
    #expect(refused.code == HTTP2ErrorCode.none)
    peer.close()
    // Health asks for nobody.
    let health = try await stage.channel.call(Health.check, .init(service: ""))
    #expect(health.status == .serving)
    await stage.end()
  }
}

@Suite struct `A failure` {
  @Test @LoopActor func `arrives with its code, reason, fields and facts`() async throws {
    let error = MeshError(
      code: .failedPrecondition,
      reason: .tenantSuspended,
      message: "100 % – ça ne va pas\n",
      violations: [FieldViolation(field: "a.b", description: "must be ≥ 0")],
      metadata: ["tenant": "acme", "since": "2026"]
    )
    let stage = try Stage(say) { _, _ in throw error }
    await #expect(throws: error) { try await stage.channel.call(say, "") }
    await stage.end()
  }

  @Test @LoopActor func `that is no MeshError is told as INTERNAL and to the observer`()
    async throws
  {
    struct Secret: Error {}
    let failed = Log<String>()
    let completed = Log<StatusCode>()
    let observer = RPCObserver(
      completed: { path, status, _ in
        if path == say.path { completed.entries.append(status) }
      },
      failed: { call, error in failed.entries.append("\(call.path) \(error)") }
    )
    let stage = try Stage(observer: observer) { router in
      router.add(say) { (_, _) -> Text in throw Secret() }
    }
    await #expect(throws: MeshError.internalFailure()) { try await stage.channel.call(say, "") }
    #expect(failed.entries == ["/test.v1.Test/Say Secret()"])
    #expect(completed.entries == [.internalError])
    await stage.end()
  }

  @Test @LoopActor func `that is too long for headers still arrives with its code`() async throws {
    let metadata = ["long": String(repeating: "x", count: 40_000)]
    let stage = try Stage(say) { _, _ in
      throw MeshError(
        code: .aborted,
        reason: .staleEtag,
        message: String(repeating: "é", count: 20_000),
        metadata: metadata
      )
    }
    let error = await #expect(throws: MeshError.self) { try await stage.channel.call(say, "") }
    #expect(error?.code == .aborted)
    await stage.end()
  }

  @Test(
    arguments: [
      "x", "%", "é", "😀", "\u{301}", "\n",
    ]
  )
  func `fits in 8 KiB of trailers, whatever it repeats of its request`(letter: String) throws {
    let long = String(repeating: letter, count: 29_000)
    var metadata: [String: String] = [:]
    for index in 0..<50 { metadata["\(index) \(long)"] = long }
    let error = MeshError(
      code: .invalidArgument,
      reason: .invalidField,
      message: long,
      violations: Array(repeating: FieldViolation(field: long, description: long), count: 300),
      metadata: metadata
    )
    var fields = HTTP2Fields()
    error.add(to: &fields)
    // As HTTP/2 counts them (RFC 9113, section 6.5.2).
    #expect(fields.byteCount + 32 * fields.count <= 8 << 10)
    let received = try #require(MeshError.received(in: fields))
    #expect(received.reason == .invalidField)
    #expect(received.violations.count >= 1)
    #expect(long.utf8.starts(with: received.message.utf8) && received.message.utf8.count > 1_000)
    let message = GRPCMessage.decode(fields["grpc-message"] ?? "-")
    #expect(long.utf8.starts(with: message.utf8))
  }

  @Test func `keeps the whole of an ordinary one`() throws {
    let error = MeshError.invalid(
      (0..<20).map {
        FieldViolation(field: "leads[\($0)].email", description: "must be an address")
      }
    )
    var fields = HTTP2Fields()
    error.add(to: &fields)
    #expect(MeshError.received(in: fields) == error)
  }

  @Test @LoopActor func `reaches its caller wherever its message is cut`() async throws {
    let stage = try Stage(say) { request, _ in
      throw MeshError(code: .aborted, reason: .invalidField, message: request.text)
    }
    for first in ["", "a"] {
      // One of them is cut behind a blank.
      let words = first + String(repeating: " b", count: 900)
      let error = await #expect(throws: MeshError.self) {
        try await stage.channel.call(say, Text(words))
      }
      #expect(error?.code == .aborted)
    }
    await stage.end()
  }

  @Test(arguments: ["plain", "100%", "é\n\u{0}", "%4", "%zz", "", " ", "  two ", "\tone\t"])
  func `has a message that survives its encoding`(text: String) {
    let encoded = GRPCMessage.encode(text)
    #expect(encoded.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F })
    #expect(encoded.first != " " && encoded.last != " ")
    #expect(GRPCMessage.decode(encoded) == text)
  }
}
