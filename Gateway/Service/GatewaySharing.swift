import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC

// Requests that take several calls: to each service that has some of the ids, and for downloads.
extension Gateway {
  /// Calls all services that own some of the request's ids concurrently, and joins their responses.
  func share(
    _ route: IDRoute,
    _ endpoint: Endpoint,
    _ wire: [UInt8],
    _ options: CallOptions
  ) async throws(MeshError) -> [UInt8] {
    guard let shared = try route.parts(of: wire, self.parts.registry) else {
      throw MeshError(
        code: .notFound,
        reason: .notFound,
        message: "nothing has this id"
      )
    }
    let upstream = self.parts.upstream
    var calls: [String: Task<Result<[UInt8], MeshError>, Never>] = [:]
    for (service, request) in shared.parts {
      calls[service] = Task.immediate { @LoopActor in
        do throws(MeshError) {
          return .success(
            try await upstream(service, endpoint.rpc, endpoint.retry, request, options)
          )
        } catch {
          return .failure(error)
        }
      }
    }
    let asked = calls
    let results = await withTaskCancellationHandler {
      var results: [String: Result<[UInt8], MeshError>] = [:]
      for (service, call) in asked { results[service] = await call.value }
      return results
    } onCancel: {
      for call in asked.values { call.cancel() }
    }
    var answers: [String: [UInt8]] = [:]
    for (service, result) in results { answers[service] = try result.get() }
    do throws(WireError) {
      return try shared.joined(answers)
    } catch {
      throw .internalFailure()
    }
  }

  /// The response that streams `reply`'s piece and, as the client reads, the following ones.
  func body(
    _ download: Download,
    _ reply: [UInt8],
    _ more: @escaping @Sendable @LoopActor (_ position: String) async throws(Problem) -> [UInt8]
  ) throws(Problem) -> HTTPResponse {
    let pieces: DownloadPieces
    do throws(WireError) {
      pieces = try DownloadPieces(download, reply, more)
    } catch {
      throw Problem(MeshError.internalFailure())
    }
    var response = HTTPResponse(
      200,
      headers: [
        "content-type": "\(download.contentType); charset=utf-8",
        "content-disposition": "attachment; filename=\"\(download.fileName)\"",
        "cache-control": "no-store",
      ]
    )
    response.stream = HTTPBodyStream { try await pieces.next() }
    return response
  }
}

/// The pieces of a download, each requested when the client is ready for it.
@LoopActor
private final class DownloadPieces {
  typealias More = @Sendable @LoopActor (_ position: String) async throws(Problem) -> [UInt8]

  private let download: Download
  private let more: More
  private var ready: [UInt8]?
  private var position: String

  init(_ download: Download, _ reply: [UInt8], _ more: @escaping More) throws(WireError) {
    self.download = download
    self.more = more
    let first = try download.piece(of: reply)
    ready = first.content
    position = first.next
  }

  /// The next piece; nil after the last.
  func next() async throws -> [UInt8]? {
    if let piece = ready {
      ready = nil
      return piece
    }
    if position.isEmpty { return nil }
    let piece = try download.piece(of: await more(position))
    // A service that returns the same position would keep the client for ever.
    guard piece.next != position else { throw MeshError.internalFailure() }
    position = piece.next
    return piece.content
  }
}
