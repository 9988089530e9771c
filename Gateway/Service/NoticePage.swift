import MeshHTTP

/// What a person sees whose browser opened an address without a workspace.
///
/// It says nothing of a tenant and has no script; its style is the web UI's own.
struct NoticePage {
  let status: Int
  let title: String
  let text: String

  static let unknownHost = NoticePage(
    status: 404,
    title: "There is no workspace at this address",
    text: "Check the address for a typing error, or ask the person who gave it to you."
  )
  static let suspended = NoticePage(
    status: 403,
    title: "This workspace is closed",
    text: "Ask the people who run it for you to open it again."
  )

  /// The page as it is sent; `styles` are the paths of its style sheets.
  func response(styles: [String]) -> HTTPResponse {
    let links = styles.map { "    <link rel=\"stylesheet\" href=\"/\($0)\">\n" }.joined()
    let page = """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <meta name="robots" content="noindex">
          <title>\(title)</title>
      \(links)  </head>
        <body>
          <main class="login">
            <div class="login-card">
              <h1>\(title)</h1>
              <p>\(text)</p>
            </div>
          </main>
        </body>
      </html>

      """
    return HTTPResponse(
      status,
      headers: ["content-type": "text/html; charset=utf-8"],
      body: Array(page.utf8)
    )
  }
}

extension HTTPRequest {
  /// Whether a browser asks for a page: `Accept` names HTML, which API clients do not.
  var wantsPage: Bool {
    guard method == "GET" || method == "HEAD" else { return false }
    return WeightedNames(headers, of: "accept")["text/html"] ?? 0 > 0
  }
}

/// The style sheets that the web UI's page links, which every host has: their names have a hash, and they
/// hold nothing of a tenant.
struct SharedStyles: Sendable {
  let paths: [String]

  init(_ files: StaticFiles) {
    let page = files.text("index.html") ?? ""
    let links = page.split(separator: "href=\"/").dropFirst().map { $0.prefix { $0 != "\"" } }
    paths = links.filter { $0.hasSuffix(".css") }.map(String.init).filter(files.isImmutable)
  }
}
