import Testing

@testable import MeshHTTP

/// Everything one connection's bytes make: requests, and the refusal that ended it.
struct Parsed {
  var requests: [HTTPRequest] = []
  var keepAlive: [Bool] = []
  var continues = 0
  var refusal: HTTP1Error?

  init(_ text: String, step: Int = .max, limits: HTTP1Limits = HTTP1Limits()) {
    self.init(bytes: Array(text.utf8), step: step, limits: limits)
  }

  /// Gives the parser `step` bytes at a time.
  init(bytes: [UInt8], step: Int = .max, limits: HTTP1Limits = HTTP1Limits()) {
    var parser = HTTP1Parser(limits: limits)
    var position = 0
    do throws(HTTP1Error) {
      while position < bytes.count {
        let end = position + min(step, bytes.count - position)
        parser.append(bytes[position..<end])
        position = end
        while let event = try parser.next() {
          guard case .request(let request, let keepAlive) = event else {
            continues += 1
            continue
          }
          requests.append(request)
          self.keepAlive.append(keepAlive)
        }
      }
    } catch {
      refusal = error
    }
  }
}

private let host = "Host: acme.localhost\r\n"

@Suite struct `An HTTP/1.1 request` {
  @Test(arguments: [1, 2, 3, 7, 1000]) func `is the same however its bytes arrive`(step: Int) {
    let text =
      "POST /api/v1/leads?a=b HTTP/1.1\r\n\(host)Content-Length: 5\r\nX-One:  two \t\r\n\r\nhello"
      + "GET /next HTTP/1.1\r\n\(host)Connection: Close\r\n\r\n"
    let parsed = Parsed(text, step: step)
    #expect(parsed.refusal == nil)
    #expect(parsed.requests.map(\.method) == ["POST", "GET"])
    #expect(parsed.requests.map(\.target) == ["/api/v1/leads?a=b", "/next"])
    #expect(parsed.requests.first?.path == "/api/v1/leads")
    #expect(parsed.requests.first?.query == "a=b")
    #expect(parsed.requests.first?.body == Array("hello".utf8))
    #expect(parsed.requests.first?.headers["x-ONE"] == "two")
    #expect(parsed.requests.first?.authority == "acme.localhost")
    #expect(parsed.keepAlive == [true, false])
  }

  @Test(arguments: [1, 5, 1000]) func `has its chunks joined and trailers dropped`(step: Int) {
    let parsed = Parsed(
      "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: Chunked\r\n\r\n"
        + "4\r\nWiki\r\n6;x=y\r\npedia \r\nE\r\nin \r\n\r\nchunks.\r\n0\r\nT: v\r\n\r\n"
        + "GET /after HTTP/1.1\r\n\(host)\r\n",
      step: step
    )
    #expect(parsed.refusal == nil)
    #expect(parsed.requests.first?.body == Array("Wikipedia in \r\n\r\nchunks.".utf8))
    #expect(parsed.requests.last?.target == "/after")
  }

  @Test func `may name its host in the target, which then counts`() {
    let parsed = Parsed("GET http://Globex.localhost:8080?x HTTP/1.1\r\n\(host)\r\n")
    #expect(parsed.requests.first?.authority == "globex.localhost:8080")
    #expect(parsed.requests.first?.host == "globex.localhost")
    #expect(parsed.requests.first?.target == "/?x")
  }

  @Test func `of HTTP/1.0 needs no host and ends its connection`() {
    let parsed = Parsed("GET /livez HTTP/1.0\r\n\r\n")
    #expect(parsed.requests.first?.target == "/livez")
    #expect(parsed.keepAlive == [false])
  }

  @Test func `may wait for 100 Continue, once`() {
    let head = "POST / HTTP/1.1\r\n\(host)Content-Length: 2\r\nExpect: 100-Continue\r\n\r\n"
    #expect(Parsed(head).continues == 1)
    #expect(Parsed(head + "ok").continues == 0)
    let slow = Parsed(head + "ok", step: head.utf8.count)
    #expect(slow.continues == 1)
    #expect(slow.requests.count == 1)
  }

  @Test(
    arguments: [
      ("GET / HTTP/1.1\n\(host)\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A: b\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A: b\rC: d\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A: b\r\n  folded\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n folded\r\n\(host)\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A : b\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host): b\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A: \u{0}\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)A: \u{7F}\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\n\(host)\(host)\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: user@a\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost:\r\n\r\n", 400),
      ("GET  / HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET / HTTP/1.1 \r\n\(host)\r\n", 400),
      ("GET /\r\n\(host)\r\n", 400),
      ("G(T / HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /a b HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /\u{E9} HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET /#f HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET a HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET ftp://a/ HTTP/1.1\r\n\(host)\r\n", 400),
      ("CONNECT a:443 HTTP/1.1\r\n\(host)\r\n", 400),
      ("GET / http/1.1\r\n\(host)\r\n", 400),
      ("GET / HTTP/11\r\n\(host)\r\n", 400),
      ("GET / HTTP/2.0\r\n\(host)\r\n", 505),
      ("\r\n\r\nGET / HTTP/1.1\r\n\(host)\r\n", 400),
      ("PUT / HTTP/1.1\r\n\(host)Expect: money\r\n\r\n", 417),
    ])
  func `is refused when malformed`(text: String, status: Int) {
    for step in [1, 1000] {
      let parsed = Parsed(text, step: step)
      #expect(parsed.refusal?.status == status, "\(text.debugDescription)")
      #expect(parsed.requests.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400),
      ("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", 400),
      ("Content-Length: 5\r\nContent-Length: 5\r\n", 400),
      ("Content-Length: 5\r\nContent-Length: 6\r\n", 400),
      ("Content-Length: 5, 5\r\n", 400),
      ("Content-Length: +5\r\n", 400),
      ("Content-Length: -1\r\n", 400),
      ("Content-Length: 0x5\r\n", 400),
      ("Content-Length: 5 5\r\n", 400),
      ("Content-Length:\r\n", 400),
      ("Content-Length: 99999999999999999999\r\n", 400),
      ("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400),
      ("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", 400),
      ("Transfer-Encoding: identity\r\n", 501),
      ("Transfer-Encoding: gzip, chunked\r\n", 501),
      ("Transfer-Encoding: xchunked\r\n", 501),
      ("Transfer-Encoding : chunked\r\n", 400),
      ("Transfer-Encoding:\u{B}chunked\r\n", 400),
    ])
  func `with an ambiguous body is refused, so that none is smuggled`(fields: String, status: Int) {
    let parsed = Parsed("POST / HTTP/1.1\r\n\(host)\(fields)\r\nhelloGET /admin HTTP/1.1\r\n")
    #expect(parsed.refusal?.status == status, "\(fields.debugDescription)")
    #expect(parsed.requests.isEmpty)
  }

  @Test func `of HTTP/1.0 may not be chunked`() {
    let parsed = Parsed("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
    #expect(parsed.refusal?.status == 400)
  }

  @Test(
    arguments: [
      "5\nhello\r\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "+5\r\nhello\r\n",
      "0x5\r\nhello\r\n", "5 \r\nhello\r\n", "\r\nhello", "g\r\n", "-1\r\n",
      "000000005\r\nhello\r\n", "5;\u{1}\r\nhello\r\n", "0\r\nbad trailer\r\n\r\n",
      "0\r\n folded\r\n\r\n", "5\rhello\r\n", String(repeating: "0", count: 400),
    ])
  func `with malformed chunks is refused`(body: String) {
    for step in [1, 1000] {
      let parsed = Parsed(
        "POST / HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n\(body)",
        step: step
      )
      #expect(parsed.refusal?.status == 400, "\(body.debugDescription)")
      #expect(parsed.requests.isEmpty)
    }
  }
}

@Suite struct `A request with letters that are not ASCII` {
  private func status(_ fields: String) -> Int? {
    Parsed("POST / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n0\r\n\r\n").refusal?.status
  }

  @Test func `has no meaning that only case mapping gives it`() {
    #expect(status("Transfer-Encoding: CHUNKED") == nil)
    #expect(status("Transfer-Encoding: chun\u{212A}ed") == 501)
    #expect(status("Content-Length: 5\r\nExpect: 100-CONTINUE") == nil)
    #expect(status("Content-Length: 5\r\nExpect: 100-cont\u{130}nue") == 417)
  }
}
