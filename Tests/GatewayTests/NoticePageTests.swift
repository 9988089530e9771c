import MeshHTTP
import MeshLoop
import Testing

@testable import GatewayService

@LoopActor
@Suite struct `A person who opens a host without an open workspace` {
  private static let browser: HTTPHeaders = [
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
  ]

  private func mesh() throws -> TestMesh {
    try TestMesh(files: [
      "index.html": """
      <link rel="icon" href="/assets/favicon-QQQQ1111.svg">
      <link rel="stylesheet" href="/brand.css">
      <link rel="stylesheet" href="/assets/main-ABCD2345.css">
      """,
      "assets/main-ABCD2345.css": "main {}", "assets/other-ABCD2345.css": "other {}",
    ])
  }

  @Test(arguments: [("nobody.localhost", 404, "no workspace"), ("closed.localhost", 403, "closed")])
  func `gets a page that says so`(host: String, status: Int, words: String) async throws {
    let mesh = try mesh()
    for target in ["/", "/leads/lead_1", "/api/v1/leads"] {
      let response = await mesh.send("GET", target, host: host, headers: Self.browser)
      #expect(response.status == status)
      #expect(response.headers["content-type"] == "text/html; charset=utf-8")
      #expect(response.headers["cache-control"] == "no-store")
      #expect(response.headers["vary"] == "accept")
      #expect(response.text.contains(words))
      #expect(response.text.contains("href=\"/assets/main-ABCD2345.css\""))
      #expect(!response.text.contains("style=") && !response.text.contains("<style"))
      #expect(!response.text.contains("<script") && !response.text.contains("brand.css"))
      #expect(response.headers["content-security-policy"]?.contains("default-src 'none'") == true)
      #expect(!response.text.contains("The closed company"))
    }
  }

  @Test(arguments: [("nobody.localhost", 404), ("closed.localhost", 403)])
  func `gets its style there, and nothing else`(host: String, status: Int) async throws {
    let mesh = try mesh()
    let style = await mesh.send("GET", "/assets/main-ABCD2345.css", host: host)
    #expect(style.status == 200 && style.text == "main {}")
    for path in ["/assets/other-ABCD2345.css", "/assets/main-LFYY52TQ.js", "/brand.css"] {
      #expect(await mesh.send("GET", path, host: host).status == status)
    }
    #expect(await mesh.send("POST", "/assets/main-ABCD2345.css", host: host).status == status)
  }

  @Test(arguments: ["application/json", "*/*", "text/html;q=0", ""])
  func `is told from an API client by what is accepted`(accepts: String) async throws {
    let mesh = try mesh()
    let headers: HTTPHeaders = ["accept": accepts]
    for (host, status) in [("nobody.localhost", 404), ("closed.localhost", 403)] {
      let response = await mesh.send("GET", "/", host: host, headers: headers)
      #expect(response.status == status)
      #expect(response.headers["content-type"] == "application/problem+json")
    }
    let post = await mesh.send("POST", "/", host: "nobody.localhost", headers: Self.browser)
    #expect(post.headers["content-type"] == "application/problem+json")
  }

  @Test func `is answered by the head alone`() throws {
    let mesh = try mesh()
    let head = HTTPRequest(
      method: "GET",
      target: "/",
      authority: "nobody.localhost",
      headers: Self.browser
    )
    guard case .refuse(let response) = mesh.gateway.admit(head) else {
      return #expect(Bool(false), "it was let in")
    }
    #expect(response.status == 404 && response.text.contains("<h1>"))
  }

  @Test func `can do without a style sheet`() async throws {
    let mesh = try TestMesh()
    let response = await mesh.send("GET", "/", host: "nobody.localhost", headers: Self.browser)
    #expect(response.status == 404 && !response.text.contains("stylesheet"))
  }
}

@LoopActor
@Suite struct `The style sheet of a tenant's brand` {
  @Test func `is empty, and asked for again with its entity tag`() async throws {
    let mesh = try TestMesh()
    let response = await mesh.send("GET", "/brand.css")
    #expect(response.status == 200 && response.body.isEmpty)
    #expect(response.headers["content-type"] == "text/css; charset=utf-8")
    #expect(response.headers["cache-control"] == "no-cache")
    let etag = try #require(response.headers["etag"])
    let again = await mesh.send("GET", "/brand.css", headers: ["if-none-match": etag])
    #expect(again.status == 304)
  }
}
