/// The files of a folder, held in memory and ready to be served.
///
/// A file `app.js` is answered from `app.js.br` or `app.js.gz` to clients that take these. A name
/// with a hash in it (`app-3F2A9C1B.js`) never changes its content and is kept by browsers for ever;
/// any other is asked for again with its entity tag.
package struct StaticFiles: Sendable {
  private struct Content: Sendable {
    var body: [UInt8]
    var etag: String
  }

  private struct File: Sendable {
    var contentType: String
    var isImmutable: Bool
    var identity: Content
    var encoded: [(name: String, content: Content)] = []
  }

  /// The codings looked for beside each file, the better one first.
  private static let codings = [(name: "br", suffix: ".br"), (name: "gzip", suffix: ".gz")]

  private let files: [String: File]

  /// Reads a folder with all that is in it.
  ///
  /// - Throws: when it cannot be read or holds more than `FolderContents` takes.
  package init(folder: String) throws(FolderError) {
    self.init(contents: try FolderContents.read(folder))
  }

  /// Serves files given by their path within the folder.
  package init(contents: [String: [UInt8]]) {
    var files: [String: File] = [:]
    for (path, body) in contents where !Self.codings.contains(where: { path.hasSuffix($0.suffix) })
    {
      var file = File(
        contentType: Self.contentType(path),
        isImmutable: Self.hasHash(path),
        identity: Content(body: body, etag: Self.etag(body, ""))
      )
      for coding in Self.codings {
        guard let body = contents[path + coding.suffix] else { continue }
        file.encoded.append((coding.name, Content(body: body, etag: Self.etag(body, coding.name))))
      }
      files[path] = file
    }
    self.files = files
  }

  package var isEmpty: Bool { files.isEmpty }

  /// The bytes of a file as text; nil when there is none.
  package func text(_ path: String) -> String? {
    files[path].map { String(decoding: $0.identity.body, as: UTF8.self) }
  }

  /// Whether there is a file of that path whose name has a hash.
  package func isImmutable(_ path: String) -> Bool { files[path]?.isImmutable ?? false }

  /// The answer to GET or HEAD of a file; nil when there is none.
  ///
  /// `path` is the path within the folder, decoded, without a slash before it.
  package func response(to request: HTTPRequest, path: String) -> HTTPResponse? {
    guard let file = files[path] else { return nil }
    var headers: HTTPHeaders = [
      "content-type": file.contentType,
      "cache-control": file.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    ]
    var content = file.identity
    if !file.encoded.isEmpty {
      headers.add("vary", "accept-encoding")
      let accepted = AcceptedCodings(request.headers)
      var (name, most) = ("", 0)
      for coding in file.encoded {
        guard let weight = accepted.weight(of: coding.name), weight > most else { continue }
        (name, most, content) = (coding.name, weight, coding.content)
      }
      if !name.isEmpty { headers.add("content-encoding", name) }
    }
    headers.add("etag", content.etag)
    if Self.isKnown(content.etag, to: request.headers) {
      return HTTPResponse(304, headers: headers)
    }
    return HTTPResponse(200, headers: headers, body: content.body)
  }

  private static func isKnown(_ etag: String, to headers: HTTPHeaders) -> Bool {
    headers.all("if-none-match").contains { value in
      value.split(separator: ",").contains { item in
        let tag = item.drop { $0 == " " }.prefix { $0 != " " }
        return tag == "*" || (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == etag
      }
    }
  }

  /// A strong entity tag: 64-bit FNV-1a of the content, its length and its coding.
  private static func etag(_ body: [UInt8], _ coding: String) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in body { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let suffix = coding.isEmpty ? "" : "-\(coding)"
    return "\"\(String(hash, radix: 36))-\(String(body.count, radix: 36))\(suffix)\""
  }

  /// Whether a file's name ends with a hyphen and at least eight letters or digits before its suffix.
  private static func hasHash(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.prefix { $0 != "." }
    guard let hyphen = stem.lastIndex(of: "-"), stem.endIndex != name.endIndex else { return false }
    let hash = stem[stem.index(after: hyphen)...]
    return hash.count >= 8
      && hash.allSatisfy { ($0.isUppercase && $0.isASCII) || $0.isWholeNumber }
  }

  private static func contentType(_ path: String) -> String {
    switch path.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "js", "mjs": "text/javascript; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "json", "map": "application/json"
    case "webmanifest": "application/manifest+json"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "ico": "image/x-icon"
    case "woff2": "font/woff2"
    case "txt": "text/plain; charset=utf-8"
    default: "application/octet-stream"
    }
  }
}
