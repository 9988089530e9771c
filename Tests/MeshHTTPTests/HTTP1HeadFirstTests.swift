import MeshCore
import MeshLoop
import Testing

@testable import MeshHTTP

private let end = "\r\n\r\n"

private func post(_ fields: String, _ path: String = "/a") -> String {
  "POST \(path) HTTP/1.1\r\nHost: x\r\n\(fields)\(end)"
}

@LoopActor
private final class Count {
  var value = 0
  nonisolated init() {}
}

/// A server that counts what its handler sees.
@LoopActor
private struct Stage {
  private let handledCount = Count()
  private let admittedCount = Count()
  var handled: Int { handledCount.value }
  var admitted: Int { admittedCount.value }
  let server: HTTP1Server
  let address: SocketAddress

  init(
    limits: HTTP1Limits = HTTP1Limits(),
    admission: @escaping HTTP1Server.Admission = { _ in .accept(maxBodyBytes: .max) }
  ) throws {
    server = HTTP1Server(
      limits: limits,
      admission: { [admittedCount] head in
        admittedCount.value += 1
        return admission(head)
      },
      handler: { [handledCount] request in
        handledCount.value += 1
        return HTTPResponse(200, body: Array("\(request.body.count) bytes".utf8))
      }
    )
    address = try server.listen(on: .tcp(host: "127.0.0.1", port: 0))
  }
}

@LoopActor
@Suite struct `A request whose head is judged first` {
  @Test func `is refused before its body came, and the connection ends`() async throws {
    let stage = try Stage { head in
      .refuse(HTTPResponse(401, headers: ["x-path": head.target], body: Array("no".utf8)))
    }
    let client = try await RawClient(stage.address)
    client.send(post("Content-Length: 4000000"))
    let text = await client.receive("\r\n\r\nno")
    #expect(text.hasPrefix("HTTP/1.1 401 "))
    #expect(text.contains("connection: close\r\n") && text.contains("x-path: /a\r\n"))
    client.send(String(repeating: "x", count: 2 << 20) + post("Content-Length: 0"))
    #expect(await client.receiveEnd() == text, "what follows is read for a while and thrown away")
    #expect(stage.handled == 0)
    #expect(stage.server.heldBytes == 0)
    await stage.server.drain(within: .seconds(5))
  }

  @Test func `is asked for a body only when its head was accepted`() async throws {
    let stage = try Stage { head in
      head.target == "/a" ? .accept(maxBodyBytes: 10) : .refuse(HTTPResponse(404))
    }
    let fields = "Expect: 100-continue\r\nContent-Length: 2"
    let good = try await RawClient(stage.address)
    good.send(post(fields))
    #expect(await good.receive(end) == "HTTP/1.1 100 Continue\(end)")
    good.send("ok")
    #expect(await good.receive("2 bytes").contains("HTTP/1.1 200 OK"))
    let bad = try await RawClient(stage.address)
    bad.send(post(fields, "/b"))
    let text = await bad.receive(end)
    #expect(text.hasPrefix("HTTP/1.1 404 ") && !text.contains("100 Continue"))
    good.close()
    bad.close()
    await stage.server.drain(within: .seconds(5))
  }

  @Test(arguments: ["Content-Length: 11", "Transfer-Encoding: chunked"])
  func `has a body of the size that its head may have`(framing: String) async throws {
    let stage = try Stage { _ in .accept(maxBodyBytes: 10) }
    let client = try await RawClient(stage.address)
    client.send(post(framing))
    if framing.hasSuffix("chunked") { client.send("5\r\n01234\r\n6\r\n") }
    #expect(await client.receive("413").hasPrefix("HTTP/1.1 413 "))
    #expect(stage.handled == 0 && stage.admitted == 1)
    client.close()
    await stage.server.drain(within: .seconds(5))
  }

  @Test func `shares a budget of bytes, which come back on every way out`() async throws {
    var limits = HTTP1Limits()
    limits.freeBytes = 100
    limits.maxHeldBytes = 50_000
    let stage = try Stage(limits: limits)
    let part = String(repeating: "x", count: 40_000)
    let first = try await RawClient(stage.address)
    first.send(post("Expect: 100-continue\r\nContent-Length: 80000"))
    _ = await first.receive(end)
    first.send(part)
    // Another's answer shows that the first part has been read.
    let other = try await RawClient(stage.address)
    var times = 0
    repeat {
      other.send(post("Content-Length: 2") + "ok")
      times += 1
      _ = await other.receive("2 bytes", times: times)
    } while stage.server.heldBytes < 39_900
    #expect(stage.server.heldBytes <= limits.maxHeldBytes)
    let second = try await RawClient(stage.address)
    second.send(post("Content-Length: 40000") + part)
    let refusal = await second.receive(end)
    #expect(refusal.hasPrefix("HTTP/1.1 503 ") && refusal.contains("connection: close"))
    first.close()
    second.close()
    repeat {
      other.send(post("Content-Length: 2") + "ok")
      times += 1
      _ = await other.receive("2 bytes", times: times)
    } while stage.server.heldBytes > 0
    let third = try await RawClient(stage.address)
    third.send(post("Content-Length: 40000") + part)
    #expect(await third.receive("40000 bytes").hasPrefix("HTTP/1.1 200 "))
    #expect(stage.server.heldBytes == 0)
    third.close()
    other.close()
    await stage.server.drain(within: .seconds(5))
  }

  @Test func `is cut off when its body drips`() async throws {
    var limits = HTTP1Limits()
    limits.rateWindow = .milliseconds(50)
    limits.minBytesPerSecond = 100_000
    let stage = try Stage(limits: limits)
    let client = try await RawClient(stage.address)
    client.send(post("Content-Length: 1000") + "x")
    #expect(await client.receive("408").hasPrefix("HTTP/1.1 408 "))
    client.close()
    await stage.server.drain(within: .seconds(5))
  }
}

@LoopActor
@Suite struct `Connections of an HTTP/1.1 server` {
  private let get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n"

  @Test func `are limited for each address, where the idle ones give way`() async throws {
    var limits = HTTP1Limits()
    limits.maxConnectionsPerAddress = 2
    let stage = try Stage(limits: limits)
    let idle = try await RawClient(stage.address)
    idle.send(get)
    _ = await idle.receive("0 bytes")
    let busy = try await RawClient(stage.address)
    busy.send(post("Expect: 100-continue\r\nContent-Length: 2"))
    _ = await busy.receive(end)
    let third = try await RawClient(stage.address)
    third.send(post("Expect: 100-continue\r\nContent-Length: 2"))
    _ = await third.receive(end)
    #expect(await idle.receiveEnd().contains("0 bytes"), "the idle one gave way")
    let fourth = try await RawClient(stage.address)
    #expect(await fourth.receiveEnd() == "", "those at work do not")
    busy.send("ok")
    #expect(await busy.receive("2 bytes").contains("200 OK"))
    busy.close()
    third.close()
    await stage.server.drain(within: .seconds(5))
    #expect(stage.server.connectionCount == 0)
  }

  @Test func `of a trusted proxy are not limited, and each request has its client`() async throws {
    var limits = HTTP1Limits()
    limits.maxConnectionsPerAddress = 1
    limits.proxies = TrustedProxies([try #require(IPRange("127.0.0.0/8"))])
    let server = HTTP1Server(limits: limits) { request in
      HTTPResponse(200, body: Array("\(request.remoteAddress) \(request.isSecure);".utf8))
    }
    let address = try server.listen(on: .tcp(host: "127.0.0.1", port: 0))
    let first = try await RawClient(address)
    first.send(get)
    #expect(await first.receive(";").hasSuffix("127.0.0.1 false;"))
    let second = try await RawClient(address)
    second.send(
      "GET /a HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.9, 198.51.100.7\r\n"
        + "X-Forwarded-Proto: https\r\n\r\n"
    )
    #expect(await second.receive(";").hasSuffix("198.51.100.7 true;"))
    first.close()
    second.close()
    await server.drain(within: .seconds(5))
  }

  @Test func `that do not take their answers give way once these use up their budget`()
    async throws
  {
    var limits = HTTP1Limits()
    limits.maxUnsentBytes = 40 << 20
    let server = HTTP1Server(limits: limits) { _ in
      HTTPResponse(200, body: [UInt8](repeating: 0x78, count: 16 << 20))
    }
    let address = try server.listen(on: .tcp(host: "127.0.0.1", port: 0))
    var deaf: [RawClient] = []
    for _ in 0..<6 {
      let client = try await RawClient(address)
      client.setReading(false)
      client.send(get)
      deaf.append(client)
    }
    // One that reads is answered, so that the others have been before.
    let reader = try await RawClient(address)
    reader.send(get)
    _ = await reader.receive("xxxx")
    #expect(server.unsentBytes <= limits.maxUnsentBytes)
    #expect(server.connectionCount < 7, "the slowest were cut off")
    for client in deaf { client.close() }
    reader.close()
    await server.drain(within: .seconds(5))
    #expect(server.unsentBytes == 0)
  }
}

@Suite struct `The client behind a proxy` {
  private let proxies = TrustedProxies(
    ["10.0.0.0/8", "2001:db8:1::/48"].compactMap { IPRange($0) }
  )

  private func client(
    _ headers: HTTPHeaders,
    _ proxies: TrustedProxies? = nil
  ) throws -> String {
    let proxy = try #require(IPAddress("10.0.0.1"))
    let (address, isSecure) = (proxies ?? self.proxies).client(behind: proxy, headers)
    return "\(address) \(isSecure.map(String.init) ?? "-")"
  }

  @Test func `is the right-most address that no trusted proxy has`() throws {
    #expect(try client(["x-forwarded-for": "1.2.3.4"]) == "1.2.3.4 -")
    #expect(try client(["x-forwarded-for": "9.9.9.9, 1.2.3.4, 10.2.3.4"]) == "1.2.3.4 -")
    #expect(try client(["x-forwarded-for": "9.9.9.9,1.2.3.4:5678"]) == "1.2.3.4 -")
    #expect(try client(["x-forwarded-for": "[2001:db8:2::7]:443"]) == "2001:db8:2::7 -")
    #expect(try client(["x-forwarded-for": "1.2.3.4, 2001:db8:1::9"]) == "1.2.3.4 -")
    #expect(try client(["x-forwarded-for": "1.2.3.4, ::ffff:10.0.0.3"]) == "1.2.3.4 -")
  }

  @Test(arguments: ["", "unknown", "9.9.9.9, nonsense", "10.0.0.1 10.0.0.2"])
  func `is the proxy where nothing sensible is said`(text: String) throws {
    #expect(try client(["x-forwarded-for": text]) == "10.0.0.1 -")
  }

  @Test func `may come over https, as the nearest proxy says`() throws {
    #expect(try client(["x-forwarded-proto": "HTTPS"]) == "10.0.0.1 true")
    #expect(try client(["x-forwarded-proto": "https, http"]) == "10.0.0.1 false")
    #expect(try client(["x-forwarded-proto": "http\u{17F}"]) == "10.0.0.1 false")
  }

  @Test func `is read from the one header that the proxies write`() throws {
    let both: HTTPHeaders = [
      "x-forwarded-for": "1.2.3.4",
      "forwarded": "for=9.9.9.9;proto=http, For=\"[2001:db8:2::7]:1\";Proto=https;by=10.0.0.1",
    ]
    #expect(try client(both) == "1.2.3.4 -")
    let ranges = ["10.0.0.0/8"].compactMap { IPRange($0) }
    let forwarded = TrustedProxies(ranges, header: .forwarded)
    #expect(try client(both, forwarded) == "2001:db8:2::7 true")
    #expect(
      try client(["forwarded": "for=\"x, for=1.2.3.4;proto=https"], forwarded) == "1.2.3.4 true"
    )
    #expect(try client(["x-forwarded-for": "1.2.3.4"], forwarded) == "10.0.0.1 -")
  }
}
