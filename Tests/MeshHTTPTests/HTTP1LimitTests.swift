import MeshCore
import Testing

@testable import MeshHTTP

extension HTTP1Limits {
  /// Limits that a short request reaches.
  static let small: HTTP1Limits = {
    var limits = HTTP1Limits()
    limits.maxTargetBytes = 100
    limits.maxHeaderBytes = 400
    limits.maxHeaders = 5
    limits.maxBodyBytes = 10
    return limits
  }()
}

@Suite struct `Limits of HTTP/1.1` {
  private let limits = HTTP1Limits.small

  private func refusal(_ text: String) -> Set<Int?> {
    Set([1, 1000].map { Parsed(text, step: $0, limits: limits).refusal?.status })
  }

  @Test func `refuse a long target with 414, even before its line ends`() {
    let long = String(repeating: "a", count: 200)
    #expect(refusal("GET /\(long) HTTP/1.1\r\nHost: a\r\n\r\n") == [414])
    #expect(refusal("GET /\(long)") == [414])
    #expect(refusal("GET /\(long.prefix(99)) HTTP/1.1\r\nHost: a\r\n\r\n") == [nil])
    #expect(refusal("GET /\(long.prefix(100)) HTTP/1.1\r\nHost: a\r\n\r\n") == [414])
  }

  @Test func `refuse many or large fields with 431`() {
    let field = "A: b\r\n"
    let head = "GET / HTTP/1.1\r\nHost: a\r\n"
    #expect(refusal(head + String(repeating: field, count: 4) + "\r\n") == [nil])
    #expect(refusal(head + String(repeating: field, count: 5) + "\r\n") == [431])
    #expect(refusal(head + "A: \(String(repeating: "b", count: 500))\r\n\r\n") == [431])
    #expect(refusal(head + "A: \(String(repeating: "b", count: 500))") == [431])
  }

  @Test func `refuse a large body with 413, announced or chunked`() {
    let head = "POST / HTTP/1.1\r\nHost: a\r\n"
    #expect(refusal(head + "Content-Length: 10\r\n\r\n0123456789") == [nil])
    #expect(refusal(head + "Content-Length: 11\r\n\r\n") == [413])
    #expect(refusal(head + "Content-Length: 999999999999999999\r\n\r\n") == [413])
    let chunked = head + "Transfer-Encoding: chunked\r\n\r\n"
    #expect(refusal(chunked + "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n") == [nil])
    #expect(refusal(chunked + "5\r\n01234\r\n6\r\n") == [413])
    #expect(refusal(chunked + "ffffffff\r\n") == [413])
  }
}

@Suite struct `Request targets` {
  @Test func `decode to text`() {
    #expect(HTTPTarget.decode("a%20b%C3%A9+") == "a b\u{E9}+")
    #expect(HTTPTarget.decode("a+b", plusIsSpace: true) == "a b")
  }

  @Test(arguments: ["%", "%4", "%zz", "%00", "%FF", "%C3", "%ED%A0%80"])
  func `refuse what is not text`(text: String) {
    #expect(HTTPTarget.decode(text[...]) == nil)
  }

  @Test func `have parameters in order, with repeats`() {
    #expect(
      HTTPTarget.parameters("order_by=score+desc&a=1&a=&b&c=x=y")
        == [
          .init("order_by", "score desc"), .init("a", "1"), .init("a", ""), .init("b", ""),
          .init("c", "x=y"),
        ]
    )
    #expect(HTTPTarget.parameters("") == [])
    #expect(HTTPTarget.parameters("=x") == nil)
    #expect(HTTPTarget.parameters("a=%") == nil)
    #expect(HTTPTarget.parameters("a&a&a"[...], limit: 2) == nil)
  }
}

@Suite struct `HTTP fields and responses` {
  @Test func `cannot be split by a value`() {
    var headers = ["location": "/a\r\nset-cookie: x"] as HTTPHeaders
    headers.add("Vary", "accept")
    #expect(headers["Location"] == "/a  set-cookie: x")
    headers.set("VARY", "cookie, Accept")
    #expect(headers.all("vary") == ["cookie, Accept"])
    #expect(headers.list("vary", has: "accept"))
    #expect(!headers.list("vary", has: "acc"))
  }

  @Test func `keep the length but not the body for HEAD`() {
    let response = HTTPResponse(200, headers: ["etag": "x"], body: Array("hello".utf8))
    var output: [UInt8] = []
    response.writeHTTP1(to: &output, date: "D", withBody: false, keepAlive: false)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "HTTP/1.1 200 OK\r\ndate: D\r\netag: x\r\ncontent-length: 5\r\nconnection: close\r\n\r\n"
    )
  }

  @Test func `say their date as RFC 9110 shows it`() {
    #expect(
      HTTPDate.text(Timestamp(microseconds: 784_111_777_000_000)) == "Sun, 06 Nov 1994 08:49:37 GMT"
    )
    #expect(
      HTTPDate.text(Timestamp(microseconds: 951_782_400_999_999)) == "Tue, 29 Feb 2000 00:00:00 GMT"
    )
  }
}
