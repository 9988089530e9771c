import MeshHTTP
import MeshLoop
import MeshRPC
import MeshZip

// Answers in gzip, for clients that take it.
extension Gateway {
  /// Bytes that a body has at least for gzip to be worth while.
  static let leastCompressedBytes = 1 << 10

  /// Compresses an answer for a client that takes gzip, unless it may hold a secret.
  func compress(
    _ response: inout HTTPResponse,
    _ request: APIRequest,
    _ endpoint: Endpoint
  ) async {
    guard endpoint.mayBeCompressed,
      response.stream != nil || response.body.count >= Self.leastCompressedBytes
    else { return }
    response.headers.add("vary", "accept-encoding")
    guard AcceptedCodings(request.http.headers).weight(of: "gzip") != nil else { return }
    response.headers.add("content-encoding", "gzip")
    if let stream = response.stream {
      let pieces = GzipPieces(stream, zipper)
      response.stream = HTTPBodyStream { try await pieces.next() }
    } else {
      response.body = await zipper.compress(response.body)
    }
  }
}

extension Endpoint {
  /// Whether gzip may tell nothing by the length of an answer that its reader must not know.
  ///
  /// Whoever can put a text of their own beside a secret, and sees how long the compressed answers are,
  /// learns the secret letter by letter (BREACH). Tokens and links are only ever issued by methods that
  /// change something; the session's CSRF token is added by the gateway.
  fileprivate var mayBeCompressed: Bool {
    retry == .noSideEffects && Gateway.addedFields(to: rpc).isEmpty
  }
}

/// Compresses bodies: short ones at once, long ones on a thread of their own, so that they do not hold
/// up other requests.
struct Zipper: Sendable {
  /// Of which compressing takes about two milliseconds.
  private static let mostBytesOnLoop = 256 << 10

  private let short = Gzip()
  private let long = Gzip()

  /// A body as gzip.
  func compress(_ bytes: [UInt8]) async -> [UInt8] {
    if bytes.count <= Self.mostBytesOnLoop { return short.compress(bytes) }
    return await BlockingPool.shared.run { [long] in long.compress(bytes) }
  }

  /// A body that comes in pieces.
  func body() -> GzipBody { GzipBody(long) }
}

/// The pieces of a body in gzip.
@LoopActor
private final class GzipPieces {
  private let source: HTTPBodyStream
  private var body: GzipBody
  private var isDone = false

  init(_ source: HTTPBodyStream, _ zipper: Zipper) {
    self.source = source
    body = zipper.body()
  }

  /// The next piece; nil after the last.
  func next() async throws -> [UInt8]? {
    if isDone { return nil }
    let piece = try await source.next()
    isDone = piece == nil
    let (body, isLast) = (body, isDone)
    let (bytes, after) = await BlockingPool.shared.run {
      var body = body
      return (body.add(piece ?? [], isLast: isLast), body)
    }
    self.body = after
    return bytes
  }
}
