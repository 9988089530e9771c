import MeshCore
import MeshHTTP
import MeshLoop
import MeshProto
import MeshRPC

/// A call to one of the services.
struct ServiceCall: Sendable {
  let service: String
  let endpoint: Endpoint
  let request: [UInt8]

  init(_ service: String, _ endpoint: Endpoint, _ request: [UInt8]) {
    self.service = service
    self.endpoint = endpoint
    self.request = request
  }
}

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
    let services = shared.parts.keys.sorted()
    let results = await callAll(
      services.map { ServiceCall($0, endpoint, shared.parts[$0] ?? []) },
      options
    )
    var answers: [String: [UInt8]] = [:]
    for (service, result) in zip(services, results) { answers[service] = try result.get() }
    do throws(WireError) {
      return try shared.joined(answers)
    } catch {
      throw .internalFailure()
    }
  }

  /// Makes calls concurrently.
  ///
  /// - Returns: what each of them came to, in their order.
  func callAll(
    _ calls: [ServiceCall],
    _ options: CallOptions
  ) async -> [Result<[UInt8], MeshError>] {
    let upstream = self.parts.upstream
    var running: [Task<Result<[UInt8], MeshError>, Never>] = []
    for call in calls {
      running.append(
        Task.immediate { @LoopActor in
          do throws(MeshError) {
            let (rpc, retry) = (call.endpoint.rpc, call.endpoint.retry)
            return .success(try await upstream(call.service, rpc, retry, call.request, options))
          } catch {
            return .failure(error)
          }
        }
      )
    }
    let tasks = running
    return await withTaskCancellationHandler {
      var results: [Result<[UInt8], MeshError>] = []
      for task in tasks { results.append(await task.value) }
      return results
    } onCancel: {
      for task in tasks { task.cancel() }
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
