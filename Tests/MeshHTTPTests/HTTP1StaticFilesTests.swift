import Testing

@testable import MeshHTTP

@Suite struct `Static files` {
  private let files = StaticFiles(contents: [
    "index.html": Array("<html>".utf8), "index.html.br": [1], "index.html.gz": [2, 3],
    "assets/main-LFYY52TQ.js": Array("js".utf8), "assets/main-page.js": Array("js".utf8),
    "robots.txt": [],
  ])

  private func get(_ path: String, _ headers: HTTPHeaders = [:]) -> HTTPResponse? {
    files.response(to: HTTPRequest(method: "GET", target: "/", headers: headers), path: path)
  }

  @Test(
    arguments: [
      ("br, gzip", "br"), ("gzip", "gzip"), ("GZIP;q=0.5, br;q=0", "gzip"), ("identity", nil),
      ("br;q=0.0, gzip;q=0", nil), ("", nil), ("gzip, deflate, br, zstd", "br"),
      ("br;q=0.3, gzip;q=0.8", "gzip"), ("*", "br"), ("*;q=0.1, br;q=0", "gzip"),
      ("x-gzip", "gzip"),
      ("identity, gzip;q=0.5", nil), ("identity;q=0.5, gzip;q=0.5", "gzip"), ("gzip;q=1.001", nil),
      ("gzip;q=many", nil), ("gzip; Q=0.000", nil), ("deflate", nil),
    ] as [(String, String?)]
  )
  func `come in the best coding the client takes`(accepts: String, coding: String?) {
    let response = get("index.html", ["accept-encoding": accepts])
    #expect(response?.headers["content-encoding"] == coding)
    #expect(response?.headers["vary"] == "accept-encoding")
    #expect(response?.headers["content-type"] == "text/html; charset=utf-8")
  }

  @Test func `are not sent again to who has them`() throws {
    let etag = try #require(get("index.html")?.headers["etag"])
    #expect(get("index.html", ["if-none-match": "\"x\", W/\(etag)"])?.status == 304)
    #expect(get("index.html", ["if-none-match": "*"])?.status == 304)
    #expect(get("index.html", ["if-none-match": "\"x\""])?.status == 200)
    #expect(get("index.html", ["if-none-match": etag, "accept-encoding": "br"])?.status == 200)
  }

  @Test func `are kept for ever when their name has a hash`() {
    #expect(get("assets/main-LFYY52TQ.js")?.headers["cache-control"]?.contains("immutable") == true)
    #expect(get("assets/main-page.js")?.headers["cache-control"] == "no-cache")
    #expect(get("index.html")?.headers["cache-control"] == "no-cache")
  }

  @Test(arguments: ["", "assets", "assets/", "/index.html", "../x", "index.html.br", "nope.js"])
  func `are found by their exact path alone`(path: String) {
    #expect(get(path) == nil)
  }

  @Test func `of a folder that is missing are an error`() {
    #expect(throws: FolderError.self) { try StaticFiles(folder: "/nonexistent/folder") }
  }
}
