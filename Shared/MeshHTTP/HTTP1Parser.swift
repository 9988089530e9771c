/// Requests of one HTTP/1.1 connection, by RFC 9112, without leniency.
///
/// A pure state machine: bytes go in with `append`, requests come out of `next`. Wherever the RFC
/// lets a recipient repair a message it is refused instead, because two recipients that repair
/// differently are how requests are smuggled: no bare CR or LF, no line folding, no space before a
/// colon, one `Host`, one plain `Content-Length` or one `Transfer-Encoding: chunked`, never both.
package struct HTTP1Parser: Sendable {
  package enum Event: Sendable {
    /// The head of a request whose body is not whole yet, as a request without a body; whether the
    /// client waits for `100 Continue` before it sends the body.
    case head(HTTPRequest, expectsContinue: Bool)
    case request(HTTPRequest, keepAlive: Bool)
  }

  private enum State {
    case head
    case fixedBody(HTTP1Head, remaining: Int)
    case chunkedBody(HTTP1Head, HTTP1Chunks)
    case failed(HTTP1Error)
  }

  private let limits: HTTP1Limits
  private var state = State.head
  private var buffer: [UInt8] = []
  /// Where the unread bytes begin.
  private var start = 0
  /// How far the head in the buffer has been searched for its end.
  private var searched = 0
  /// Where the line being searched begins.
  private var lineStart = 0
  /// The lines of the head so far, without their ends.
  private var lines: [Range<Int>] = []
  /// Whether the one empty line that may precede a request has been skipped.
  private var skippedEmptyLine = false

  package init(limits: HTTP1Limits = HTTP1Limits()) {
    self.limits = limits
  }

  /// Unread bytes held: what a connection limits before it reads on.
  package var bufferedBytes: Int { buffer.count - start }

  /// Bytes in memory: the buffer, and what was decoded of a body.
  package var heldBytes: Int {
    guard case .chunkedBody(_, let chunks) = state else { return buffer.count }
    return buffer.count + chunks.count
  }

  /// Whether a request has begun and is not complete.
  package var isMidRequest: Bool {
    if case .head = state { return bufferedBytes > 0 }
    return true
  }

  /// Whether the head of a request is complete and its body is not.
  package var isReadingBody: Bool {
    switch state {
    case .fixedBody, .chunkedBody: true
    case .head, .failed: false
    }
  }

  package mutating func append(_ bytes: some Collection<UInt8>) {
    if start == buffer.count, case .head = state {
      buffer.removeAll(keepingCapacity: buffer.capacity <= 64 << 10)
      rewind(to: 0)
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next event that the bytes so far make; nil when more are needed.
  ///
  /// - Throws: what to answer before closing; every later call throws the same.
  package mutating func next() throws(HTTP1Error) -> Event? {
    do throws(HTTP1Error) {
      switch state {
      case .failed(let error): throw error
      case .head: return try parseHead()
      case .fixedBody(let head, let remaining):
        guard bufferedBytes >= remaining else { return nil }
        let body = Array(buffer[start..<start + remaining])
        return finish(head, body, consumedTo: start + remaining)
      case .chunkedBody(let head, var chunks):
        // The state lets go of the body, so that it grows in place.
        state = .head
        let position = try chunks.read(buffer, from: start)
        guard let body = chunks.completed else {
          state = .chunkedBody(head, chunks)
          discard(upTo: position)
          return nil
        }
        return finish(head, body, consumedTo: position)
      }
    } catch {
      state = .failed(error)
      throw error
    }
  }

  /// Limits the body whose head was the last event further.
  ///
  /// - Throws: 413 when it is known to be larger.
  package mutating func limitBody(to maxBytes: Int) throws(HTTP1Error) {
    do throws(HTTP1Error) {
      switch state {
      case .head, .failed: return
      case .fixedBody(_, let remaining):
        guard remaining <= maxBytes else { throw HTTP1Chunks.tooLarge(maxBytes) }
      case .chunkedBody(let head, var chunks):
        try chunks.limit(to: maxBytes)
        state = .chunkedBody(head, chunks)
      }
    } catch {
      state = .failed(error)
      throw error
    }
  }

  // MARK: Head

  private mutating func parseHead() throws(HTTP1Error) -> Event? {
    guard try findHeadEnd() else { return nil }
    let head = try HTTP1Head(buffer, lines: lines, limits: limits)
    let end = searched
    switch head.framing {
    case .none:
      return finish(head, [], consumedTo: end)
    case .length(let length):
      guard length <= limits.maxBodyBytes else {
        throw HTTP1Chunks.tooLarge(limits.maxBodyBytes)
      }
      state = .fixedBody(head, remaining: length)
    case .chunked:
      state = .chunkedBody(head, HTTP1Chunks(maxBytes: limits.maxBodyBytes))
    }
    discard(upTo: end)
    if let event = try next() { return event }
    return .head(
      request(head, []),
      expectsContinue: head.expectsContinue && bufferedBytes == 0
    )
  }

  /// Collects lines until the empty one; leaves `searched` behind it.
  private mutating func findHeadEnd() throws(HTTP1Error) -> Bool {
    while let end = buffer[searched...].firstIndex(of: HTTPSyntax.lf) {
      guard end > lineStart, buffer[end - 1] == HTTPSyntax.cr else {
        throw HTTP1Error(400, "a line ends without CR")
      }
      let line = lineStart..<end - 1
      searched = end + 1
      lineStart = searched
      if line.isEmpty, lines.isEmpty {
        guard !skippedEmptyLine else { throw HTTP1Error(400, "empty lines before a request") }
        skippedEmptyLine = true
        start = searched
      } else if line.isEmpty {
        return true
      } else {
        lines.append(line)
        try checkHeadSize()
      }
    }
    searched = buffer.count
    try checkHeadSize()
    return false
  }

  private func checkHeadSize() throws(HTTP1Error) {
    let firstLine = lines.first?.count ?? (searched - start)
    // The method, two spaces, the version and the line's end come to less than 64 bytes.
    if firstLine > limits.maxTargetBytes + 64 {
      throw HTTP1Error(414, "the request target is longer than \(limits.maxTargetBytes) bytes")
    }
    if lines.count > limits.maxHeaders + 1 {
      throw HTTP1Error(431, "more than \(limits.maxHeaders) header fields")
    }
    if searched - start > limits.maxHeaderBytes {
      throw HTTP1Error(431, "header fields of more than \(limits.maxHeaderBytes) bytes")
    }
  }

  // MARK: Buffer

  private mutating func finish(
    _ head: HTTP1Head,
    _ body: [UInt8],
    consumedTo end: Int
  ) -> Event {
    state = .head
    skippedEmptyLine = false
    discard(upTo: end)
    return .request(request(head, body), keepAlive: head.keepAlive)
  }

  private func request(_ head: HTTP1Head, _ body: [UInt8]) -> HTTPRequest {
    var request = HTTPRequest(
      method: head.method,
      target: head.target,
      authority: head.authority,
      headers: head.headers,
      body: body
    )
    request.takesChunks = head.takesChunks
    return request
  }

  /// Forgets what lies before `position`; moves the rest only when more is forgotten than kept.
  private mutating func discard(upTo position: Int) {
    start = position
    if start > buffer.count - start {
      buffer.removeSubrange(..<start)
      start = 0
    }
    rewind(to: start)
  }

  private mutating func rewind(to position: Int) {
    start = position
    searched = position
    lineStart = position
    lines.removeAll(keepingCapacity: true)
  }
}
